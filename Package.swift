// swift-tools-version: 6.1
import PackageDescription

/// Settings of every Swift target: language mode 6, and imports that say what they need.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// What computes is optimised in debug builds too: tests of estimators run simulations.
let optimised = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
    name: "report",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "report", targets: ["ReportCommand"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Foundations
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CDuktape", pkgConfig: "duktape", providers: [.apt(["duktape-dev"]), .brew(["duktape"])]),
        .systemLibrary(
            name: "CSleef", pkgConfig: "sleef", providers: [.apt(["libsleef-dev"]), .brew(["sleef"])]),
        .systemLibrary(
            name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(name: "Values", swiftSettings: optimised),
        .target(name: "Diagnostics", dependencies: ["Values"], swiftSettings: settings),
        .target(
            name: "Workspace", dependencies: ["Diagnostics", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "Digests", dependencies: ["Values", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Markup", swiftSettings: settings),
        .target(
            name: "Typesetting", dependencies: ["CDuktape", "Workspace", "Digests", "Markup"], swiftSettings: settings),
        .target(
            name: "Ledger",
            dependencies: [
                "Workspace", "Digests", "Values", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: optimised),
        // Statistics
        .target(name: "Parallelism", swiftSettings: optimised),
        .target(
            name: "LinearAlgebra", swiftSettings: optimised,
            // Square roots may be left as calls to the library's sqrt, which is exact.
            linkerSettings: [.linkedLibrary("m")]),
        .target(name: "Probability", dependencies: ["CSleef"], swiftSettings: optimised),
        .target(name: "MCMC", dependencies: ["Parallelism", "Probability"], swiftSettings: optimised),
        .target(
            name: "Estimation", dependencies: ["Parallelism", "LinearAlgebra", "Probability", "MCMC"],
            swiftSettings: optimised),
        // Language
        .target(name: "Markdown", dependencies: ["CCMarkGFM", "Diagnostics"], swiftSettings: settings),
        .target(
            name: "Documents",
            dependencies: ["Markdown", "Values", "Diagnostics", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        // Evaluation
        .target(
            name: "Datasets", dependencies: ["Workspace", "Digests", "Parallelism", "Values"], swiftSettings: optimised),
        .target(
            name: "Engines",
            dependencies: [
                "CPostgres", "CSQLite", "Datasets", "Estimation", "LinearAlgebra", "Digests", "Parallelism",
                "Workspace",
            ],
            swiftSettings: settings),
        .target(name: "Results", dependencies: ["Values", "Diagnostics", "Digests"], swiftSettings: settings),
        .target(
            name: "Execution",
            dependencies: [
                "Documents", "Markdown", "Datasets", "Engines", "Estimation", "Probability", "LinearAlgebra",
                "Parallelism", "Results",
                "Values", "Digests", "Workspace", "Diagnostics",
            ],
            swiftSettings: settings),
        // Presentation
        .target(
            name: "Plotting", dependencies: ["Markup", "Results", "Values", "Documents", "Probability"],
            swiftSettings: settings),
        .target(
            name: "Reports",
            dependencies: ["Documents", "Results", "Markdown", "Markup", "Values", "Digests", "Diagnostics"],
            swiftSettings: settings),
        .target(
            name: "BuiltInTemplates", path: "Templates",
            resources: [
                .embedInCode("page.mustache"), .embedInCode("page.js"), .embedInCode("theme.css"),
                .embedInCode("draft.css"),
                .embedInCode("site.mustache"), .embedInCode("site.js"), .embedInCode("site.css"),
                .embedInCode("search.js"), .embedInCode("search.css"), .embedInCode("preview.js"),
                .embedInCode("preview.css"), .embedInCode("preview-index.css"), .embedInCode("new"),
            ],
            swiftSettings: settings),
        .target(
            name: "Rendering",
            dependencies: [
                "Reports", "Documents", "Results", "Plotting", "Parallelism", "Markdown", "BuiltInTemplates", "Markup",
                "Values",
                "Digests", "Diagnostics", .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),
        .target(
            name: "Publishing",
            dependencies: [
                "Rendering", "Documents", "BuiltInTemplates", "Parallelism", "Markup", "Values", "Digests",
                "Diagnostics",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),
        // Drivers
        .target(
            name: "Pipeline",
            dependencies: [
                "Publishing", "Rendering", "BuiltInTemplates", "Reports", "Execution", "Engines", "Datasets",
                "Estimation", "Results", "Documents",
                "Markdown", "Markup", "Typesetting", "Parallelism", "Ledger", "Workspace", "Values", "Digests",
                "Diagnostics",
            ],
            swiftSettings: settings),
        .target(
            name: "LanguageServer",
            dependencies: [
                "Pipeline", "Reports", "Datasets", "Documents", "Markdown", "Values", "Workspace", "Diagnostics",
            ],
            swiftSettings: settings),
        .target(
            name: "Service",
            dependencies: [
                "Pipeline", "Rendering", "BuiltInTemplates", "Execution", "Estimation", "Parallelism", "Documents",
                "Markup", "Values", "Digests", "Diagnostics", "Workspace",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "ReportCommand",
            dependencies: [
                "LanguageServer", "Service", "Pipeline", "BuiltInTemplates", "Reports", "Execution", "Documents",
                "Values", "Workspace",
                "Diagnostics", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        // Timings, outside the product
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["Estimation", "MCMC", "LinearAlgebra", "Probability", "Ledger", "Pipeline", "Workspace"],
            path: "Benchmarks",
            exclude: ["lsp.py", "metafor.R", "pystan.py", "Engines", "Notebook", "Service", "Spark"],
            swiftSettings: settings),
        // Appends to trails for tests that kill it
        .executableTarget(
            name: "LedgerWriter", dependencies: ["Ledger", "Workspace"], path: "Tests/LedgerWriter",
            swiftSettings: settings),
        // Tests
        .target(
            name: "TestSupport",
            dependencies: ["Pipeline", "Typesetting", "Ledger", "Digests", "Values", "Workspace", "Diagnostics"],
            path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "PresentationSupport",
            dependencies: ["Results", "Documents", "Markdown", "Markup", "Values", "Diagnostics"],
            path: "Tests/PresentationSupport", swiftSettings: settings),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "LanguageServer", "Pipeline", "Execution", "PresentationSupport", "Rendering", "Typesetting",
                "Documents",
                "Markdown",
                "Datasets", "Results", "Markup", "Ledger", "Values", "Workspace", "Diagnostics",
            ],
            path: "Tests/FuzzTargets", swiftSettings: settings),
        .testTarget(name: "ValuesTests", dependencies: ["Values"], swiftSettings: settings),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: settings),
        .testTarget(name: "WorkspaceTests", dependencies: ["Workspace", "Diagnostics"], swiftSettings: settings),
        .testTarget(
            name: "TypesettingTests", dependencies: ["Typesetting", "Workspace", "Markup"], swiftSettings: settings),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: settings),
        .testTarget(name: "ParallelismTests", dependencies: ["Parallelism"], swiftSettings: settings),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: settings),
        .testTarget(name: "ProbabilityTests", dependencies: ["Probability"], swiftSettings: settings),
        .testTarget(
            name: "MCMCTests", dependencies: ["MCMC", "Probability"], resources: [.copy("Fixtures")],
            swiftSettings: settings),
        .testTarget(
            name: "EstimationTests", dependencies: ["Estimation", "MCMC", "LinearAlgebra", "Probability"],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "Diagnostics"], swiftSettings: settings),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "Markdown", "Values", "Diagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "EnginesTests",
            dependencies: ["Engines", "Datasets", "Digests", "Estimation", "Workspace", "PresentationSupport"],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Workspace", "Values"], swiftSettings: settings),
        .testTarget(
            name: "PlottingTests", dependencies: ["Plotting", "Markup", "Results", "PresentationSupport"],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(
            name: "RenderingTests",
            dependencies: [
                "Rendering", "Reports", "Results", "Documents", "Markdown", "Markup", "Values", "Diagnostics",
                "PresentationSupport",
            ],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(
            name: "PublishingTests", dependencies: ["Publishing", "Rendering", "Markup", "Values"],
            swiftSettings: settings),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "Documents", "Results", "PresentationSupport", "Values", "Diagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Publishing", "Pipeline", "BuiltInTemplates", "Execution", "Documents", "Ledger", "TestSupport",
                "PresentationSupport", "Values", "Digests", "Workspace", "Diagnostics",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "LanguageServerTests",
            dependencies: [
                "LanguageServer", "Pipeline", "Documents", "TestSupport", "Values", "Workspace", "Diagnostics",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ServiceTests",
            dependencies: ["Service", "Pipeline", "Documents", "TestSupport", "Values", "Workspace", "Diagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "ReportCommandTests", dependencies: ["ReportCommand", "Ledger", "TestSupport", "Workspace"],
            swiftSettings: settings),
        .testTarget(
            name: "LedgerTests", dependencies: ["Ledger", "Digests", "Values", "Workspace", "TestSupport"],
            swiftSettings: settings),
        .testTarget(name: "ProjectTests", swiftSettings: settings),
        .testTarget(
            name: "FuzzTests", dependencies: ["FuzzTargets"], exclude: ["Finds"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

// Links only with libFuzzer, which `make fuzz` asks for.
if Context.environment["REPORT_FUZZING"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "Fuzzing", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing", exclude: ["run"],
            swiftSettings: settings))
}

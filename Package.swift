// swift-tools-version: 6.1
import PackageDescription

/// Settings of every Swift target: language mode 6, and imports that say what they need.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "report",
    platforms: [.macOS(.v14)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // Foundations
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CSleef", pkgConfig: "sleef", providers: [.apt(["libsleef-dev"]), .brew(["sleef"])]),
        .target(name: "Values", swiftSettings: settings),
        .target(name: "Diagnostics", dependencies: ["Values"], swiftSettings: settings),
        .target(
            name: "Digests", dependencies: ["Values", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Markup", swiftSettings: settings),
        // Language
        .target(name: "Markdown", dependencies: ["CCMarkGFM", "Diagnostics"], swiftSettings: settings),
        .target(
            name: "Documents",
            dependencies: ["Markdown", "Values", "Diagnostics", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        // Evaluation
        .target(name: "Results", dependencies: ["Values", "Diagnostics", "Digests"], swiftSettings: settings),
        // Presentation
        .target(
            name: "Plotting", dependencies: ["Markup", "Results", "Values", "Documents", "CSleef"],
            swiftSettings: settings),
        .target(
            name: "Reports",
            dependencies: [
                "Documents", "Results", "Plotting", "Markdown", "Markup", "Values", "Digests", "Diagnostics",
            ],
            swiftSettings: settings),
        .target(
            name: "BuiltInTemplates", path: "Templates",
            resources: [.embedInCode("page.mustache"), .embedInCode("theme.css")], swiftSettings: settings),
        .target(
            name: "Rendering",
            dependencies: [
                "Reports", "Documents", "Results", "Plotting", "Markdown", "BuiltInTemplates", "Markup", "Values",
                "Digests", "Diagnostics", .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),
        // Tests
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: settings),
        .testTarget(name: "ValuesTests", dependencies: ["Values"], swiftSettings: settings),
        .target(
            name: "PresentationSupport",
            dependencies: ["Results", "Documents", "Markdown", "Values", "Diagnostics"],
            path: "Tests/PresentationSupport",
            swiftSettings: settings),
        .testTarget(
            name: "PlottingTests", dependencies: ["Plotting", "Markup", "Results", "PresentationSupport"],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(
            name: "RenderingTests",
            dependencies: [
                "Rendering", "Reports", "Results", "Documents", "Markdown", "Values", "Digests", "Diagnostics",
                "PresentationSupport",
            ],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: settings),
        .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "Diagnostics"], swiftSettings: settings),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Documents", "Markdown", "Values", "Diagnostics"],
            swiftSettings: settings),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "Documents", "Results", "Values", "Diagnostics", "PresentationSupport"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

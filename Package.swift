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
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Foundations
        .systemLibrary(
            name: "CCMarkGFM", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
        .systemLibrary(
            name: "CSleef", pkgConfig: "sleef", providers: [.apt(["libsleef-dev"]), .brew(["sleef"])]),
        .target(name: "Diagnostics", swiftSettings: settings),
        .target(name: "Values", swiftSettings: settings),
        .target(
            name: "Digests", dependencies: ["Values", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Workspace", dependencies: ["Diagnostics"], swiftSettings: settings),
        // Statistics
        // Square roots that stay calls are the C library's, which are exact.
        .target(name: "LinearAlgebra", swiftSettings: settings, linkerSettings: [.linkedLibrary("m")]),
        .target(name: "Probability", dependencies: ["CSleef", "LinearAlgebra"], swiftSettings: settings),
        .target(name: "Estimation", dependencies: ["LinearAlgebra", "Probability"], swiftSettings: settings),
        // Language
        .target(name: "Markdown", dependencies: ["CCMarkGFM", "Diagnostics"], swiftSettings: settings),
        .target(
            name: "Documents",
            dependencies: ["Markdown", "Values", "Diagnostics", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        // Evaluation
        .target(
            name: "Datasets", dependencies: ["Workspace", "Digests", "Values", "Diagnostics"], swiftSettings: settings),
        .target(name: "Results", dependencies: ["Values", "Diagnostics", "Digests"], swiftSettings: settings),
        // Tests
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: settings),
        .testTarget(name: "ProbabilityTests", dependencies: ["Probability"], swiftSettings: settings),
        .testTarget(
            name: "EstimationTests", dependencies: ["Estimation", "LinearAlgebra", "Probability"],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Workspace", "Values"], swiftSettings: settings),
        .testTarget(name: "WorkspaceTests", dependencies: ["Workspace", "Diagnostics"], swiftSettings: settings),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: settings),
        .testTarget(name: "ValuesTests", dependencies: ["Values"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

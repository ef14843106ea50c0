import Foundation
import Pipeline
import Workspace

extension Benchmark {
    /// What a reader waits for after a change of prose: a shipped analysis read, its results found in the cache, and its
    /// page, Markdown and results file made and written.
    static var shippedReports: [Benchmark] {
        ["proxy", "decision-rules", "shrinkage", "weak-experiments", "shared-control"].map { name in
            Benchmark("report of \(name).md from warm results", unit: "report") {
                let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("report-bench-\(name)").path
                defer { try? FileManager.default.removeItem(atPath: scratch) }
                let build = reportBuild(writingTo: scratch)
                let path = "Analyses/\(name).md"
                func run() throws {
                    // A report that is there already would be left alone.
                    try? FileManager.default.removeItem(atPath: scratch)
                    let (general, outcomes) = build.run([path])
                    guard general.isEmpty, outcomes.allSatisfy(\.succeeded), !outcomes.isEmpty else {
                        throw CocoaError(.fileReadUnknown)
                    }
                }
                try run()
                return try Stopwatch.shortest(of: 9, run)
            }
        }
    }

    /// A build as `report build --output` makes it, run in the checkout.
    private static func reportBuild(writingTo output: String) -> Build {
        var options = BuildOptions()
        options.output = output
        options.jobs = ProcessInfo.processInfo.activeProcessorCount
        let files = DiskFileSystem()
        let working = FileManager.default.currentDirectoryPath
        let environment = ProcessInfo.processInfo.environment
        let workspace = WorkspaceContext(
            files: files, workingFolder: files.realPath(of: working) ?? working, home: environment["HOME"],
            user: getuid(), environment: environment)
        let configuration = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }
        return Build(
            options, in: workspace, trust: Trust(workspace, configurationHome: configuration),
            cache: ProjectCache(workspace, configurationHome: configuration))
    }
}

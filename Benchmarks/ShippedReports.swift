import Foundation
import Pipeline
import Workspace

extension Benchmark {
    /// What a reader waits for after a change of prose: each shipped analysis read, its results found in the cache, and its
    /// page, Markdown and results file made and written; once in this process, and once as a program that is started for
    /// it, where `report` was built beside this one.
    static var shippedReports: [Benchmark] {
        shippedAnalyses.flatMap { name -> [Benchmark] in
            // Its results take minutes, if they are not there yet.
            let word = name == "coverage" ? name : nil
            let inside = Benchmark("report of \(name).md from warm results", unit: "report", onlyFor: word) {
                let scratch = scratch(name)
                defer { try? FileManager.default.removeItem(atPath: scratch) }
                let build = reportBuild(writingTo: scratch)
                return try warm(scratch) {
                    let (general, outcomes) = build.run(["Analyses/\(name).md"])
                    guard general.isEmpty, outcomes.allSatisfy(\.succeeded), !outcomes.isEmpty else {
                        throw CocoaError(.fileReadUnknown)
                    }
                }
            }
            guard let program else { return [inside] }
            let outside = Benchmark("report build \(name).md from warm results", unit: "process", onlyFor: word) {
                let scratch = scratch(name)
                defer { try? FileManager.default.removeItem(atPath: scratch) }
                return try warm(scratch) {
                    let arguments = ["build", "Analyses/\(name).md", "--output", scratch, "--quiet", "--no-ledger"]
                    // Foundation's own way to wait for a program looks every 50 ms.
                    let command = ProcessCommand(
                        program.path, arguments, environment: ProcessInfo.processInfo.environment)
                    guard try SystemProcessRunner().run(command).exitCode == 0 else {
                        throw CocoaError(.fileReadUnknown)
                    }
                }
            }
            return [inside, outside]
        }
    }

    private static var shippedAnalyses: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "Analyses")) ?? []
        return names.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    private static let program: URL? = {
        let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let program = own.deletingLastPathComponent().appendingPathComponent("report")
        return FileManager.default.isExecutableFile(atPath: program.path) ? program : nil
    }()

    private static func scratch(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("report-bench-\(name)").path
    }

    /// The shortest time after a first time; a report that is there already would be left alone.
    private static func warm(_ scratch: String, _ run: () throws -> Void) throws -> Double {
        func anew() throws {
            try? FileManager.default.removeItem(atPath: scratch)
            try run()
        }
        try anew()
        return try Stopwatch.shortest(of: 9, anew)
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

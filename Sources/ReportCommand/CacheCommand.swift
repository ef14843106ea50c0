import ArgumentParser
import Diagnostics
import Execution
import Pipeline
import Workspace

/// `report cache`.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "Looks after what earlier builds computed.", subcommands: [Prune.self])

    /// `report cache prune`.
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes results of earlier builds, those not used for longest first.",
            discussion: "A build that needs what was removed computes it again; nothing else changes.")

        @Argument(help: "A file or folder of the project.", completion: .directory)
        var path = "."

        @Option(name: .long, help: "How many MiB to leave.")
        var limit = 0

        func validate() throws {
            guard (0...(1 << 20)).contains(limit) else {
                throw ValidationError("--limit is from 0 to \(1 << 20) MiB.")
            }
        }

        func run() throws {
            let machine = Machine()
            let project: Project
            switch machine.project(of: path) {
            case .success(let found): project = found
            case .failure(let diagnostic):
                let console = Console(ReportingOptions.standard)
                console.show([diagnostic])
                console.finish()
                throw ExitCode(1)
            }
            guard let folder = machine.cache.folder(of: project) else {
                throw ValidationError("\(project.root)/.report/cache is not a folder of the project.")
            }
            let result = BuildCache.prune(folder, to: limit << 20, machine.workspace.files)
            print(
                "Removed \(result.removed) entries: \(Prune.mebibytes(result.before)) before, "
                    + "\(Prune.mebibytes(result.after)) after.")
        }

        private static func mebibytes(_ bytes: Int) -> String {
            let tenths = (bytes * 10 + (1 << 19)) >> 20
            return "\(tenths / 10).\(tenths % 10) MiB"
        }
    }
}

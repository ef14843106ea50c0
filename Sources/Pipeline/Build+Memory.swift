import Diagnostics
import Digests
import Documents
import Execution
import Ledger
import Typesetting
import Values
import Workspace

extension Build {
    /// What earlier builds of a project left, and what its settings say.
    struct Memory {
        /// nil to compute everything.
        var cache: BuildCache?
        /// nil where a report is not written, or more of it is asked for than where it lies.
        var reports: BuiltReports?
        /// The variables that the project's results depend on.
        var environment = EnvironmentDigests()
        /// Engines that `report.yaml` tells of.
        var engines: [EngineSettings] = []
        /// Partial forms of reports that failed; nil where there are none.
        var failed: FailedReports?
        /// `report.yaml`, where there is one.
        var settingsFile: LedgerEntry.File?
        /// False where the settings have errors: nothing of the project is built, for results could depend on what cannot
        /// be read.
        var isUsable = true
    }

    func memory(of project: Project, _ parameters: Parameters, diagnostics: inout [Diagnostic]) -> Memory {
        var faults: [Diagnostic] = []
        let settings = ProjectSettings.load(of: project, in: workspace, diagnostics: &faults)
        diagnostics += faults.inFileOrder()
        var memory = Memory(settingsFile: settings.source.map { LedgerEntry.File(of: $0) }, isUsable: !faults.hasErrors)
        memory.engines = settings.engines
        if options.writesReports {
            memory.failed = FailedReports(of: project, below: options.folders.failed, in: workspace)
        }
        guard memory.isUsable, let cache = projectCache?.open(project) else { return memory }
        memory.cache = cache
        memory.environment = cache.digests(of: settings.environment.map(\.name), in: workspace.environment)
        if options.writesReports, !options.keepsResults, !options.remakesReports,
            let grounds = grounds(of: project, parameters, cache, memory.environment)
        {
            memory.reports = BuiltReports(
                cache, files: workspace.files, settings: grounds, needsSitePages: options.keepsSitePages)
        }
        return memory
    }

    /// Everything beside the files that reading and computing ask for that a project's reports depend on.
    private func grounds(
        of project: Project, _ parameters: Parameters, _ cache: BuildCache, _ environment: EnvironmentDigests
    ) -> Value? {
        guard let templates = try? trust.digest(of: project) else { return nil }
        let katex = KaTeXLibrary.file(in: workspace)
        return [
            "tool": .string(tool(cache)), "katex": katex.map { .string(cacheText($0, cache)) } ?? .null,
            "templates": .string(templates), "trusted": .boolean(options.trustsTemplates || trust.isTrusted(project)),
            "options": options.value, "params": parameters.value, "environment": .string(environment.digest),
        ]
    }

    private func cacheText(_ path: String, _ cache: BuildCache) -> String {
        (try? cache.digests.digest(of: path).sha256) ?? "unreadable"
    }

    /// What tells this program from every other: its version, and which file it is and when that was written. Reading
    /// all of it for its digest would take most of the time of a small build.
    func tool(_ cache: BuildCache) -> String {
        guard let path = options.executable, let status = workspace.files.status(of: path) else {
            return ToolVersion.current
        }
        guard let stamp = status.stamp else {
            let digest = try? cache.digests.digest(of: path).sha256
            return ToolVersion.current + (digest.map { " \($0)" } ?? "")
        }
        let identity = "\(status.device) \(stamp.inode) \(status.size) \(stamp.modified) \(stamp.changed)"
        return "\(ToolVersion.current) \(sha256(identity.utf8))"
    }
}

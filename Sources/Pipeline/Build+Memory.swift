import Execution
import Typesetting
import Values
import Workspace

extension Build {
    /// What earlier builds of a project left.
    struct Memory {
        var cache: BuildCache?
        /// nil where a report is not written, or more of it is asked for than where it lies.
        var reports: BuiltReports?
    }

    func memory(of project: Project, _ parameters: Parameters) -> Memory {
        guard let cache = projectCache?.open(project) else { return Memory() }
        guard options.writesReports, !options.keepsResults, let settings = settings(of: project, parameters, cache)
        else {
            return Memory(cache: cache)
        }
        return Memory(cache: cache, reports: BuiltReports(cache, files: workspace.files, settings: settings))
    }

    /// Everything beside the files that reading and computing ask for that a project's reports depend on.
    private func settings(of project: Project, _ parameters: Parameters, _ cache: BuildCache) -> Value? {
        guard let templates = try? trust.digest(of: project) else { return nil }
        let katex = KaTeXLibrary.file(in: workspace)
        return [
            "tool": .string(tool(cache)), "katex": katex.map { .string(cacheText($0, cache)) } ?? .null,
            "templates": .string(templates), "trusted": .boolean(options.trustsTemplates || trust.isTrusted(project)),
            "options": options.value, "params": parameters.value,
        ]
    }

    private func cacheText(_ path: String, _ cache: BuildCache) -> String {
        (try? cache.digests.digest(of: path).sha256) ?? "unreadable"
    }

    /// What tells this program from every other: its version and the digest of its own file.
    func tool(_ cache: BuildCache) -> String {
        let digest = options.executable.flatMap { try? cache.digests.digest(of: $0).sha256 }
        return ToolVersion.current + (digest.map { " \($0)" } ?? "")
    }
}

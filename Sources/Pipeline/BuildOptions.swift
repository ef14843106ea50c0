package import Digests
package import Documents
import Values

/// What a person asks of a build beside its analyses.
package struct BuildOptions: Sendable {
    /// Nil for `output` in each project's root.
    package var output: String?
    /// Nil for those of each analysis's front matter.
    package var formats: Set<FrontMatter.Format>?
    /// Nil for that of each analysis's front matter.
    package var markdown: MarkdownFlavour?
    /// `--param name=value`, in order.
    package var params: [(name: String, value: String)] = []
    /// `--params file.yaml`, relative to the working folder.
    package var paramsFile: String?
    /// `--sweep name=a,b,c`, in order.
    package var sweeps: [(name: String, values: [String])] = []
    /// Nil for that of each analysis's front matter.
    package var seed: UInt64?
    /// Of which units the reports are made: then they are drafts, which lie below `.report/draft`, lead to no history and
    /// have no entries in the audit trail. nil for all units, and no draft.
    package var sample: UnitSample?
    /// Warnings fail the build.
    package var isStrict = false
    /// The project's own templates are used without asking the list of trusted projects.
    package var trustsTemplates = false

    /// How many analyses, and how many directives of each, run at once; nothing but the time it takes depends on it.
    package var jobs = 1

    /// Results of earlier builds are neither read nor kept.
    package var ignoresCache = false
    /// Results of earlier builds are kept and not read, so that what is signed was computed by who signs it.
    package var isSigned = false
    /// The program's own file: another program's results are not this one's. nil where it is not known.
    package var executable: String?

    /// Reports are for who writes them: they lie below `.report/preview`, and lead to no history, for they have none.
    package var isPreview = false
    /// False to compute and check everything and write no report.
    package var writesReports = true
    /// Each outcome holds what the results file would.
    package var keepsResults = false
    /// Each outcome holds the page that a site shows.
    package var keepsSitePages = false
    /// Every report is made again, of results that are kept.
    package var remakesReports = false
    /// Asked before each directive. Once true, those that have not begun are left out, and the outcome is of no use.
    package var isCancelled: @Sendable () -> Bool = { false }

    package init() {}
}

extension BuildOptions {
    /// Those that an entry of the audit trail tells, beside parameters, seed and what the names of files say.
    var recorded: Object {
        var object = Object()
        if let markdown { object["markdown"] = .string(markdown.rawValue) }
        if !sweeps.isEmpty { object["sweep"] = .list(sweeps.map { [.string($0.name), Value($0.values)] }) }
        return object
    }

    /// Takes over what an entry tells.
    mutating func restore(_ recorded: Object) {
        markdown = recorded["markdown"]?.string.flatMap { MarkdownFlavour(rawValue: $0) }
        sweeps = (recorded["sweep"]?.list ?? []).compactMap { item in
            guard let parts = item.list, parts.count == 2, let name = parts[0].string, let values = parts[1].list else {
                return nil
            }
            return (name, values.compactMap(\.string))
        }
    }

    /// Below a project's root: where its reports lie that were built, and those that failed.
    var folders: (built: String, failed: String) {
        if isPreview { return (".report/preview/reports", ".report/preview/drafts") }
        return sample == nil ? ("output", ".report/failed") : (".report/draft/reports", ".report/draft/failed")
    }

    /// Those that a report depends on.
    var value: Value {
        [
            "output": output.map { .string($0) } ?? .null,
            "markdown": markdown.map { .string($0.rawValue) } ?? .null,
            "formats": formats.map { Value($0.map(\.rawValue).sorted()) } ?? .null,
            "sweeps": .list(sweeps.map { [.string($0.name), Value($0.values)] }),
            "seed": seed.map { .string("\($0)") } ?? .null, "strict": .boolean(isStrict),
            "preview": .boolean(isPreview), "sample": sample.map { .string($0.key) } ?? .null,
        ]
    }
}

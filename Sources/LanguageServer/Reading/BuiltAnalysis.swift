import Diagnostics
import Documents
import Pipeline
import Values

/// What the last build of an analysis computed, and what it had to say.
struct BuiltAnalysis: Sendable {
    /// The text that was built.
    var source: SourceFile
    /// Of a sweep, the parameters of the report whose values are shown.
    var variant: String?
    /// What the results file holds of each directive, by id.
    var results: Object
    /// What paths walk: the values of each directive, `params` and `meta`.
    var root: Value
    var diagnostics: [Diagnostic]

    /// - Parameter outcomes: Of a sweep, one for each report and one for the index.
    init(_ read: ReadAnalysis, _ outcomes: [Build.Outcome]) {
        source = read.document.source
        let outcome = outcomes.first { $0.analysis.variant != nil } ?? outcomes.first
        variant = outcome?.analysis.variant
        results = outcome?.results?["results"]?.object ?? Object()
        var root = Object(results.map { ($0.key, $0.value["values"] ?? .null) })
        root["params"] = outcome?.results?["params"] ?? .object(read.document.frontMatter.params)
        root["meta"] = .object(read.document.frontMatter.meta)
        self.root = .object(root)
        var seen: Set<Diagnostic> = []
        diagnostics = outcomes.flatMap(\.diagnostics).filter { seen.insert($0).inserted }
    }
}

import Diagnostics
import Pipeline

/// What background work found out.
enum Finding: Sendable {
    /// What a check of an analysis said, of the texts of a generation.
    case checked(path: String, generation: Int, read: ReadAnalysis?, diagnostics: [Diagnostic])
    /// A directive began to run.
    case progress(path: String, text: String)
    /// What a build computed; nil where it was cancelled or the analysis cannot be read.
    case built(path: String, BuiltAnalysis?)
}

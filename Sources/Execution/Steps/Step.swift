import Datasets
import Diagnostics
import Digests
import Documents
import Results
import Values
import Workspace

/// What a directive may use while it runs.
struct StepContext: Sendable {
    let directive: Directive
    /// The options with every `{path}` replaced by its value.
    var options: OptionNode
    /// What earlier directives made, by id.
    var artifacts: [String: Artifact]
    /// The values of earlier directives, and `params` and `meta`.
    let root: Value
    let seed: UInt64
    /// Of which units a draft is made.
    let sample: UnitSample?
    let workspace: WorkspaceContext
    let project: Project
    /// The engines that may be asked.
    let engines: EngineAccess
    /// Digests of files, as far as they are known.
    let digests: FileDigests
    /// What was read of large files while their digests were made.
    var early: EarlySurvey?
    /// What is sent to them.
    let journal = QueryJournal()
    var diagnostics: [Diagnostic] = []
    /// What the method has to say beside its numbers; not a fault of the input, so no diagnostic.
    var findings: [String] = []

    /// Adds an error and gives up the step.
    mutating func fail(_ diagnostic: Diagnostic) -> StepFailure {
        diagnostics.append(diagnostic)
        return StepFailure()
    }

    mutating func warn(
        _ code: DiagnosticCode, _ message: String, at range: SourceRange? = nil, notes: [Diagnostic.Note] = []
    ) {
        diagnostics.append(.warning(code, message, at: range ?? directive.wordRange, notes: notes))
    }

    /// Where an option's value stands, or the directive's word where the option is not written.
    func range(of key: String) -> SourceRange { options[key]?.range ?? directive.wordRange }
}

/// A step gave up; its diagnostics say why.
struct StepFailure: Error {}

/// What a directive makes beside its values: what only other directives use.
enum Artifact: Sendable {
    case frame(Frame)
    case effects(EffectSet)
}

/// What a step returns.
struct StepOutput: Sendable {
    var values: Value
    var artifact: Artifact?
    var sources: [DataSource] = []
    var queries: [QueryProvenance] = []
    var table: TableModel?
    var figure: FigureModel?
    var assumptions: [String] = []

    init(_ values: Value, artifact: Artifact? = nil) {
        self.values = values
        self.artifact = artifact
    }
}

import Datasets
import Diagnostics
import Documents
import Workspace

/// Reads the rows of a frame into arms or estimates, whatever the layout.
///
/// Memory is one entry an arm, not a row. Experiments, arms and metrics come in the order of their first row.
struct EffectsReader {
    let frame: Frame
    var context: StepContext

    /// The place of the column that an option names; nil where the option is not written.
    mutating func column(_ node: OptionNode?) throws(StepFailure) -> Int? {
        guard let node, let name = node.string else { return nil }
        guard let index = frame.columns.firstIndex(of: name) else {
            throw context.fail(.missingColumn(name, known: frame.columns, at: node.range))
        }
        return index
    }

    mutating func required(_ key: String) throws(StepFailure) -> Int {
        guard let index = try column(context.options[key]) else {
            throw context.fail(.error(.missingOption, "This layout needs `\(key)`", at: context.directive.wordRange))
        }
        return index
    }

    /// Calls the body for every row, turning a fault of the data into a diagnostic.
    mutating func forEachRow(_ body: (inout Row) throws(DataFault) -> Void) throws(StepFailure) {
        do {
            try frame.forEachRow(in: context.workspace.files, body)
        } catch {
            throw context.fail(.badData(error, at: context.range(of: "data"), columns: frame.columns))
        }
    }

    mutating func fail(_ diagnostic: Diagnostic) -> StepFailure { context.fail(diagnostic) }
}

extension DiagnosticCode {
    static let missingOption = DiagnosticCode(601, "missing-option")
    static let unclearEffects = DiagnosticCode(602, "unclear-effects")
    static let unreported = DiagnosticCode(603, "unreported")
    static let notEstimable = DiagnosticCode(610, "not-estimable")
}

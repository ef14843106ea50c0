import Datasets
import Diagnostics
import Documents
import Results
import Values

/// A condition on the rows of a table, in the language of `where`: over its columns, and what else a row's result has.
struct TableCondition {
    private let predicate: Predicate
    private let range: SourceRange

    init(_ node: OptionNode, of draft: TableDraft, _ context: inout StepContext) throws(StepFailure) {
        let text = node.string ?? ""
        let root = context.root
        range = node.range
        do throws(PredicateFault) {
            predicate = try Predicate(parsing: text) { $0.root == "params" ? root[$0] : nil }
        } catch {
            throw context.fail(.error(.badCondition, error.message, at: node.range(ofOffset: error.offset, in: text)))
        }
        for name in predicate.columns where !draft.lines.isEmpty {
            guard draft.lines.contains(where: { draft.value(name, in: $0) != nil }) else {
                let place = range.first(name)
                throw context.fail(
                    draft.unknown(
                        name, "No row has \(name), which the condition is about", at: place ?? range, alsoInRows: true,
                        fixable: place != nil))
            }
        }
    }

    /// The lines of which it is true.
    func lines(of draft: TableDraft, _ context: inout StepContext) throws(StepFailure) -> [Int] {
        var found: [Int] = []
        for (index, line) in draft.lines.enumerated() {
            do throws(DataFault) {
                if try predicate.evaluate(LineCells(draft: draft, line: line)) == true { found.append(index) }
            } catch {
                throw context.fail(.error(.badCondition, error.message, at: range))
            }
        }
        return found
    }
}

/// A line of a table as a condition reads it: an estimate is its number, true and false are texts.
private struct LineCells: PredicateCells {
    let draft: TableDraft
    let line: TableDraft.Line

    private func value(_ column: String) -> Value {
        let value = draft.value(column, in: line) ?? .null
        return value["estimate"] ?? value
    }

    func isMissing(_ column: String) throws(DataFault) -> Bool { value(column) == .null }

    func number(_ column: String) throws(DataFault) -> Double? {
        let value = value(column)
        if value == .null { return nil }
        if let number = value.number { return number }
        // Names of metrics and variants are texts, though many look like numbers.
        if let text = value.string, case .number(let number) = DecimalNumber.read(Array(text.utf8)[...]) {
            return number
        }
        throw DataFault(
            file: "", column: column, message: "\(column) is compared with a number, and \(shown(value)) is none")
    }

    func text(_ column: String) throws(DataFault) -> String? {
        let value = value(column)
        if value == .null { return nil }
        guard let text = KeyValues.text(value) else {
            throw DataFault(
                file: "", column: column, message: "\(column) is compared with a text, and is \(value.kind)")
        }
        return text
    }

    private func shown(_ value: Value) -> String { value.string.map { "“\($0.prefix(40))”" } ?? value.kind }
}

extension TableDraft {
    /// `emphasis`: whole rows, or the cells of some columns.
    mutating func emphasise(_ context: inout StepContext) throws(StepFailure) {
        guard let node = context.options["emphasis"] else { return }
        for item in node.items {
            let condition = try TableCondition(item["where"] ?? item, of: self, &context)
            let columns = try columns(item["columns"], &context)
            for line in try condition.lines(of: self, &context) {
                if columns.isEmpty {
                    lines[line].row.isEmphasised = true
                } else {
                    lines[line].row.emphasised.formUnion(columns)
                }
            }
        }
    }
}

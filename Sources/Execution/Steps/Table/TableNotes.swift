import Diagnostics
import Documents
import Results

/// The footnotes of a table: those about the table as a whole, and those about columns, cells and spanners, which get
/// marks in the order in which a reader meets them.
struct TableNotes {
    private var notes: [(text: String, node: OptionNode, isGeneral: Bool)] = []

    /// Reads `footnotes` and the columns' own, and notes at the draft's columns and cells which are theirs.
    init(_ draft: inout TableDraft, _ context: inout StepContext) throws(StepFailure) {
        for node in context.options["footnotes"]?.items ?? [] {
            guard let text = node["text"] else {
                if let text = node.string { notes.append((text, node, true)) }
                continue
            }
            let columns = try draft.columns(node["columns"], &context)
            guard let condition = node["where"] else {
                if columns.isEmpty {
                    notes.append((text.string ?? "", text, true))
                } else {
                    let index = add(text)
                    for column in columns { draft.columns[column].notes.append(index) }
                }
                continue
            }
            let found = try TableCondition(condition, of: draft, &context).lines(of: draft, &context)
            let index = add(text)
            // A row as a whole is marked where it begins.
            let places = columns.isEmpty ? try draft.columns(context.options["stub"], &context).prefix(1) : columns[...]
            for line in found {
                for column in places.isEmpty ? [0] : places {
                    draft.lines[line].row.notes[column, default: []].append(index)
                }
            }
        }
        for column in draft.columns.indices {
            guard let note = draft.columns[column].note else { continue }
            let index = add(note)
            draft.columns[column].notes.append(index)
        }
    }

    /// A note that has marks; gives its place.
    mutating func add(_ node: OptionNode) -> Int {
        notes.append((node.string ?? "", node, false))
        return notes.count - 1
    }

    /// Gives the notes their marks and the table its footnotes: general ones first, then the marked in order. A note whose
    /// rows are not there is left out.
    func mark(_ table: inout TableModel) {
        var order: [Int] = []
        func meet(_ found: [Int]) { for note in found where !order.contains(note) { order.append(note) } }
        for spanner in table.spanners { meet(spanner.notes) }
        for column in table.columns { meet(column.notes) }
        for row in table.rows { for column in table.columns.indices { meet(row.notes[column] ?? []) } }
        let general = notes.indices.filter { notes[$0].isGeneral }
        let shown = general + order
        func places(_ found: [Int]) -> [Int] { found.compactMap { shown.firstIndex(of: $0) }.sorted() }
        for index in table.spanners.indices { table.spanners[index].notes = places(table.spanners[index].notes) }
        for index in table.columns.indices { table.columns[index].notes = places(table.columns[index].notes) }
        for index in table.rows.indices { table.rows[index].notes = table.rows[index].notes.mapValues(places) }
        table.footnotes = shown.map { note in
            TableModel.Footnote(
                notes[note].text, at: notes[note].node.range,
                mark: order.firstIndex(of: note).map(TableNotes.letters))
        }
    }

    /// a, b, …, z, aa, ab, …
    private static func letters(_ number: Int) -> String {
        let letter = String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(number % 26)))
        return (number < 26 ? "" : letters(number / 26 - 1)) + letter
    }
}

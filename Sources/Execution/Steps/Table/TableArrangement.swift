import Diagnostics
import Documents
import Results
import Values

/// Where rows and columns stand: groups of rows with titles, columns that name the rows, headings over several columns.
extension TableDraft {
    /// `groups`: lines that are alike in it come together, in the order in which groups come first; a column of that name
    /// goes, as the titles say it.
    mutating func group(_ context: inout StepContext) throws(StepFailure) {
        guard let node = context.options["groups"], let name = node.string else { return }
        guard lines.isEmpty || lines.contains(where: { value(name, in: $0) != nil }) else {
            throw context.fail(unknown(name, "No row has \(name), to be grouped by", at: node.range, alsoInRows: true))
        }
        let column = column(name)
        var groups: [(value: Value, lines: [Line])] = []
        for line in lines {
            let value = value(name, in: line) ?? .null
            if let index = groups.firstIndex(where: { $0.value == value }) {
                groups[index].lines.append(line)
            } else {
                groups.append((value, [line]))
            }
        }
        lines = groups.flatMap { group in
            var members = group.lines
            for index in members.indices { members[index].row.beginsGroup = false }
            members[0].row.groupTitle = title(of: members[0], group.value, column)
            return members
        }
        if let column { reorder(columns.indices.filter { $0 != column }) }
    }

    private func title(of line: Line, _ value: Value, _ column: Int?) -> TableModel.Cell {
        let cell = column.map { line.row.cells[$0] } ?? TableStep.cell(value, format: "", path: nil)
        if case .empty = cell { return .text("–") }
        return cell
    }

    /// `stub`: the columns that name the rows come first.
    mutating func moveStub(_ context: inout StepContext) throws(StepFailure) {
        let stub = try columns(context.options["stub"], &context)
        reorder(stub + columns.indices.filter { !stub.contains($0) })
    }

    /// The columns at these places, in this order, with all that is known of their cells.
    private mutating func reorder(_ order: [Int]) {
        columns = order.map { columns[$0] }
        for index in lines.indices {
            let row = lines[index].row
            lines[index].values = order.map { lines[index].values[$0] }
            lines[index].row.cells = order.map { row.cells[$0] }
            lines[index].row.emphasised = Set(order.indices.filter { row.emphasised.contains(order[$0]) })
            lines[index].row.notes = [:]
            for (new, old) in order.enumerated() { lines[index].row.notes[new] = row.notes[old] }
        }
    }
}

extension TableStep {
    /// Headings over columns beside each other; one over all columns of others stands above them.
    static func spanners(
        of draft: TableDraft, _ notes: inout TableNotes, _ context: inout StepContext
    ) throws(StepFailure) -> [TableModel.Spanner] {
        var found: [(spanner: TableModel.Spanner, node: OptionNode)] = []
        for item in context.options["spanners"]?.items ?? [] {
            let columns = try draft.columns(item["columns"], &context).sorted()
            guard let first = columns.first, let last = columns.last else { continue }
            guard last - first + 1 == columns.count else {
                let between = (first...last).filter { !columns.contains($0) }.map { draft.columns[$0].name }
                throw context.fail(
                    .error(
                        .badColumn, "A spanner's columns stand beside each other",
                        at: item["columns"]?.range ?? item.range,
                        notes: [.init("between them: " + between.joined(separator: ", "))]))
            }
            var spanner = TableModel.Spanner(item["title"]?.string ?? "", columns: first..<(last + 1))
            if let note = item["note"] { spanner.notes = [notes.add(note)] }
            found.append((spanner, item))
        }
        // From narrow to wide, so that each knows what is below it.
        for index in found.indices.sorted(by: {
            (found[$0].spanner.columns.count, $0) < (found[$1].spanner.columns.count, $1)
        }) {
            let own = found[index].spanner.columns
            for (other, rest) in found.enumerated() where other != index && rest.spanner.columns.overlaps(own) {
                let columns = rest.spanner.columns
                let isInside = own.lowerBound <= columns.lowerBound && columns.upperBound <= own.upperBound
                let isAround = columns.lowerBound <= own.lowerBound && own.upperBound <= columns.upperBound
                guard (isInside || isAround) && columns != own else {
                    throw context.fail(
                        .error(
                            .badColumn, "Two spanners share all columns of one of them, or none",
                            at: found[max(index, other)].node.range,
                            notes: [.init("the other spanner", at: found[min(index, other)].node.range)]))
                }
                if isInside { found[index].spanner.level = max(found[index].spanner.level, rest.spanner.level + 1) }
            }
        }
        return found.map(\.spanner).sorted { ($1.level, $0.columns.lowerBound) < ($0.level, $1.columns.lowerBound) }
    }
}

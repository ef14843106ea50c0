import Diagnostics
import Documents
import Results
import Values

/// Rows that the analysis writes itself, cell by cell.
extension TableStep {
    static func written(_ context: inout StepContext) throws(StepFailure) -> TableDraft {
        // As written: a referred-to object would lose its path and format with its scalar.
        let rows = context.directive.options["rows"]?.items ?? []
        let named = context.options["columns"]?.items ?? []
        let common = context.options["format"]?.string
        var specs: [ColumnSpec] = []
        for item in named { specs.append(ColumnSpec(written: item)) }
        let width = max(specs.count, rows.map { $0.cells.count }.max() ?? 0)
        for index in specs.count..<width {
            specs.append(ColumnSpec(name: String(index + 1), title: "", range: context.directive.wordRange))
        }
        var lines: [TableDraft.Line] = []
        var numeric = Array(repeating: true, count: width)
        for row in rows {
            try check(row, columns: named.count, &context)
            var cells: [TableModel.Cell] = []
            for (index, node) in row.cells.enumerated() {
                let made = cell(node, format: specs[index].format ?? common, root: context.root)
                if case .markdown = made { numeric[index] = numeric[index] && isValue(node) }
                cells.append(made)
            }
            cells += Array(repeating: .empty, count: width - cells.count)
            var line = TableModel.Row(
                cells, isEmphasised: row["emphasis"]?.boolean ?? false, beginsGroup: row["group"]?.boolean ?? false)
            if let group = row["group"], group.boolean == nil, let title = group.string {
                line.groupTitle = .markdown(title, at: group.range)
            }
            lines.append(TableDraft.Line(row: line, values: cells.map(value)))
        }
        for index in specs.indices where specs[index].alignment == nil {
            specs[index].alignment = numeric[index] ? .decimal : .left
        }
        return TableDraft(columns: specs, lines: lines)
    }

    private static func check(
        _ row: OptionNode, columns: Int, _ context: inout StepContext
    ) throws(StepFailure) {
        let known = ["cells", "emphasis", "group"]
        for entry in row.entries where !known.contains(entry.key) {
            let near = nearestWord(to: entry.key, among: known)
            throw context.fail(
                .error(
                    .badColumn, "A row that is a mapping has 'cells' and may have 'emphasis' and 'group'",
                    at: entry.keyRange,
                    fixIts: near.map { [.init("write '\($0)'", replacing: entry.keyRange, with: $0)] } ?? []))
        }
        if columns > 0, row.cells.count > columns {
            throw context.fail(
                .error(
                    .badColumn, "A row has at most as many cells as there are columns: \(columns)", at: row.range))
        }
    }

    private static func isValue(_ node: OptionNode) -> Bool { node.string?.hasPrefix("`{") ?? false }

    /// A cell from a scalar: a referred-to value, a number as written, or Markdown.
    private static func cell(_ node: OptionNode, format: String?, root: Value) -> TableModel.Cell {
        guard let scalar = node.scalar else { return .empty }
        if let path = scalar.reference {
            return cell(root[path] ?? .null, format: scalar.format?.description ?? format ?? "", path: path)
        }
        if let number = scalar.value.number {
            let decimals = scalar.text.split(separator: ".").count == 2 ? scalar.text.split(separator: ".")[1].count : 0
            return .number(Value(number), format: format ?? (decimals > 0 ? ".\(decimals)f" : ""), path: nil)
        }
        if scalar.value == .null { return .empty }
        return .markdown(node.string ?? "", at: node.range)
    }
}

extension OptionNode {
    /// The cells of a written row: the list itself, or `cells` of a mapping that says more.
    fileprivate var cells: [OptionNode] {
        if let cells = self["cells"] { return cells.items }
        return entries.isEmpty ? items : []
    }
}

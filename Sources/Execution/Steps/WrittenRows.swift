import Diagnostics
import Documents
import Results
import Values

/// Rows that the analysis writes itself, cell by cell.
extension TableStep {
    static func written(_ context: inout StepContext) throws(StepFailure) -> TableModel {
        // As written: a referred-to object would lose its path and format with its scalar.
        let rows = context.directive.options["rows"]?.items ?? []
        let titles = context.options["columns"]?.items.map { $0.string ?? $0["title"]?.string ?? "" } ?? []
        let formats = context.options["columns"]?.items.map { $0["format"]?.string } ?? []
        let common = context.options["format"]?.string
        var lines: [TableModel.Row] = []
        var numeric = Array(repeating: true, count: max(titles.count, rows.map { $0.cells.count }.max() ?? 0))
        for row in rows {
            var cells: [TableModel.Cell] = []
            for (index, node) in row.cells.enumerated() {
                let format = index < formats.count ? formats[index] : nil
                let made = cell(node, format: format ?? common, root: context.root)
                if case .markdown = made { numeric[index] = numeric[index] && isValue(node) }
                cells.append(made)
            }
            if !titles.isEmpty, cells.count > titles.count {
                throw context.fail(
                    .error(
                        .badColumn, "A row has at most as many cells as there are columns: \(titles.count)",
                        at: row.range))
            }
            lines.append(
                .init(
                    cells, isEmphasised: row["emphasis"]?.boolean ?? false, beginsGroup: row["group"]?.boolean ?? false)
            )
        }
        let aligned = context.options["columns"]?.items.map {
            $0["align"]?.string.flatMap { TableModel.Alignment(rawValue: $0) }
        }
        return TableModel(
            columns: numeric.indices.map { index in
                let written = aligned.flatMap { index < $0.count ? $0[index] : nil }
                return .init(index < titles.count ? titles[index] : "", written ?? (numeric[index] ? .decimal : .left))
            }, rows: lines)
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
    fileprivate var cells: [OptionNode] { self["cells"]?.items ?? items }
}

import Documents
import Markup
import Reports
import Results

/// A table as plain HTML that needs no style sheet of ours.
struct NotebookTable {
    let report: Report
    let table: ReportTable

    func html(_ caption: String) -> String {
        let levels = table.spanners.map(\.level).max() ?? 0
        let head =
            (0..<levels).map { spanners(ofLevel: levels - $0) } + [
                .tag("tr", [:], table.columns.map { cell("th", title($0), $0.alignment, scope: "col") })
            ]
        let body = table.rows.flatMap { row -> [MarkupNode] in
            let cells = row.cells.indices.filter { $0 < table.columns.count }.map { column -> MarkupNode in
                let marks = (row.marks[column] ?? []).joined(separator: ",")
                let text: MarkupNode = .text(report.plainText(row.cells[column]))
                let isStrong = row.isEmphasised || row.emphasised.contains(column)
                return cell(
                    column < table.stub ? "th" : "td",
                    [isStrong ? .tag("strong", [:], [text]) : text] + sup(marks), table.columns[column].alignment,
                    scope: column < table.stub ? "row" : nil)
            }
            let title = row.groupTitle.map { title in
                MarkupNode.tag(
                    "tr", [:],
                    [
                        .tag(
                            "th",
                            ["scope": "rowgroup", "colspan": "\(table.columns.count)", "style": "text-align:left"],
                            text: report.plainText(title))
                    ])
            }
            return [title, .tag("tr", [:], cells)].compactMap(\.self)
        }
        let notes = table.footnotes.map { note in
            MarkupNode.tag("p", [:], sup(note.mark ?? "") + [.text(" " + report.plainText(note.text))])
        }
        return MarkupNode.fragment(
            [
                .tag(
                    "table", [:],
                    [
                        caption.isEmpty ? .nothing : .tag("caption", [:], text: caption), .tag("thead", [:], head),
                        .tag("tbody", [:], body),
                    ])
            ] + notes
        ).serialised
    }

    private func spanners(ofLevel level: Int) -> MarkupNode {
        var cells: [MarkupNode] = []
        var column = 0
        while column < table.columns.count {
            let spanner = table.spanners.first { $0.level == level && $0.columns.lowerBound == column }
            cells.append(
                spanner.map { spanner in
                    .tag(
                        "th",
                        ["scope": "colgroup", "colspan": "\(spanner.columns.count)", "style": "text-align:center"],
                        [.text(report.plainText(spanner.title))] + sup(spanner.marks.joined(separator: ",")))
                } ?? .tag("td"))
            column = spanner?.columns.upperBound ?? column + 1
        }
        return .tag("tr", [:], cells)
    }

    private func title(_ column: ReportTable.Column) -> [MarkupNode] {
        let unit = column.unit.map { " (\(report.plainText($0)))" } ?? ""
        return [.text(report.plainText(column.title) + unit)] + sup(column.marks.joined(separator: ","))
    }

    private func cell(
        _ name: String, _ content: [MarkupNode], _ alignment: TableModel.Alignment, scope: String?
    ) -> MarkupNode {
        .tag(name, ["scope": scope, "style": "text-align:\(alignment == .left ? "left" : "right")"], content)
    }

    private func sup(_ mark: String) -> [MarkupNode] { mark.isEmpty ? [] : [.tag("sup", [:], text: mark)] }
}

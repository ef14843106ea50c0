import Markup
import Reports

/// The footnotes of a table and the marks that lead to them.
struct TableMarksHTML {
    let inline: InlineHTML
    /// The table's.
    let id: String

    func references(_ marks: [String]) -> [MarkupNode] {
        guard !marks.isEmpty else { return [] }
        let links = marks.enumerated().flatMap { index, mark -> [MarkupNode] in
            let link = MarkupNode.tag("a", ["href": "#note:\(id):\(mark)", "aria-label": "Note \(mark)"], text: mark)
            return index > 0 ? [.text(","), link] : [link]
        }
        return [.tag("sup", ["class": "mark"], links)]
    }

    /// General remarks, then those with marks, then what the bars are.
    func notes(of table: ReportTable) -> MarkupNode {
        var lines = table.footnotes.map { note -> MarkupNode in
            guard let mark = note.mark else { return .tag("p", [:], inline.inline(note.text)) }
            return .tag(
                "p", ["id": "note:\(id):\(mark)"],
                [.tag("sup", [:], text: mark), .text(" ")] + inline.inline(note.text))
        }
        lines += table.columns.compactMap(bars)
        return lines.isEmpty ? .nothing : .tag("div", ["class": "table-notes"], lines)
    }

    private func bars(_ column: ReportTable.Column) -> MarkupNode? {
        guard let axis = column.axis else { return nil }
        var title = inline
        title.reachesValues = false
        let line = axis.null == nil ? "." : "; the line is at \(axis.nullText ?? "0")."
        return .tag(
            "p", [:],
            [.text("Bars of ")] + title.inline(column.title) + [
                .text(" go from \(axis.lowerText) to \(axis.upperText)\(line)")
            ])
    }
}

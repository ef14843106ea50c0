import Reports
import Results

/// A table as GFM has it: spanners before their columns' headings, group titles in rows of their own, marks of footnotes
/// as raised letters.
struct TableMarkdown {
    let inline: InlineMarkdown
    let table: ReportTable

    var text: String {
        let header = row(table.columns.indices.map(heading))
        let rule = row(table.columns.map { $0.alignment == .left ? ":--" : "--:" })
        var lines = [header, rule]
        for cells in table.rows {
            if let title = cells.groupTitle {
                lines.append(row(["**\(cell(title))**"] + Array(repeating: "", count: max(0, table.columns.count - 1))))
            }
            lines.append(
                row(
                    table.columns.indices.map { column in
                        guard column < cells.cells.count else { return "" }
                        let text = cell(cells.cells[column])
                        let isStrong = cells.isEmphasised || cells.emphasised.contains(column)
                        return (isStrong && !text.isEmpty ? "**\(text)**" : text) + marks(cells.marks[column] ?? [])
                    }))
        }
        return lines.joined(separator: "\n")
    }

    /// A paragraph each.
    var footnotes: [String] {
        table.footnotes.map { note in (note.mark.map { marks([$0]) + " " } ?? "") + inline.text(note.text) }
    }

    /// "Standard error: its own noise (%)".
    private func heading(_ index: Int) -> String {
        let column = table.columns[index]
        let spanners = table.spanners(over: index).map { inline.text($0.title) + marks($0.marks) }
        var text = (spanners + [inline.text(column.title)]).filter { !$0.isEmpty }.joined(separator: ": ")
        if let unit = column.unit { text += (text.isEmpty ? "" : " ") + "(\(inline.text(unit)))" }
        return text + marks(column.marks)
    }

    private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    private func cell(_ cell: ReportTable.Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): inline.plain(text)
        case .rich(let text): inline.text(text)
        case .number(let value, _, _): inline.plain(value.text)
        }
    }

    /// Letters of Unicode that stand raised by themselves, so that no HTML is needed; q has none.
    private func marks(_ marks: [String]) -> String {
        let raised: [Character: Character] = [
            "a": "ᵃ", "b": "ᵇ", "c": "ᶜ", "d": "ᵈ", "e": "ᵉ", "f": "ᶠ", "g": "ᵍ", "h": "ʰ", "i": "ⁱ", "j": "ʲ",
            "k": "ᵏ",
            "l": "ˡ", "m": "ᵐ", "n": "ⁿ", "o": "ᵒ", "p": "ᵖ", "q": "ᑫ", "r": "ʳ", "s": "ˢ", "t": "ᵗ", "u": "ᵘ",
            "v": "ᵛ",
            "w": "ʷ", "x": "ˣ", "y": "ʸ", "z": "ᶻ",
        ]
        return marks.map { mark in String(mark.map { raised[$0] ?? $0 }) }.joined(separator: "\u{2009}")
    }
}

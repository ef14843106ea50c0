import Diagnostics

/// A comparison for people.
extension BuildComparison {
    /// Aligned columns, as a terminal shows them; what flipped in red where it has colour.
    package func text(beyond tolerance: NumberChange.Tier, isColored: Bool = false) -> String {
        let lines = ComparisonLines(comparison: self)
        let table = ChangeTable(changes(beyond: tolerance))
        var out = [DiagnosticFormatter.neutralized(lines.heading), "", lines.counts]
        func part(_ heading: String, _ items: [String]) {
            if !items.isEmpty { out += ["", heading] + items.map { "  \(DiagnosticFormatter.neutralized($0))" } }
        }
        if !table.rows.isEmpty {
            let cells = [ChangeTable.heads] + table.rows.map(\.cells)
            let widths = ChangeTable.heads.indices.map { column in cells.map { $0[column].displayWidth }.max() ?? 0 }
            out.append("")
            for (index, row) in cells.enumerated() {
                let padded = row.enumerated().map { column, cell in
                    let space = String(repeating: " ", count: widths[column] - cell.displayWidth)
                    // Numbers stand right.
                    return (1...4).contains(column) ? space + cell : cell + space
                }
                var line = padded.joined(separator: "  ")
                while line.last == " " { line.removeLast() }
                let isRed = isColored && index > 0 && table.rows[index - 1].hasFlip
                out.append(
                    isRed
                        ? "\u{1B}[31m\(DiagnosticFormatter.neutralized(line))\u{1B}[0m"
                        : DiagnosticFormatter.neutralized(line))
            }
            if table.rows.contains(where: { $0.cells[0].hasSuffix(" *") }) {
                out.append("* quoted in the prose, or a claim stands on it")
            }
        }
        for (heading, numbers) in lines.alone { part(heading, numbers.map { "\($0.path)  \($0.text)" }) }
        part("claims", lines.claims)
        part("what went in", lines.inputs)
        return out.joined(separator: "\n") + "\n"
    }

    /// A section of Markdown, for an issue or a review.
    package func markdown(beyond tolerance: NumberChange.Tier) -> String {
        let lines = ComparisonLines(comparison: self)
        let table = ChangeTable(changes(beyond: tolerance))
        var out = ["### \(Self.escaped(lines.heading))", "", Self.escaped(lines.counts)]
        if !table.rows.isEmpty {
            let heads = ChangeTable.heads.dropLast() + ["flips"]
            out += ["", "| \(heads.joined(separator: " | ")) |", "| --- | ---: | ---: | ---: | ---: | --- |"]
            out += table.rows.map { "| \($0.cells.map(Self.escaped).joined(separator: " | ")) |" }
        }
        func part(_ heading: String, _ items: [String]) {
            if !items.isEmpty { out += ["", "\(heading):", ""] + items.map { "- \(Self.escaped($0))" } }
        }
        for (heading, numbers) in lines.alone { part(heading, numbers.map { "\($0.path) \($0.text)" }) }
        part("Claims", lines.claims)
        part("What went in", lines.inputs)
        return out.joined(separator: "\n") + "\n"
    }

    /// Text in which nothing is markup: names come from analyses and data.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if #"\`*_{}[]<>()#|!~&$@"#.contains(character) { out += "\\" }
            out.append(character.isNewline ? " " : character)
        }
        return out
    }
}

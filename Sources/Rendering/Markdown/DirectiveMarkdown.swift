import Diagnostics
import Documents
import Reports
import Results

/// What stands in the place of a directive on a forge: a picture or a table with its caption, what they rest on, and
/// the directive folded away.
struct DirectiveMarkdown {
    let report: Report
    let inline: InlineMarkdown
    /// The folder of the figures, relative to the Markdown's.
    let folder: String

    func text(_ item: ReportItem) -> String {
        var parts: [String] = []
        if item.result == nil {
            let reasons = item.diagnostics.map { markdownText($0.message) }
            parts.append(
                quote("CAUTION", ["**\(markdownText(item.name)): this could not be computed.**"] + reasons))
        }
        if let model = item.figure {
            let alt = item.directive.alt.map(report.plainText) ?? model.summary
            parts.append("![\(markdownText(alt))](\(markdownDestination(path(of: item))))")
            if let caption = inline.caption(name: item.figureNumber.map { "Figure \($0)" }, item.directive.caption) {
                parts.append(caption)
            }
        }
        if let table = item.table {
            if let text = tableCaptionUnderFigure(item) {
                parts.append("**\(markdownText(text))**")
            } else if let caption = inline.caption(name: item.tableNumber.map { "Table \($0)" }, item.directive.caption)
            {
                parts.append(caption)
            }
            parts.append(self.table(table))
            parts += table.footnotes.map(inline.text)
        }
        let warnings = item.warnings + (item.result == nil ? [] : item.diagnostics.map(\.message))
        if !warnings.isEmpty { parts.append(quote("WARNING", sentences(warnings))) }
        if !item.assumptions.isEmpty {
            let title = item.assumptions.count == 1 ? "**Assumption.** " : "**Assumptions.**"
            let lines = sentences(item.assumptions)
            parts.append(quote("NOTE", lines.count == 1 ? [title + lines[0]] : [title, ""] + lines))
        }
        if item.directive.echo != .hidden { parts.append(source(item)) }
        return parts.joined(separator: "\n\n")
    }

    func path(of item: ReportItem) -> String { "\(folder)/\(item.directive.id).svg" }

    /// One sentence as it is, several as a list.
    private func sentences(_ texts: [String]) -> [String] {
        texts.count == 1 ? texts.map { markdownText($0) } : texts.map { "- " + markdownText($0) }
    }

    private func quote(_ kind: String, _ lines: [String]) -> String {
        (["[!\(kind)]"] + lines).map { "> " + $0 }.joined(separator: "\n")
    }

    private func table(_ table: ReportTable) -> String {
        let header = row(table.columns.map { inline.text($0.title) })
        let rule = row(table.columns.map { $0.alignment == .left ? ":--" : "--:" })
        let body = table.rows.map { cells in
            row(
                table.columns.indices.map { column in
                    guard column < cells.cells.count else { return "" }
                    let text = cell(cells.cells[column])
                    return cells.isEmphasised && !text.isEmpty ? "**\(text)**" : text
                })
        }
        return ([header, rule] + body).joined(separator: "\n")
    }

    private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    private func cell(_ cell: ReportTable.Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): markdownText(text)
        case .rich(let text): inline.text(text)
        case .number(let value, _, _): markdownText(value.text)
        }
    }

    private func source(_ item: ReportItem) -> String {
        let isShown = item.tableNumber != nil || item.figureNumber != nil
        let summary = isShown ? "The directive behind \(item.name)" : item.name
        let open = item.directive.echo == .open ? " open" : ""
        let lines = item.directive.range.text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.dropFirst().dropLast().joined(separator: "\n")
        let fence = markdownFence("# \(item.directive.word)\n\(body)", info: "yaml")
        // Ids and words of directives are plain words, so that nothing in the summary is markup.
        return "<details\(open)><summary>\(summary)</summary>\n\n\(fence)\n\n</details>"
    }
}

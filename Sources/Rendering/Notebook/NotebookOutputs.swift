import Diagnostics
import Documents
import Markdown
import Markup
import Plotting
import Reports
import Results
import Values

/// What a directive made as outputs of a notebook's cell, each in several forms of which a reader shows the best it can.
struct NotebookOutputs {
    let item: ReportItem
    let inline: InlineMarkdown
    private var report: Report { inline.report }

    var values: [Value] {
        var outputs: [Value] = []
        if item.result == nil {
            let reasons = item.diagnostics.map { inline.plain($0.message) }
            outputs.append(
                remark(.caution, "\(item.name): this could not be computed", reasons.joined(separator: "\n\n")))
        }
        if let model = item.figure { outputs += figure(model) }
        if let table = item.table { outputs.append(self.table(table)) }
        let warnings = item.warnings + (item.result == nil ? [] : item.diagnostics.map(\.message))
        if !warnings.isEmpty { outputs.append(remark(.warning, nil, sentences(warnings))) }
        if !item.assumptions.isEmpty {
            let name = item.assumptions.count == 1 ? "Assumption" : "Assumptions"
            outputs.append(remark(.note, name, sentences(item.assumptions)))
        }
        return outputs
    }

    private func figure(_ model: FigureModel) -> [Value] {
        let alt = item.directive.alt.map(report.plainText) ?? model.summary
        let drawing = FigureDrawing(model, id: "fig-\(item.directive.id)", title: item.name, description: alt)
        let picture = display(["image/svg+xml": drawing.svg(.file).serialised, "text/plain": alt])
        let name = item.figureNumber.map { "Figure \($0)" }
        guard let caption = inline.caption(name: name, item.directive.caption) else { return [picture] }
        return [picture, display(["text/markdown": caption, "text/plain": plainCaption(name)])]
    }

    private func table(_ table: ReportTable) -> Value {
        let name = item.tableNumber.map { "Table \($0)" }
        let caption = tableCaptionUnderFigure(item) ?? plainCaption(name)
        let text = ([caption] + [TableMarkdown(inline: inline, table: table).text] + table.footnotes.map(note))
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
        return display(["text/html": NotebookTable(report: report, table: table).html(caption), "text/plain": text])
    }

    private func note(_ note: ReportTable.Footnote) -> String {
        (note.mark.map { $0 + " " } ?? "") + report.plainText(note.text)
    }

    private func plainCaption(_ name: String?) -> String {
        guard let caption = item.directive.caption else { return "" }
        return (name.map { "\($0). " } ?? "") + report.plainText(caption)
    }

    private func sentences(_ texts: [String]) -> String {
        texts.map { (texts.count == 1 ? "" : "- ") + inline.plain($0) }.joined(separator: "\n")
    }

    private func remark(_ kind: Callout.Kind, _ title: String?, _ content: String) -> Value {
        let text = inline.flavour.callout(kind, title: title, content)
        return display(["text/markdown": text, "text/plain": text])
    }

    private func display(_ data: KeyValuePairs<String, String>) -> Value {
        [
            "data": .object(Object(data.map { ($0.key, NotebookReport.lines($0.value)) })), "metadata": [:],
            "output_type": "display_data",
        ]
    }
}

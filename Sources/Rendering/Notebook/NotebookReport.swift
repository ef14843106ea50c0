import Digests
import Documents
import Markdown
import Markup
import Plotting
import Reports
import Results
import Values

/// A report as a Jupyter notebook (nbformat 4.5): prose in Markdown cells, each directive a code cell with what it made as
/// its outputs.
///
/// No kernel runs the directives; an import finds them by their cells' metadata.
/// Source: https://nbformat.readthedocs.io/en/latest/format_description.html
struct NotebookReport {
    private let report: Report
    private let markdown: MarkdownReport
    private let inline: InlineMarkdown
    private let composed: ComposedMarkdown
    private let images: ImageFiles

    init(_ report: Report, name: String) {
        self.report = report
        markdown = MarkdownReport(report, name: name, flavour: .notebook)
        images = ImageFiles(report: report, folder: "\(name)_files")
        inline = InlineMarkdown(report: report, flavour: .notebook, name: name, images: images)
        composed = ComposedMarkdown(
            inline: inline, directives: DirectiveMarkdown(report: report, inline: inline, folder: "\(name)_files"))
    }

    func text() -> String {
        let front = report.document.frontMatter
        var metadata = Object()
        if !front.authors.isEmpty { metadata["authors"] = .list(front.authors.map { ["name": .string($0)] }) }
        metadata["language_info"] = [
            "file_extension": ".yaml", "mimetype": "text/x-yaml", "name": "yaml", "pygments_lexer": "yaml",
        ]
        metadata["report"] = [
            "analysis": .string(report.provenance.analysisPath), "params": .object(report.provenance.params),
            "seed": .string("\(report.provenance.seed)"), "sourceDigest": .string(report.provenance.sourceDigest),
            "version": .string(report.provenance.toolVersion),
        ]
        metadata["title"] = .string(report.plainText(front.title))
        let notebook: Value = [
            "cells": .list(cells), "metadata": .object(metadata), "nbformat": 4, "nbformat_minor": 5,
        ]
        return notebook.indentedJSON + "\n"
    }

    /// The head, then the body cut at directives and before sections, then references and provenance.
    private var cells: [Value] {
        var cells = [prose(markdown.header().joined(separator: "\n\n"), id: "_head")]
        var pending: [String] = []
        func flush() {
            guard !pending.isEmpty else { return }
            cells.append(prose(pending.joined(separator: "\n\n"), id: "_text-\(cells.count)"))
            pending = []
        }
        for node in report.document.body.children {
            if case .codeBlock(let block) = node.kind, let item = report.item(at: node.range) {
                flush()
                cells.append(code(item, block))
                continue
            }
            if case .heading(let level) = node.kind, level <= 2 { flush() }
            if let text = composed.text(node) { pending.append(text) }
        }
        flush()
        // An import leaves this one out.
        cells.append(
            prose(markdown.tail().joined(separator: "\n\n"), id: "_end", metadata: ["report": ["part": "end"]]))
        return cells
    }

    // MARK: Cells

    private func prose(_ text: String, id: String, metadata: Value = [:]) -> Value {
        var cell: Object = ["cell_type": "markdown", "id": .string(id)]
        var attachments = Object()
        for file in markdown.figures() {
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            guard text.contains("(attachment:\(name))") else { continue }
            attachments[name] = [NotebookReport.mediaType(of: name): .string(base64(file.bytes))]
        }
        if !attachments.isEmpty { cell["attachments"] = .object(attachments) }
        cell["metadata"] = metadata
        cell["source"] = NotebookReport.lines(text)
        return .object(cell)
    }

    private func code(_ item: ReportItem, _ block: Node.CodeBlock) -> Value {
        let body = block.literal.hasSuffix("\n") ? String(block.literal.dropLast()) : block.literal
        return [
            "cell_type": "code", "execution_count": .null, "id": .string(NotebookReport.cellID(item.directive.id)),
            "metadata": [
                "jupyter": ["source_hidden": .boolean(item.directive.echo != .open)],
                "report": ["directive": .string(item.directive.word)],
            ],
            "outputs": .list(NotebookOutputs(item: item, inline: inline).values),
            "source": NotebookReport.lines("# \(item.directive.word)\n\(body)"),
        ]
    }

    /// 1 to 64 letters, digits, hyphens and underscores; a longer id keeps its beginning and tells itself by a digest.
    private static func cellID(_ id: String) -> String {
        id.utf8.count <= 64 ? id : String(id.prefix(47)) + "-" + Value.string(id).digest.prefix(16)
    }

    /// Each line with its end.
    static func lines(_ text: String) -> Value {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return .list(
            lines.enumerated().filter { !($0.offset == lines.count - 1 && $0.element.isEmpty) }
                .map { .string(String($0.element) + ($0.offset < lines.count - 1 ? "\n" : "")) })
    }

    private static func mediaType(of name: String) -> String {
        let known = [
            "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml",
        ]
        return name.split(separator: ".").last.flatMap { known[String($0)] } ?? "application/octet-stream"
    }
}

package import Diagnostics
import Documents
import Values

/// A Jupyter notebook as read: what an import takes over.
struct Notebook {
    enum Kind: String {
        case markdown
        case code
        case raw
    }

    struct Cell {
        var kind: Kind
        var source: String
        /// By name, each by its media type, in base 64.
        var attachments: [(name: String, data: [(type: String, text: String)])] = []
        var outputs: [Output] = []
        /// The word of the directive that an export made the cell of.
        var directive: String?
    }

    enum Output {
        case text(String)
        /// In base 64, or SVG as it is.
        case image(type: String, text: String)
    }

    var cells: [Cell]
    var title: String?
    var authors: [String]
    /// Of the analysis that an export was made of.
    var params: Value?
    var seed: String?
    /// The language of code cells.
    var language: String
}

extension Notebook {
    /// Reads nbformat 4, whatever its minor version.
    init(_ file: SourceFile) throws(Diagnostic) {
        let root: OptionNode
        do throws(JSONReader.Fault) {
            root = try JSONReader.read(file)
        } catch {
            throw .error(.malformedNotebook, "A notebook is JSON: \(error.message)", at: error.range)
        }
        guard case .mapping = root.content, let version = root["nbformat"]?.number else {
            throw .error(
                .malformedNotebook, "A notebook says its format as 'nbformat'; this file does not",
                at: SourceRange(file: file, lower: 0, upper: min(1, file.utf8.count)))
        }
        guard version == 4 else {
            throw .error(
                .notebookVersion,
                "A notebook of format 4 is imported; this one is of format \(root["nbformat"]?.string ?? "?")",
                at: root["nbformat"]?.range ?? file.range,
                notes: [.init("`jupyter nbconvert --to notebook --inplace` brings it up to date")])
        }
        guard let list = root["cells"], case .list(let items) = list.content else {
            throw .error(
                .malformedNotebook, "A notebook has a list of 'cells'",
                at: root["cells"]?.range ?? root.range.start(of: file))
        }
        var cells: [Cell] = []
        for item in items where item["metadata"]?["report"]?["part"]?.string != "end" { cells.append(try Cell(item)) }
        self.cells = cells
        let metadata = root["metadata"]
        title = metadata?["title"]?.string
        params = metadata?["report"]?["params"]?.value
        seed = metadata?["report"]?["seed"]?.string
        let authors = metadata?["authors"]
        if let authors, case .list(let items) = authors.content {
            self.authors = items.compactMap { $0["name"]?.string ?? $0.string }
        } else {
            self.authors = []
        }
        language =
            metadata?["language_info"]?["name"]?.string ?? metadata?["kernelspec"]?["language"]?.string ?? "python"
    }
}

extension Notebook.Cell {
    fileprivate init(_ node: OptionNode) throws(Diagnostic) {
        guard let written = node["cell_type"]?.string, let kind = Notebook.Kind(rawValue: written) else {
            throw .error(
                .malformedNotebook, "A cell's 'cell_type' is markdown, code or raw",
                at: node["cell_type"]?.range ?? node.range)
        }
        guard let text = node["source"].flatMap(Notebook.text) else {
            throw .error(
                .malformedNotebook, "A cell's 'source' is a text or a list of texts",
                at: node["source"]?.range ?? node.range)
        }
        self.init(kind: kind, source: text)
        attachments = (node["attachments"]?.entries ?? []).map { entry in
            (entry.key, entry.value.entries.compactMap { data in Notebook.text(data.value).map { (data.key, $0) } })
        }
        if let outputs = node["outputs"], case .list(let items) = outputs.content {
            self.outputs = items.compactMap(Notebook.Output.init)
        }
        directive = node["metadata"]?["report"]?["directive"]?.string
    }
}

extension Notebook.Output {
    /// The best form of an output that a report can hold: a picture, else text; nil where it has neither.
    fileprivate init?(_ node: OptionNode) {
        switch node["output_type"]?.string {
        case "stream":
            guard let text = node["text"].flatMap(Notebook.text) else { return nil }
            self = .text(text)
        case "error":
            let parts = [node["ename"]?.string, node["evalue"]?.string].compactMap(\.self)
            self = .text(parts.joined(separator: ": "))
        default:
            for type in ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"] {
                guard let text = node["data"]?[type].flatMap(Notebook.text) else { continue }
                self = .image(type: type, text: text)
                return
            }
            guard let text = node["data"]?["text/plain"].flatMap(Notebook.text) else { return nil }
            self = .text(text)
        }
    }
}

extension Notebook {
    /// A text, whole or in lines.
    fileprivate static func text(_ node: OptionNode) -> String? {
        switch node.content {
        case .scalar(let scalar): scalar.value.string
        case .list(let items):
            items.allSatisfy { $0.scalar?.value.string != nil } ? items.compactMap(\.string).joined() : nil
        case .mapping: nil
        }
    }
}

extension SourceRange {
    /// The first byte of it.
    fileprivate func start(of file: SourceFile) -> SourceRange {
        SourceRange(file: file, lower: lower, upper: min(lower + 1, file.utf8.count))
    }
}

extension DiagnosticCode {
    package static let malformedNotebook = DiagnosticCode(160, "malformed-notebook")
    package static let notebookVersion = DiagnosticCode(161, "notebook-version")
    package static let importTarget = DiagnosticCode(162, "import-target")
    package static let importedAsText = DiagnosticCode(163, "imported-as-text")
}

import Diagnostics
import Documents
import Execution
import Markdown
import Typesetting
import Values
import Workspace

/// The text of an analysis made of a notebook: front matter, then a block or more for each cell.
struct NotebookDraft {
    private var front: [String] = []
    private var blocks: [String] = []
    /// Places of blocks that were turned into plain text.
    private var plain: Set<Int> = []

    var text: String { "---\n" + front.joined(separator: "\n") + "\n---\n\n" + blocks.joined(separator: "\n\n") + "\n" }

    init(_ notebook: Notebook, name: String, keepsOutputs: Bool, pictures: inout NotebookPictures) {
        var title = notebook.title
        // Quarto's notebooks begin with front matter in a raw cell.
        var cells = notebook.cells[...]
        if let first = cells.first, first.kind == .raw, first.source.hasPrefix("---") {
            title = title ?? NotebookDraft.rawTitle(first.source)
            cells.removeFirst()
        }
        for cell in cells {
            switch cell.kind {
            case .markdown:
                var kept = pictures
                let text = CellText(cell.source) { source in
                    let path =
                        source.hasPrefix("attachment:")
                        ? NotebookDraft.attachment(source, of: cell, &kept) : kept.take(source: source)
                    return path.map { .file($0) } ?? .elsewhere
                }
                let isTitle = text.title != nil && (title == nil || title == text.title)
                if isTitle { title = text.title }
                add(text.text(withoutTitle: isTitle && blocks.isEmpty))
                pictures = kept
            case .code: code(cell, notebook.language, keepsOutputs, &pictures)
            case .raw: if !cell.source.isEmpty { add(NotebookDraft.fence(cell.source, "text")) }
            }
        }
        front = ["title: " + NotebookDraft.quoted(NotebookDraft.inert(title ?? name))]
        if let seed = notebook.seed.flatMap({ UInt64($0) }), seed != 1 { front.append("seed: \(seed)") }
        if let params = notebook.params, params.object?.isEmpty == false {
            front.append("params: " + params.canonicalJSON)
        }
        if !notebook.authors.isEmpty {
            front.append("authors: [" + notebook.authors.map(NotebookDraft.quoted).joined(separator: ", ") + "]")
        }
    }

    private mutating func add(_ text: String) {
        var text = text[...]
        while text.first == "\n" { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        if !text.isEmpty { blocks.append(String(text)) }
    }

    // MARK: Code

    /// A directive that an export made a cell of becomes one again; any other code lies in a fence, its outputs behind it.
    private mutating func code(
        _ cell: Notebook.Cell, _ language: String, _ keepsOutputs: Bool, _ pictures: inout NotebookPictures
    ) {
        if let word = cell.directive, DirectiveSchema.named(word) != nil {
            let lines = cell.source.split(separator: "\n", omittingEmptySubsequences: false)
            let body = lines.first == "# \(word)" ? lines.dropFirst() : lines[...]
            return add(NotebookDraft.fence(body.joined(separator: "\n"), word))
        }
        if !cell.source.isEmpty {
            let info = language.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "+-#".contains($0)) }
            let isWord = DirectiveSchema.named(info) != nil || info.isEmpty
            add(NotebookDraft.fence(cell.source, isWord ? "text" : info.lowercased()))
        }
        guard keepsOutputs else { return }
        for output in cell.outputs {
            switch output {
            case .text(let text): add(NotebookDraft.fence(NotebookDraft.shortened(text), "text"))
            case .image(let type, let text):
                if let path = pictures.take(type: type, text: text) { add("![Output of the code above](\(path))") }
            }
        }
    }

    /// Without terminal colours, the first forty lines.
    private static func shortened(_ text: String) -> String {
        let plain = text.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
        var lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.count > 40
            ? lines.prefix(40).joined(separator: "\n") + "\n… \(lines.count - 40) more lines"
            : lines.joined(separator: "\n")
    }

    /// A fenced block that nothing in it ends.
    private static func fence(_ text: String, _ info: String) -> String {
        var longest = 2
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)\(info)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    // MARK: Texts

    private static func attachment(_ source: String, of cell: Notebook.Cell, _ pictures: inout NotebookPictures)
        -> String?
    {
        let name = source.dropFirst("attachment:".count)
        guard let found = cell.attachments.first(where: { $0.name == name || encoded($0.name) == name }) else {
            return nil
        }
        for (type, text) in found.data {
            if let path = pictures.take(type: type, text: text) { return path }
        }
        return nil
    }

    private static func encoded(_ name: String) -> String { name.replacing(" ", with: "%20") }

    private static func quoted(_ text: String) -> String { Value.string(text).canonicalJSON }

    /// Text on one line in which nothing is markup.
    private static func inert(_ text: String) -> String {
        var out = ""
        for character in text.trimmed {
            if character == "\n" || character == "\r\n" {
                out += " "
                continue
            }
            if "\\`*_[]<>$~&|!#@".contains(character) { out += "\\" }
            out.append(character)
        }
        return out.isEmpty ? "Untitled" : out
    }

    /// The `title` of a YAML block.
    private static func rawTitle(_ source: String) -> String? {
        for line in source.split(separator: "\n") where line.hasPrefix("title:") {
            let value = String(line.dropFirst("title:".count)).trimmed
            let isQuoted = value.count > 1 && (value.first == "\"" || value.first == "'") && value.first == value.last
            return isQuoted ? String(value.dropFirst().dropLast()) : value
        }
        return nil
    }

    // MARK: What a check would say

    /// Checks the text as a build would; a block in which something is amiss becomes plain text.
    ///
    /// - Returns: A warning for each such block.
    mutating func settle(shown: String, _ typesetter: Typesetter) -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        // Each round turns at least one block into text, which has no faults.
        for _ in 0...blocks.count {
            let found = faults(shown, typesetter)
            guard !found.isEmpty else { break }
            for (index, diagnostic) in found.sorted(by: { $0.key < $1.key }) {
                blocks[index] = NotebookDraft.fence(blocks[index], "text")
                plain.insert(index)
                warnings.append(
                    .warning(
                        .importedAsText, "A block that a report cannot show as it is was kept as plain text", at: nil,
                        notes: [.init(diagnostic.message)]))
            }
        }
        return warnings
    }

    /// The first fault of each block that has any.
    private func faults(_ shown: String, _ typesetter: Typesetter) -> [Int: Diagnostic] {
        let file = SourceFile(path: shown, text: text)
        var diagnostics: [Diagnostic] = []
        let refused: AnalysisDocument.IncludeLoader = { path, range, _ in
            .failure(.error(.missingFile, "An import includes nothing, so not \(path)", at: range))
        }
        guard let document = AnalysisDocument.parse(file, includes: refused, diagnostics: &diagnostics) else {
            return [:]
        }
        _ = Plan(document, diagnostics: &diagnostics)
        document.checkReferences(diagnostics: &diagnostics)
        TypesetFormulas(typesetter: typesetter).check(document, diagnostics: &diagnostics)
        var starts: [Int] = []
        var offset = file.utf8.count - blocks.joined(separator: "\n\n").utf8.count - 1
        for block in blocks {
            starts.append(offset)
            offset += block.utf8.count + 2
        }
        var found: [Int: Diagnostic] = [:]
        for diagnostic in diagnostics where diagnostic.severity == .error && diagnostic.code != .missingKaTeX {
            guard let range = diagnostic.range, let index = starts.lastIndex(where: { $0 <= range.lower }) else {
                continue
            }
            if found[index] == nil, !plain.contains(index) { found[index] = diagnostic }
        }
        return found
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

import Diagnostics
import Documents
import Markdown
import Pipeline
import Values

/// A text that may be written at a place, and what of the line it takes the place of.
struct Suggestion {
    var label: String
    var kind: LSP.CompletionItem.Kind
    /// What stands beside the label.
    var detail: String?
    /// Markdown, shown with the suggestion.
    var documentation: String?
    /// The text to be written where it is not the label. With `isSnippet` it has tab stops.
    var text: String?
    var isSnippet = false
    /// What the editor compares with what is written, where the replaced text is more than the name.
    var filter: String?
    var replaced: Range<Int>
}

extension AnalysisView {
    /// What may be written at a place, best first.
    ///
    /// - Parameter snippets: Whether the editor knows tab stops.
    func suggestions(at offset: Int, snippets: Bool) -> [Suggestion] {
        switch BlockCursor(file, at: offset) {
        case .fence(let word): return words(replacing: word, snippets: snippets)
        case .frontMatter, .body:
            guard let place = BodyPlace(file, at: offset) else { return [] }
            return yaml(place, at: offset)
        case .prose: return prose(at: offset) ?? []
        case .code: return []
        }
    }

    // MARK: Prose

    /// nil where the place is in nothing of the language.
    private func prose(at offset: Int) -> [Suggestion]? {
        if let brace = BraceCursor(file, at: offset), brace.isInCode { return reference(brace, at: offset) }
        return text(at: offset)
    }

    /// What prose and captions share: links and names behind `@`.
    func text(at offset: Int) -> [Suggestion]? {
        if let target = ProseCursor.fragment(file, at: offset) { return fragment(target, at: offset) }
        if let title = ProseCursor.title(file, at: offset) {
            return ClaimCondition.forms.map {
                Suggestion(label: $0.text, kind: .value, detail: $0.meaning, replaced: title)
            }
        }
        if let written = IncludePlace(file, at: offset) {
            return files(written.path, at: offset, endingIn: ["md"])
        }
        return ProseCursor.mention(file, at: offset).map(mentions)
    }

    func reference(_ brace: BraceCursor, at offset: Int) -> [Suggestion]? {
        if let bar = brace.bar { return formats(brace, behind: bar) }
        return PathCursor(file, from: brace.pathStart, at: offset).map { paths($0) }
    }

    private func fragment(_ target: Range<Int>, at offset: Int) -> [Suggestion] {
        guard let cursor = PathCursor(file, from: target.lowerBound, at: offset) else { return [] }
        guard cursor.base.components.isEmpty else { return paths(cursor) }
        let sections = headings.map {
            Suggestion(
                label: $0.slug, kind: .reference, detail: $0.text, replaced: target.lowerBound..<target.upperBound)
        }
        return paths(cursor).filter { !["params", "meta"].contains($0.label) } + sections
    }

    private func mentions(replacing range: Range<Int>) -> [Suggestion] {
        var found: [Suggestion] = []
        for directive in named {
            let caption = directive.caption?.node.plainText
            if [.figure, .both].contains(directive.show) {
                found.append(
                    Suggestion(label: "fig-" + directive.id, kind: .reference, detail: caption, replaced: range))
            }
            if [.table, .both].contains(directive.show) {
                found.append(
                    Suggestion(label: "tbl-" + directive.id, kind: .reference, detail: caption, replaced: range))
            }
        }
        found += equations.map { Suggestion(label: $0.name, kind: .reference, detail: "equation", replaced: range) }
        found += headings.map {
            Suggestion(label: "sec-" + $0.slug, kind: .reference, detail: $0.text, replaced: range)
        }
        return found
            + read.bibliography.entries.map { entry in
                let names = entry.names.map(\.family).joined(separator: ", ")
                return Suggestion(
                    label: entry.key, kind: .constant, detail: "\(names) (\(entry.year))", documentation: entry.title,
                    replaced: range)
            }
    }

    // MARK: Directive words

    private func words(replacing range: Range<Int>, snippets: Bool) -> [Suggestion] {
        let isOpen = snippets && !closes(below: file.location(at: range.lowerBound).line)
        return DirectiveSchema.all.map { schema in
            var text = schema.word
            if isOpen {
                let keys = [("id", schema.word)] + schema.keys.filter(\.isRequired).map { ($0.name, "") }
                let lines = keys.enumerated().map { "\($1.0): ${\($0 + 1):\($1.1)}" }
                text += "\n" + lines.joined(separator: "\n") + "\n```"
            }
            return Suggestion(
                label: schema.word, kind: .keyword, detail: schema.summary,
                documentation: AnalysisView.text(of: schema), text: text, isSnippet: isOpen, replaced: range)
        }
    }

    /// Whether the next fence below a line closes one.
    private func closes(below line: Int) -> Bool {
        for number in (line + 1)..<max(line + 1, file.lineCount + 1) {
            let start = file.offset(ofLine: number)
            guard file.utf8.element(at: start) == UInt8(ascii: "`") else { continue }
            let text = file.line(number)
            if text.hasPrefix("```") { return text.allSatisfy { $0 == "`" || $0 == " " } }
        }
        return false
    }
}

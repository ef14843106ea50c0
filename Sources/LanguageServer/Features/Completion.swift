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
    private func text(at offset: Int) -> [Suggestion]? {
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

    private func reference(_ brace: BraceCursor, at offset: Int) -> [Suggestion]? {
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

    // MARK: YAML

    private func yaml(_ place: BodyPlace, at offset: Int) -> [Suggestion] {
        let isProse = place.type.scalars.contains(.richText)
        if let brace = BraceCursor(file, at: offset), !place.cursor.isKey || place.type.keys.isEmpty,
            isProse ? brace.isInCode : true, let found = reference(brace, at: offset)
        {
            return found
        }
        if isProse || place.type.scalars.contains(.any), let found = text(at: offset), !found.isEmpty { return found }
        if place.cursor.isKey {
            let keys = keys(place)
            return place.cursor.isItem ? keys + values(place, at: offset) : keys
        }
        return values(place, at: offset)
    }

    private func keys(_ place: BodyPlace) -> [Suggestion] {
        let token = place.cursor.token
        // A colon that is there stays.
        let hasColon = file.utf8.element(at: token.upperBound) == UInt8(ascii: ":")
        let keys = place.type.keys.filter { key in
            key.name == place.cursor.tokenText || !place.cursor.siblings.contains(key.name)
        }
        let ordered = keys.filter(\.isRequired) + keys.filter { !$0.isRequired }
        return ordered.map { key in
            Suggestion(
                label: key.name, kind: .property, detail: key.isRequired ? "required" : key.type.description,
                documentation: AnalysisView.text(of: key, place.title), text: key.name + (hasColon ? "" : ": "),
                replaced: token)
        }
    }

    private func values(_ place: BodyPlace, at offset: Int) -> [Suggestion] {
        let token = place.cursor.token
        guard let name = place.cursor.path.last else { return [] }
        if isFile(name, in: place) {
            let kinds = place.schema == nil ? ["bib", "json"] : ["csv", "tsv", "jsonl", "parquet", "db"]
            return files(token, at: offset, endingIn: kinds)
        }
        var found: [Suggestion] = []
        for type in place.type.scalars {
            switch type {
            case .choice(let words):
                found += words.map { word in
                    let isDefault = place.key?.defaultText == word
                    return Suggestion(
                        label: word, kind: .enumeration, detail: isDefault ? "default" : nil,
                        documentation: place.key?.doc, replaced: token)
                }
            case .boolean:
                found += ["true", "false"].map {
                    Suggestion(
                        label: $0, kind: .value, detail: place.key?.defaultText == $0 ? "default" : nil, replaced: token
                    )
                }
            case .id: found += ids(for: name, replacing: token)
            case .path:
                if let cursor = PathCursor(file, from: token.lowerBound, at: offset) { found += paths(cursor) }
            case .format: found += formats(of: nil, replacing: token)
            case .name, .string:
                found += names(at: place).map {
                    Suggestion(label: $0.name, kind: .field, detail: $0.detail, replaced: token)
                }
            case .predicate: found += predicate(place, at: offset)
            case .any where place.cursor.path.starts(with: ["sweep", "compare"]):
                if let cursor = PathCursor(file, from: token.lowerBound, at: offset) { found += paths(cursor) }
            default: break
            }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.label).inserted }
    }

    /// Ids that a key takes: `data` those of frames, `effects` and `predict` those of effects.
    private func ids(for key: String, replacing token: Range<Int>) -> [Suggestion] {
        let words = ["data": "data", "effects": "effects", "predict": "effects"]
        return named.filter { words[key] == nil || words[key] == $0.word }.map {
            Suggestion(
                label: $0.id, kind: .module, detail: $0.word, documentation: $0.caption?.node.plainText, replaced: token
            )
        }
    }

    /// A column's name as the last word of a condition.
    private func predicate(_ place: BodyPlace, at offset: Int) -> [Suggestion] {
        var lower = offset
        while lower > place.cursor.token.lowerBound, ResultPath.isPlain(file.utf8[lower - 1]) { lower -= 1 }
        return names(at: place).map {
            Suggestion(label: $0.name, kind: .field, detail: $0.detail, replaced: lower..<offset)
        }
    }
}

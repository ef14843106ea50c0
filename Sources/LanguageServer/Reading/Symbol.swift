import Diagnostics
import Documents
import Markdown
import Pipeline
import Values

/// What a place in the text stands for.
enum Symbol {
    case word(DirectiveSchema)
    /// A key of a directive or of front matter.
    case key(KeySchema, of: String)
    /// A word that a key takes.
    case choice(String, of: KeySchema, in: String)
    /// A path into results, with the format that it is shown in.
    case value(ResultPath, NumberFormat?)
    case claim(Claim)
    /// The id of a directive, where it is defined or named.
    case id(String)
    /// `@fig-…`, `@tbl-…`, `@eq-…`, `@sec-…`, with what it names.
    case mention(kind: String, name: String)
    /// A link to a heading.
    case section(String)
    case citation(String)
    /// A path of a file as written.
    case file(String)
    /// A column of a frame.
    case column(String, of: String)
    case metric(String)
}

extension AnalysisView {
    /// The symbol at a place, with the text that stands for it.
    func symbol(at offset: Int) -> (symbol: Symbol, range: SourceRange)? {
        switch BlockCursor(file, at: offset) {
        case .fence(let word):
            let range = sourceRange(word)
            return DirectiveSchema.named(range.text).map { (.word($0), range) }
        case .frontMatter, .body:
            guard let place = BodyPlace(file, at: offset) else { return nil }
            return textSymbol(at: offset) ?? symbol(at: place)
        case .prose: return proseSymbol(at: offset) ?? textSymbol(at: offset)
        case .code: return nil
        }
    }

    private func sourceRange(_ range: Range<Int>) -> SourceRange {
        SourceRange(file: file, lower: range.lowerBound, upper: range.upperBound)
    }

    // MARK: Prose

    private func proseSymbol(at offset: Int) -> (symbol: Symbol, range: SourceRange)? {
        if let (path, range) = includes.first(where: { $0.range.lower <= offset && offset <= $0.range.upper }) {
            return (.file(path), range.first(path) ?? range)
        }
        for node in nodes(at: offset).reversed() {
            if let value = document.values[node.range] { return (.value(value.path, value.format), node.range) }
            if let claim = document.claims[node.range] { return (.claim(claim), node.range) }
            switch node.kind {
            // A literal one, in two backticks.
            case .code: return nil
            case .link(let destination, _) where destination.hasPrefix("#"):
                let name = String(destination.dropFirst())
                return (directive(name) == nil ? .section(name) : .id(name), node.range)
            case .image(let source, _): return (.file(source), node.range)
            default: break
            }
        }
        return nil
    }

    /// What can stand in the prose of captions too: values, claims, names behind `@`.
    private func textSymbol(at offset: Int) -> (symbol: Symbol, range: SourceRange)? {
        if let brace = BraceCursor(file, at: offset), offset < brace.upper, let reference = brace.reference,
            ["params", "meta"].contains(reference.path.root) || directive(reference.path.root) != nil
        {
            return (.value(reference.path, reference.format), brace.range)
        }
        if let target = ProseCursor.fragment(file, at: offset) {
            let range = sourceRange(target)
            if let path = ResultPath(parsing: range.text), directive(path.root) != nil {
                return (path.components.count > 1 ? .value(path, nil) : .id(path.root), range)
            }
            return (.section(range.text), range)
        }
        guard let name = ProseCursor.mention(file, at: offset), !name.isEmpty else { return nil }
        let range = SourceRange(file: file, lower: name.lowerBound - 1, upper: name.upperBound)
        let text = sourceRange(name).text
        for kind in ["fig", "tbl", "eq", "sec"] where text.hasPrefix(kind + "-") {
            var whole = text[...]
            while let last = whole.last, !last.isLetter, !last.isNumber { whole.removeLast() }
            return (.mention(kind: kind, name: String(whole)), range)
        }
        return read.bibliography[text].map { (.citation($0.key), range) }
    }

    // MARK: YAML

    private func symbol(at place: BodyPlace) -> (symbol: Symbol, range: SourceRange)? {
        let range = sourceRange(place.cursor.token)
        let text = range.text
        guard !text.isEmpty else { return nil }
        if place.cursor.isKey {
            if let key = place.writtenKey { return (.key(key, of: place.title), range) }
            // An item of a list that may become a key.
            guard place.cursor.isItem else { return nil }
        }
        guard let name = place.cursor.path.last else { return nil }
        if place.schema != nil, name == "id" { return (.id(text), range) }
        if place.schema == nil, name == "link", text.hasPrefix("#") {
            let target = String(text.dropFirst())
            return (directive(target) == nil ? .section(target) : .id(target), range)
        }
        if isFile(name, in: place) { return (.file(text), range) }
        for type in place.type.scalars {
            switch type {
            case .id where directive(text) != nil: return (.id(text), range)
            case .path:
                if let path = ResultPath(parsing: text), directive(path.root) != nil {
                    return (.value(path, nil), range)
                }
            case .choice(let words) where words.contains(text):
                if let key = place.key { return (.choice(text, of: key, in: place.title), range) }
            case .name:
                guard let found = names(at: place).first(where: { $0.name == text }) else { break }
                let isMetric = found.detail == "metric"
                return (isMetric ? .metric(text) : .column(text, of: place.value("data") ?? ""), range)
            default: break
            }
        }
        return place.key.map { (.key($0, of: place.title), range) }
    }

    /// Whether a key holds paths of files.
    func isFile(_ key: String, in place: BodyPlace) -> Bool {
        place.schema.map { $0.word == "data" && key == "source" }
            ?? (key == "bibliography" && place.cursor.path.count == 1)
    }
}

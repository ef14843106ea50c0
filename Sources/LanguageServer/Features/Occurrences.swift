import Diagnostics
import Documents
import Markdown
import Values

/// A place that names a directive's id.
struct Occurrence: Hashable {
    /// The id alone.
    var range: SourceRange
    var isDefinition = false
}

extension AnalysisView {
    /// Every place of the analysis and what it includes that names an id, by file and place.
    func occurrences(of id: String) -> [Occurrence] {
        var found: [Occurrence] = []
        for directive in document.directives {
            if directive.hasWrittenID, directive.id == id {
                found.append(Occurrence(range: idRange(directive), isDefinition: true))
            }
            found += directive.dependencies.filter { $0.id == id }.compactMap { $0.range.firstName(id) }
                .map { Occurrence(range: $0) }
            found += AnalysisView.textOccurrences(of: id, in: directive.range)
        }
        found += AnalysisView.textOccurrences(of: id, in: document.frontMatter.range)
        found += (document.frontMatter.sweep?.columns ?? []).filter { $0.path.root == id }
            .compactMap { $0.range.firstName(id) }.map { Occurrence(range: $0) }
        found += proseOccurrences(of: id, in: document.body)
        // A reference of a body is found as what it needs and in its text.
        var seen: Set<String> = []
        return found.sorted {
            ($0.range.file.path, $0.range.lower, $0.isDefinition ? 0 : 1)
                < ($1.range.file.path, $1.range.lower, $1.isDefinition ? 0 : 1)
        }.filter { seen.insert("\($0.range.lower) \($0.range.file.path)").inserted }
    }

    private func proseOccurrences(of id: String, in node: Node) -> [Occurrence] {
        switch node.kind {
        case .code:
            guard document.values[node.range]?.path.root == id else { return [] }
            return node.range.firstName(id).map { [Occurrence(range: $0)] } ?? []
        case .text: return AnalysisView.mentions(of: id, in: node.range)
        case .link(let destination, _):
            let inside = node.children.flatMap { proseOccurrences(of: id, in: $0) }
            let isNamed = destination == "#\(id)" || document.claims[node.range]?.path.root == id
            guard isNamed, let target = node.range.names(id).last(where: { $0.follows("#") }) else { return inside }
            return inside + [Occurrence(range: target)]
        case .codeBlock, .htmlBlock, .html, .formula: return []
        default: return node.children.flatMap { proseOccurrences(of: id, in: $0) }
        }
    }

    /// In YAML, where captions and other texts have no places of their own: `{id.path}`, `(#id.path`, `"#id"`, `@fig-id`.
    private static func textOccurrences(of id: String, in range: SourceRange) -> [Occurrence] {
        let named = range.names(id).filter { place in
            if ["(#", "\"#", "'#"].contains(where: { place.follows($0) }) { return true }
            guard let brace = BraceCursor(place.file, at: place.lower) else { return false }
            return brace.pathStart == place.lower && brace.reference?.path.root == id
        }
        return named.map { Occurrence(range: $0) } + mentions(of: id, in: range)
    }

    private static func mentions(of id: String, in range: SourceRange) -> [Occurrence] {
        ["fig-", "tbl-"].flatMap { prefix in
            range.names(prefix + id).filter { $0.follows("@") }.map {
                Occurrence(range: SourceRange(file: $0.file, lower: $0.lower + prefix.utf8.count, upper: $0.upper))
            }
        }
    }
}

extension SourceRange {
    /// Where a name stands in the range with no letter, digit, `-` or `_` on either side.
    func names(_ name: String) -> [SourceRange] {
        let word = Array(name.utf8)
        let bytes = file.utf8
        let end = min(upper, bytes.count)
        guard !word.isEmpty, lower + word.count <= end else { return [] }
        var found: [SourceRange] = []
        var index = lower
        while index + word.count <= end {
            let after = index + word.count
            if bytes[index] == word[0], bytes[index..<after].elementsEqual(word),
                index == 0 || !ResultPath.isPlain(bytes[index - 1]),
                after == bytes.count || !ResultPath.isPlain(bytes[after])
            {
                found.append(SourceRange(file: file, lower: index, upper: after))
                index = after
            } else {
                index += 1
            }
        }
        return found
    }

    func firstName(_ name: String) -> SourceRange? { names(name).first }

    /// Whether a text stands right before the range.
    func follows(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return lower >= bytes.count && file.utf8[(lower - bytes.count)..<lower].elementsEqual(bytes)
    }
}

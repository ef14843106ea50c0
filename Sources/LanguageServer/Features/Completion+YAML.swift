import Diagnostics
import Documents
import Markdown
import Pipeline
import Values

/// Suggestions in the YAML of directives and front matter: keys by the schema, and values by what the schema lets them be.
extension AnalysisView {
    func yaml(_ place: BodyPlace, at offset: Int) -> [Suggestion] {
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
                label: key.name, kind: .property, detail: key.isRequired ? "required" : key.type.description.shortened,
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
        if place.schema == nil, name == "link" { return targets(replacing: token) }
        var found: [Suggestion] = []
        for type in place.type.scalars {
            switch type {
            case .choice(let words):
                found += words.map { word in
                    let isDefault = place.key?.defaultText == word
                    return Suggestion(
                        label: word, kind: .enumeration, detail: isDefault ? "default" : nil,
                        documentation: place.key.map { AnalysisView.text(ofChoice: word, $0, place.title) },
                        replaced: token)
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

    /// What a highlight may link to.
    private func targets(replacing token: Range<Int>) -> [Suggestion] {
        let sections = headings.map { ($0.slug, $0.text) }
        return (sections + named.map { ($0.id, $0.word) }).map { name, detail in
            Suggestion(
                label: "#\(name)", kind: .reference, detail: detail,
                // A bare '#' would begin a comment.
                text: isQuoted(token) ? "#\(name)" : "\"#\(name)\"", replaced: token)
        }
    }

    private func isQuoted(_ token: Range<Int>) -> Bool {
        token.lowerBound > 0 && [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(file.utf8[token.lowerBound - 1])
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

extension String {
    /// At most sixty characters, the last a sign that more follow.
    fileprivate var shortened: String { count > 60 ? prefix(59) + "…" : self }
}

import Diagnostics
import Documents

/// A place in the YAML of a directive or of front matter, with what the schema says of it.
struct BodyPlace {
    /// The directive's schema; nil in front matter.
    let schema: DirectiveSchema?
    let cursor: YAMLCursor
    /// What may stand around a key, or as the value.
    let type: OptionType
    /// The key that the value belongs to.
    let key: KeySchema?
    /// The values of the block's own keys that stand on one line, as written.
    let values: [String: String]

    init?(_ file: SourceFile, at offset: Int) {
        let lines: Range<Int>
        var type: OptionType
        switch BlockCursor(file, at: offset) {
        case .frontMatter(let found):
            (schema, lines) = (nil, found)
            type = .mapping(FrontMatterReader.keys)
        case .body(let word, let found):
            guard let named = DirectiveSchema.named(word) else { return nil }
            (schema, lines) = (named, found)
            type = .mapping(named.allKeys)
        default: return nil
        }
        guard let cursor = YAMLCursor(file, lines: lines, at: offset) else { return nil }
        self.cursor = cursor
        var key: KeySchema?
        for name in cursor.path {
            guard let member = type.member(name) else {
                (type, key) = (.any, nil)
                break
            }
            type = member.type
            key = member.key ?? key
        }
        self.type = type
        self.key = key
        var values: [String: String] = [:]
        for number in lines {
            let line = YAMLLine(file, number: number)
            guard line.column == 0, let name = line.key?.name else { continue }
            values[name] = SourceRange(file: file, lower: line.value, upper: line.upper).text
        }
        self.values = values
    }

    /// What the block is called.
    var title: String { schema?.word ?? "front matter" }

    /// The value of one of the block's own keys, without quotes.
    func value(_ name: String) -> String? {
        values[name].map { text in
            let bare = text.split(separator: " #", maxSplits: 1, omittingEmptySubsequences: false)[0]
            return String(bare.drop { " \"'".contains($0) }.prefix { !"\"'".contains($0) })
        }?.trimmed
    }

    /// The items of one of the block's own keys: a list on one line, or a single value.
    func values(_ name: String) -> [String] {
        guard let text = values[name] else { return [] }
        return text.split { "[],".contains($0) }.map { String($0).filter { !"\"'".contains($0) }.trimmed }
            .filter { !$0.isEmpty }
    }

    /// The schema of the key that the cursor is at.
    var writtenKey: KeySchema? { cursor.isKey ? type.member(cursor.tokenText)?.key : nil }
}

extension String {
    /// Without space at either end.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

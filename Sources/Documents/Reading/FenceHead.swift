import Diagnostics
import Markdown
import Values

/// The line that opens a fenced block: its word, and what follows it.
struct FenceHead {
    var word: String
    var wordRange: SourceRange
    /// What follows the word; nil where nothing does.
    var rest: SourceRange?

    init?(_ code: Node.CodeBlock, _ range: SourceRange) {
        guard code.isFenced, !code.info.isEmpty else { return nil }
        let bytes = range.file.utf8
        let line = range.firstLine
        var start = line.lower
        let fence = start < line.upper ? bytes[start] : 0
        while start < line.upper, bytes[start] == fence || bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        var end = start
        while end < line.upper, bytes[end] != 0x20, bytes[end] != 0x09 { end += 1 }
        guard end > start else { return nil }
        wordRange = SourceRange(file: range.file, lower: start, upper: end)
        word = wordRange.text
        var next = end
        while next < line.upper, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
        var last = line.upper
        while last > next, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
        rest = next < last ? SourceRange(file: range.file, lower: next, upper: last) : nil
    }

    /// Words behind a fence that people mean as what they are, however near they are to a directive's.
    static let languages: Set<String> = [
        "bash", "c", "console", "cpp", "csharp", "css", "csv", "dart", "diff", "dockerfile", "dot", "go", "haskell",
        "html", "http", "ini", "java", "javascript", "js", "json", "jsonl", "julia", "kotlin", "latex", "lua", "make",
        "markdown", "math", "matlab", "md", "mermaid", "output", "perl", "php", "plaintext", "powershell", "proto",
        "py", "python", "r", "rb", "rs", "ruby", "rust", "sas", "scala", "sh", "shell", "sql", "stan", "stata", "svg",
        "swift", "tex", "text", "toml", "ts", "tsv", "txt", "typescript", "xml", "yaml", "yml", "zsh",
    ]

    /// The id in a body that is not YAML, if a line states one.
    static func salvagedID(_ body: SourceRange) -> String? {
        for line in body.text.split(whereSeparator: \.isNewline) where line.hasPrefix("id:") {
            let id = line.dropFirst(3).split(separator: " ").first.map(String.init) ?? ""
            if ResultPath.isPlain(id) { return id }
        }
        return nil
    }
}

extension OptionNode {
    /// The mapping with references in `caption`, `alt` and `footnotes` as prose: they are resolved after everything
    /// ran and make no edge of the graph.
    var proseAsText: OptionNode {
        var copy = self
        copy.content = .mapping(
            entries.map { entry in
                guard ["caption", "alt", "footnotes"].contains(entry.key) else { return entry }
                return Entry(key: entry.key, keyRange: entry.keyRange, value: entry.value.withoutReferences)
            })
        return copy
    }

    private var withoutReferences: OptionNode {
        switch content {
        case .scalar(let scalar):
            guard scalar.reference != nil else { return self }
            let text = "`\(scalar.text)`"
            return OptionNode(.scalar(Scalar(text: text, value: .string(text))), range: range)
        case .list(let items): return OptionNode(.list(items.map(\.withoutReferences)), range: range)
        case .mapping(let entries):
            let plain = entries.map { Entry(key: $0.key, keyRange: $0.keyRange, value: $0.value.withoutReferences) }
            return OptionNode(.mapping(plain), range: range)
        }
    }
}

import Diagnostics
import Values

/// Reads front matter; what is wrong in it takes its default.
package enum FrontMatterReader {
    private static let highlight = OptionType.mapping([
        KeySchema("value", .richText, required: true, "The number, in large type."),
        KeySchema("text", .richText, required: true, "What it is."),
        KeySchema("link", .string, "Where it is argued: '#' and a heading's slug or a directive's id."),
    ])

    /// The keys of front matter, for the validator, the reference and editors.
    package static let keys: [KeySchema] = [
        KeySchema("title", .richText, required: true, "The title."),
        KeySchema("subtitle", .richText, "The subtitle."),
        KeySchema("authors", .oneOrMore(of: .string), "Who wrote it."),
        KeySchema("date", .string, "The date, as 2026-05-31."),
        KeySchema("abstract", .richText, "The abstract, with values."),
        KeySchema("highlights", .list(of: highlight), "Two to five key numbers under the abstract."),
        KeySchema("tags", .oneOrMore(of: .string), "Tags."),
        KeySchema("draft", .boolean, default: "false", "Whether it is a draft."),
        KeySchema("seed", .integer(0...Int.max), default: "1", "The seed of everything random."),
        KeySchema("params", ParameterReader.type, "Parameters: their defaults, or mappings with 'default' and more."),
        KeySchema("sweep", .mapOf(.any), "Parameters with lists of values, a report each; 'compare' lists results."),
        KeySchema("bibliography", .oneOrMore(of: .string), "BibTeX files, and CSL-JSON files (.json)."),
        KeySchema(
            "formats", .oneOrMore(of: .choice(FrontMatter.Format.allCases.map(\.rawValue))),
            default: "[html, md, json]", "What to write."),
        KeySchema(
            "markdown", .choice(MarkdownFlavour.choices.map(\.rawValue)), default: "github",
            "What the Markdown output is written for."),
        KeySchema("template", .string, "The template."),
        KeySchema("toc", .boolean, default: "true", "Whether there is a table of contents."),
        KeySchema(
            "aliases", .oneOrMore(of: .string),
            "Former addresses in the site, as old/name.html, which then lead to this one."),
        KeySchema(
            "order", .integer(0...Int.max),
            "Where it stands among the reports of its folder in a site, small numbers first."),
    ]

    static func read(
        _ block: FrontMatterBlock, of source: SourceFile, diagnostics: inout [Diagnostic]
    ) -> FrontMatter {
        let start = SourceRange(file: source, lower: block.range.lower, upper: block.range.lower)
        var matter = FrontMatter(title: .plain("", at: start), range: block.range)
        guard block.isClosed else {
            diagnostics.append(
                .error(.frontMatter, "Front matter ends with a line '---'; this one never ends", at: block.range))
            return matter
        }
        guard let yaml = block.yaml else {
            diagnostics.append(
                .error(
                    .missingTitle, "An analysis begins with front matter that has a title", at: start,
                    fixIts: [
                        Diagnostic.FixIt("write one", replacing: start, with: "---\ntitle: Untitled\n---\n\n")
                    ]))
            return matter
        }
        guard let node = YAMLReader.mapping(yaml, of: "Front matter", diagnostics: &diagnostics) else { return matter }
        if node["title"]?.string?.isEmpty ?? true, node["title"]?.scalar?.value != .null {
            let place = node["title"]?.range ?? block.range.firstLine
            diagnostics.append(.error(.missingTitle, "An analysis needs a 'title'", at: place))
        }
        var validator = OptionValidator()
        validator.mapping(node, keys: keys, of: "Front matter")
        let faults = validator.diagnostics.filter { $0.code != .missingKey || $0.range?.lower != node.range.lower }
        diagnostics += faults
        fill(&matter, from: node, diagnostics: &diagnostics)
        return matter
    }

    private static func fill(_ matter: inout FrontMatter, from node: OptionNode, diagnostics: inout [Diagnostic]) {
        if let title = RichText.read(node["title"], diagnostics: &diagnostics) { matter.title = title }
        matter.subtitle = RichText.read(node["subtitle"], diagnostics: &diagnostics)
        matter.abstract = RichText.read(node["abstract"], diagnostics: &diagnostics)
        matter.authors = node["authors"]?.strings ?? []
        matter.tags = node["tags"]?.strings ?? []
        matter.aliases = node["aliases"]?.strings ?? []
        matter.order = node["order"]?.scalar.flatMap { Int($0.text) }
        matter.bibliography = node["bibliography"]?.strings ?? []
        matter.template = node["template"]?.string
        matter.isDraft = node["draft"]?.boolean ?? false
        matter.hasTableOfContents = node["toc"]?.boolean ?? true
        matter.seed = node["seed"]?.scalar.flatMap { UInt64($0.text) } ?? 1
        if let formats = node["formats"] { matter.formats = formats.strings.compactMap(FrontMatter.Format.init) }
        matter.markdown = node["markdown"]?.string.flatMap(MarkdownFlavour.init) ?? .github
        if let date = node["date"], let text = date.string {
            if isDate(text) {
                matter.date = text
            } else {
                diagnostics.append(.error(.wrongType, "'date' is a date as 2026-05-31", at: date.range))
            }
        }
        if let params = node["params"] {
            matter.parameters = ParameterReader.read(params, diagnostics: &diagnostics)
        }
        if let entry = node.entries.first(where: { $0.key == "sweep" }) {
            matter.sweep = SweepReader.read(entry, parameters: matter.parameters, diagnostics: &diagnostics)
        }
        for item in node["highlights"]?.items ?? [] {
            guard let value = RichText.read(item["value"], diagnostics: &diagnostics),
                let text = RichText.read(item["text"], diagnostics: &diagnostics)
            else { continue }
            let link = item["link"].flatMap { node -> String? in
                guard let text = node.string, !text.hasPrefix("#") else { return node.string }
                diagnostics.append(
                    .error(
                        .wrongType, "'link' of a highlight begins with '#'", at: node.range,
                        fixIts: [Diagnostic.FixIt("write '#\(text)'", replacing: node.range, with: "\"#\(text)\"")]))
                return nil
            }
            matter.highlights.append(FrontMatter.Highlight(value: value, text: text, link: link))
        }
    }

    /// `YYYY-MM-DD` with a month and a day that exist.
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2] else { return false }
        let numbers = parts.compactMap { $0.allSatisfy(\.isASCII) ? UInt($0) : nil }
        guard numbers.count == 3, (1...12).contains(numbers[1]), numbers[2] >= 1 else { return false }
        let isLeap = numbers[0] % 4 == 0 && (numbers[0] % 100 != 0 || numbers[0] % 400 == 0)
        let days: [UInt] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return numbers[2] <= days[Int(numbers[1]) - 1]
    }
}

extension SourceRange {
    /// The part on the range's first line, without the line's end.
    var firstLine: SourceRange {
        let bytes = file.utf8
        var end = lower
        while end < upper, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return SourceRange(file: file, lower: lower, upper: end)
    }
}

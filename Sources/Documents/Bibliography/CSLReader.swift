package import Diagnostics
import Values

/// Reads CSL-JSON: a list of works as Zotero, pandoc and DOI services write them, one work alone, or `{"items": […]}`.
///
/// A malformed work is reported and left out; text that is not JSON gives no works. Names of fields and types are those of
/// the Citation Style Language 1.0.2 (csl-data.json).
package enum CSLReader {
    package static func read(_ file: SourceFile) -> (entries: [BibliographyEntry], faults: [BibliographyFault]) {
        let node: OptionNode
        do throws(JSONReader.Fault) {
            node = try JSONReader.read(file)
        } catch {
            return ([], [BibliographyFault(message: error.message, range: error.range)])
        }
        var entries: [BibliographyEntry] = []
        var faults: [BibliographyFault] = []
        for work in (node["items"] ?? node).items {
            do throws(BibliographyFault) {
                entries.append(try CSLWork(work).entry())
            } catch {
                faults.append(error)
            }
        }
        return (entries, faults)
    }
}

/// One work of a CSL-JSON file.
private struct CSLWork {
    private let node: OptionNode

    /// What BibTeX calls a type; of one that is not here little is known but that it is a text.
    private static let kinds = [
        "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
        "review": "article", "review-book": "article", "book": "book", "classic": "book", "collection": "book",
        "chapter": "incollection", "entry": "incollection", "entry-dictionary": "incollection",
        "entry-encyclopedia": "incollection", "paper-conference": "inproceedings", "thesis": "phdthesis",
        "report": "techreport",
    ]

    /// What BibTeX calls a field whose meaning is the same.
    private static let names = [
        ("title", "title"), ("volume", "volume"), ("issue", "number"), ("page", "pages"), ("DOI", "doi"),
        ("URL", "url"),
    ]

    init(_ node: OptionNode) throws(BibliographyFault) {
        guard case .mapping = node.content else {
            throw BibliographyFault(message: "A work is an object with 'id', 'type' and more", range: node.range)
        }
        self.node = node
    }

    func entry() throws(BibliographyFault) -> BibliographyEntry {
        guard let key = try text("id"), !key.isEmpty else {
            let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower + 1)
            throw BibliographyFault(message: "A work has an 'id', by which it is cited", range: start)
        }
        let type = try text("type") ?? ""
        let kind = CSLWork.kinds[type] ?? "misc"
        var fields: [String: String] = [:]
        for (name, field) in CSLWork.names { fields[field] = try text(name) }
        let isPart = kind == "incollection" || kind == "inproceedings"
        fields[isPart ? "booktitle" : "journal"] = try text("container-title")
        let house = kind == "phdthesis" ? "school" : kind == "techreport" ? "institution" : "publisher"
        fields[house] = try text("publisher")
        fields["year"] = try year("issued")
        if let number = try text("number"), number.lowercased().hasPrefix("arxiv:") {
            fields["eprint"] = String(number.dropFirst("arxiv:".count))
            fields["archiveprefix"] = "arxiv"
        }
        let authors = try people("author")
        return BibliographyEntry(
            key: key, kind: kind, names: authors.isEmpty ? try people("editor") : authors, fields: fields)
    }

    /// A text or a number without the tags that CSL allows in it; nil where there is none.
    private func text(_ name: String) throws(BibliographyFault) -> String? {
        guard let value = node[name], value.scalar?.value != .null else { return nil }
        guard let text = CSLWork.scalar(value) else {
            throw BibliographyFault(message: "'\(name)' of a work is a text", range: value.range)
        }
        return text.isEmpty ? nil : CSLWork.plain(text)
    }

    private static func scalar(_ node: OptionNode) -> String? {
        switch node.scalar?.value {
        case .string(let text): text
        case .number: node.scalar?.text
        default: nil
        }
    }

    /// Without `<i>`, `<b>`, `<sub>`, `<sup>`, `<sc>` and `<span …>`, white space made single blanks.
    private static func plain(_ text: String) -> String {
        let bare = text.contains("<") ? text.replacing(/<\/?(?:i|b|sub|sup|sc|span(?:\s[^<>]*)?)>/, with: "") : text
        return bare.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The year of a date: the first of its parts, or four digits in what is not parted.
    private func year(_ name: String) throws(BibliographyFault) -> String? {
        guard let date = node[name], date.scalar?.value != .null else { return nil }
        let fault = BibliographyFault(
            message:
                "A date is {\"date-parts\": [[2024, 5, 31]]}, {\"raw\": \"2024-05-31\"} or {\"literal\": \"in press\"}",
            range: date.range)
        guard case .mapping = date.content else { throw fault }
        if let parts = date["date-parts"] {
            guard let first = parts.items.first?.items.first, let text = CSLWork.scalar(first) else { throw fault }
            return text
        }
        guard let written = date["raw"] ?? date["literal"] else {
            return try date["year"].map { (year) throws(BibliographyFault) in
                guard let text = CSLWork.scalar(year) else { throw fault }
                return text
            }
        }
        guard let text = CSLWork.scalar(written) else { throw fault }
        return text.firstMatch(of: /[0-9]{4}/).map { String($0.output) } ?? CSLWork.plain(text)
    }

    private func people(_ name: String) throws(BibliographyFault) -> [BibliographyEntry.Name] {
        guard let list = node[name], list.scalar?.value != .null else { return [] }
        var names: [BibliographyEntry.Name] = []
        for person in list.items {
            func part(_ name: String) -> String? { person[name].flatMap(CSLWork.scalar).map(CSLWork.plain) }
            func joined(_ parts: String?...) -> String { parts.compactMap(\.self).joined(separator: " ") }
            if let literal = part("literal") {
                names.append(.init(family: literal))
            } else if let family = part("family") {
                names.append(
                    .init(
                        family: joined(part("non-dropping-particle"), family, part("suffix")),
                        given: joined(part("given"), part("dropping-particle"))))
            } else {
                throw BibliographyFault(
                    message: "Who is named in '\(name)' has a 'family' and a 'given' name, or a 'literal' one",
                    range: person.range)
            }
        }
        return names
    }
}

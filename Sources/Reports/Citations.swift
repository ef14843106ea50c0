package import Documents

/// A citation in a text: `[see @key, p. 3; -@other]` or `@key`.
package struct Citation: Sendable, Hashable {
    package struct Item: Sendable, Hashable {
        package var key: String
        /// What stands before the key, "see ".
        package var prefix: String
        /// What stands behind it, ", p. 3".
        package var suffix: String
        /// `-@key`: the year alone.
        package var leavesOutNames: Bool
    }

    package var items: [Item]
    /// Part of the sentence: "Bibaut et al. (2024)".
    package var isInText: Bool

    /// A citation at the start of a text, and how many characters it takes.
    static func read(_ text: Substring) -> (citation: Citation, count: Int)? {
        if text.first == "@", let key = key(text.dropFirst()) {
            let item = Item(key: key, prefix: "", suffix: "", leavesOutNames: false)
            return (Citation(items: [item], isInText: true), key.count + 1)
        }
        guard text.first == "[" else { return nil }
        let inner = text.dropFirst().prefix { $0 != "]" && $0 != "[" }
        guard text.dropFirst(inner.count + 1).first == "]" else { return nil }
        let items = inner.split(separator: ";", omittingEmptySubsequences: false).map(item)
        guard !items.isEmpty, !items.contains(nil) else { return nil }
        return (Citation(items: items.compactMap(\.self), isInText: false), inner.count + 2)
    }

    private static func item(_ text: Substring) -> Item? {
        guard let at = text.firstIndex(of: "@"), let key = key(text[text.index(after: at)...]) else { return nil }
        var prefix = text[..<at].drop { $0 == " " }
        let leavesOutNames = prefix.last == "-"
        if leavesOutNames { prefix.removeLast() }
        guard prefix.last.map({ $0 == " " }) ?? true else { return nil }
        return Item(
            key: key, prefix: String(prefix), suffix: String(text[at...].dropFirst(key.count + 1)),
            leavesOutNames: leavesOutNames)
    }

    /// Letters, digits and `_`, with `: . - / +` between them.
    private static func key(_ text: Substring) -> String? {
        var key = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_:.-/+".contains($0)) }
        while let last = key.last, ":.-/+".contains(last) { key.removeLast() }
        guard let first = key.first, first.isLetter || first.isNumber || first == "_" else { return nil }
        return String(key)
    }
}

/// The works that a report cites, in the order of its reference list, with how each is named in the text.
package struct CitedWorks: Sendable {
    package struct Work: Sendable {
        package var entry: BibliographyEntry
        /// "Bibaut et al."
        package var names: String
        /// "2024", "2024a".
        package var year: String
        package var anchor: String { "ref:" + entry.key }
    }

    /// Sorted by names, year and title.
    package private(set) var works: [Work] = []

    package init() {}

    /// Chicago's author–date style: three names or more become the first and "et al.".
    init(_ entries: [BibliographyEntry]) {
        let sorted = entries.sorted { CitedWorks.order($0).lexicographicallyPrecedes(CitedWorks.order($1)) }
        works = sorted.map { Work(entry: $0, names: CitedWorks.short($0), year: $0.year) }
        for index in works.indices {
            let same = works.indices.filter {
                works[$0].names == works[index].names && works[$0].entry.year == works[index].entry.year
            }
            guard same.count > 1, let place = same.firstIndex(of: index), place < 26 else { continue }
            works[index].year += String(UnicodeScalar(UInt8(ascii: "a") + UInt8(place)))
        }
    }

    package subscript(key: String) -> Work? { works.first { $0.entry.key == key } }

    private static func order(_ entry: BibliographyEntry) -> [String] {
        entry.names.flatMap { [$0.family.lowercased(), $0.given.lowercased()] } + ["", entry.year, entry.title]
    }

    private static func short(_ entry: BibliographyEntry) -> String {
        let names = entry.names
        guard let first = names.first else { return entry.title.isEmpty ? entry.key : "“\(entry.title)”" }
        if names.count == 1 { return first.family }
        if names.count == 2, names[1].family != "others" { return "\(first.family) and \(names[1].family)" }
        return "\(first.family) et al."
    }
}

/// The works that an analysis may cite, in the order of their files.
package struct Bibliography: Sendable {
    package private(set) var entries: [BibliographyEntry] = []
    private var indices: [String: Int] = [:]

    package init() {}

    package var keys: [String] { entries.map(\.key) }

    package subscript(key: String) -> BibliographyEntry? { indices[key].map { entries[$0] } }

    /// Adds the works of a file; one whose key is taken is left out, and its key returned.
    package mutating func add(_ more: [BibliographyEntry]) -> [String] {
        var taken: [String] = []
        for entry in more {
            guard indices[entry.key] == nil else {
                taken.append(entry.key)
                continue
            }
            indices[entry.key] = entries.count
            entries.append(entry)
        }
        return taken
    }
}

/// A work: its kind, who wrote it, and what else its file says of it, as plain text.
package struct BibliographyEntry: Sendable, Hashable {
    package struct Name: Sendable, Hashable {
        package var family: String
        /// Empty for an institution.
        package var given: String

        package init(family: String, given: String = "") {
            self.family = family
            self.given = given
        }
    }

    package var key: String
    /// In lower case, as BibTeX has them: `article`, `book`, `inproceedings`, …
    package var kind: String
    /// Authors, or editors where there are none.
    package var names: [Name]
    /// By name in lower case, braces and accents resolved.
    package var fields: [String: String]

    package init(key: String, kind: String, names: [Name], fields: [String: String]) {
        self.key = key
        self.kind = kind
        self.names = names
        self.fields = fields
    }

    package var title: String { fields["title"] ?? "" }
    /// "n.d." where the file tells none.
    package var year: String { fields["year"] ?? fields["date"].map { String($0.prefix(4)) } ?? "n.d." }
}

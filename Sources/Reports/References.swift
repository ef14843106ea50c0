import Documents

extension Report {
    /// A place in the report that prose can name.
    package struct Reference: Sendable, Hashable {
        /// "Figure 2", "Table 1", "Equation 3", a section's title.
        package var text: String
        package var anchor: String
    }

    /// A piece of text: as it is, or a reference with what was written.
    package enum Piece: Sendable, Hashable {
        case text(String)
        case reference(Reference, written: String)
        case unknown(written: String)
        case citation(Citation, written: String)
        /// A citation of a key that no bibliography has.
        case unknownCitation(key: String, written: String)
    }

    /// What `fig-id`, `tbl-id`, `eq-name` or `sec-slug` names; nil where nothing is called so.
    package func reference(_ name: String) -> Reference? {
        if let id = name.trimming(prefix: "fig-"), let number = items[id]?.figureNumber {
            return Reference(text: "Figure \(number)", anchor: id)
        }
        if let id = name.trimming(prefix: "tbl-"), let number = items[id]?.tableNumber {
            return Reference(text: "Table \(number)", anchor: id)
        }
        if let number = equations[name] { return Reference(text: "Equation \(number)", anchor: name) }
        if let slug = name.trimming(prefix: "sec-"), let heading = headings.first(where: { $0.slug == slug }) {
            return Reference(text: heading.text, anchor: slug)
        }
        return nil
    }

    /// Splits text at citations, where the analysis has a bibliography, and at `@fig-…`, `@tbl-…`, `@eq-…` and `@sec-…`, where no letter or digit stands before the sign.
    package func pieces(of text: String) -> [Piece] {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return [.text(text)] }
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let character = rest.first {
            let isWordBefore = plain.last.map { $0.isLetter || $0.isNumber } ?? false
            guard character == "[" || (character == "@" && !isWordBefore), let (piece, count) = piece(at: rest) else {
                plain.append(character)
                rest = rest.dropFirst()
                continue
            }
            if !plain.isEmpty { pieces.append(.text(plain)) }
            plain = ""
            pieces.append(piece)
            rest = rest.dropFirst(count)
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }

    /// The reference or the citation at the start of a text, and how many characters it takes.
    private func piece(at text: Substring) -> (piece: Piece, count: Int)? {
        if text.first == "@", let name = Report.referenceName(text.dropFirst()) {
            let written = "@" + name
            return (
                reference(name).map { .reference($0, written: written) } ?? .unknown(written: written), written.count
            )
        }
        guard hasBibliography, let (citation, count) = Citation.read(text) else { return nil }
        let written = String(text.prefix(count))
        let unknown = citation.items.first { bibliography[$0.key] == nil }
        return (
            unknown.map { .unknownCitation(key: $0.key, written: written) } ?? .citation(citation, written: written),
            count
        )
    }

    private var hasBibliography: Bool { !bibliography.entries.isEmpty }

    /// The name at the start of a text: a kind, a hyphen, and letters, digits and hyphens that do not end in one.
    private static func referenceName(_ text: Substring) -> String? {
        guard let kind = ["fig-", "tbl-", "eq-", "sec-"].first(where: { text.hasPrefix($0) }) else { return nil }
        var name = String(text.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
        while name.last == "-" { name.removeLast() }
        return name.count > kind.count ? name : nil
    }
}

extension String {
    /// What follows a prefix; nil where the string does not begin with it.
    fileprivate func trimming(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}

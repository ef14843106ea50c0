import Documents

extension CitedWorks.Work {
    /// A piece of a work's line in the reference list.
    package enum Part: Sendable, Hashable {
        case text(String)
        case title(String)
        case link(text: String, destination: String)
    }

    /// The line: names, year, title, where it appeared, where it is found.
    package var parts: [Part] {
        var parts: [Part] = [.text(CitedWorks.Work.sentence(written) + " " + year + ". ")]
        let container = entry.fields["journal"] ?? entry.fields["booktitle"]
        let isWhole = container == nil && ["book", "proceedings", "phdthesis", "manual"].contains(entry.kind)
        if isWhole {
            parts += [.title(entry.title), .text(". ")]
        } else if !entry.title.isEmpty {
            parts.append(.text("“\(CitedWorks.Work.sentence(entry.title))” "))
        }
        if let container {
            if entry.fields["journal"] == nil { parts.append(.text("In ")) }
            parts += [.title(container), .text(place)]
        }
        let house = entry.fields["publisher"] ?? entry.fields["school"] ?? entry.fields["institution"]
        if let house, !house.isEmpty { parts.append(.text(CitedWorks.Work.sentence(house) + " ")) }
        if let link { parts.append(.link(text: link.text, destination: link.destination)) }
        return parts
    }

    package var plainText: String {
        parts.map { part in
            switch part {
            case .text(let text), .title(let text), .link(let text, _): text
            }
        }.joined()
    }

    /// "Bibaut, Aurélien, and Winston Chou"; the text that names the work where nobody is named.
    private var written: String {
        let names = entry.names.enumerated().map { index, name in
            guard !name.given.isEmpty else { return name.family == "others" ? "et al." : name.family }
            return index == 0 ? "\(name.family), \(name.given)" : "\(name.given) \(name.family)"
        }
        guard names.count > 1, let last = names.last else { return names.first ?? self.names }
        let joint = last == "et al." ? " " : " and "
        return names.dropLast().joined(separator: ", ") + "," + joint + last
    }

    /// " 12 (3): 4–5. " behind a journal, ", 4–5. " behind a book.
    private var place: String {
        var text = entry.fields["volume"].map { " " + $0 } ?? ""
        if let number = entry.fields["number"] { text += " (\(number))" }
        if let pages = entry.fields["pages"] {
            let pages = pages.contains("–") ? pages : pages.replacing("-", with: "–")
            text += (text.isEmpty ? ", " : ": ") + pages
        }
        return text + ". "
    }

    /// A DOI before an arXiv number before an address.
    private var link: (text: String, destination: String)? {
        if let doi = entry.fields["doi"], !doi.isEmpty {
            let bare = doi.firstRange(of: "10.").map { String(doi[$0.lowerBound...]) } ?? doi
            return ("https://doi.org/" + bare, "https://doi.org/" + bare)
        }
        if let number = entry.fields["eprint"], entry.fields["archiveprefix"]?.lowercased() == "arxiv" {
            return ("arXiv:" + number, "https://arxiv.org/abs/" + number)
        }
        return entry.fields["url"].map { ($0, $0) }
    }

    /// The text with a full stop, unless it ends in a mark.
    private static func sentence(_ text: String) -> String {
        text.last.map { ".?!".contains($0) } ?? true ? text : text + "."
    }
}

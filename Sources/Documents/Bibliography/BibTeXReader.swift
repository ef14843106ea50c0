package import Diagnostics

/// Reads BibTeX: `@string`, quotes, braces, `#`, `crossref`; `@comment` and `@preamble` are passed over.
///
/// A malformed entry is reported and left out; reading goes on at the next `@`.
package struct BibTeXReader: ByteReading {
    private struct Malformed: Error {
        var message: String
    }

    private let file: SourceFile
    var index = 0
    private var macros = Dictionary(
        uniqueKeysWithValues: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ].map { ($0.prefix(3).lowercased(), $0) })
    private var raw: [(key: String, kind: String, fields: [String: String])] = []
    private var faults: [BibliographyFault] = []

    package static func read(_ file: SourceFile) -> (entries: [BibliographyEntry], faults: [BibliographyFault]) {
        var reader = BibTeXReader(file: file)
        reader.readAll()
        return (reader.raw.map(reader.entry), reader.faults)
    }

    private init(file: SourceFile) { self.file = file }

    var bytes: [UInt8] { file.utf8 }

    private mutating func readAll() {
        while let at = bytes[index...].firstIndex(of: UInt8(ascii: "@")) {
            index = at + 1
            do throws(Malformed) {
                try item()
            } catch {
                let place = SourceRange(file: file, lower: at, upper: at + 1)
                faults.append(BibliographyFault(message: error.message, range: place))
            }
        }
    }

    private mutating func item() throws(Malformed) {
        let kind = word().lowercased()
        skipSpace()
        guard !kind.isEmpty else { return }
        guard take(UInt8(ascii: "{")) || take(UInt8(ascii: "(")) else {
            // An address in a remark between entries.
            return
        }
        let close = bytes[index - 1] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
        if kind == "comment" { return }
        if kind == "preamble" {
            _ = try value()
            return
        }
        skipSpace()
        if kind == "string" {
            let (name, text) = try field()
            macros[name] = text
            return try end(close)
        }
        let key = word()
        guard !key.isEmpty else { throw Malformed(message: "An entry has a key behind its brace") }
        var fields: [String: String] = [:]
        skipSpace()
        while take(UInt8(ascii: ",")) {
            skipSpace()
            if index < bytes.count, bytes[index] == close { break }
            let (name, text) = try field()
            fields[name] = text
            skipSpace()
        }
        try end(close)
        raw.append((key, kind, fields))
    }

    private mutating func end(_ close: UInt8) throws(Malformed) {
        skipSpace()
        guard take(close) else {
            throw Malformed(message: "An entry's fields stand between commas, and a brace ends it")
        }
    }

    private mutating func field() throws(Malformed) -> (name: String, text: String) {
        let name = word().lowercased()
        skipSpace()
        guard !name.isEmpty, take(UInt8(ascii: "=")) else {
            throw Malformed(message: "A field is a name, an equals sign and a value")
        }
        return (name, try value())
    }

    /// Pieces joined by `#`: quoted, braced, a number, or a name that `@string` gave.
    private mutating func value() throws(Malformed) -> String {
        var text = ""
        repeat {
            skipSpace()
            if take(UInt8(ascii: "{")) {
                text += try balanced(until: UInt8(ascii: "}"))
            } else if take(UInt8(ascii: "\"")) {
                text += try balanced(until: UInt8(ascii: "\""))
            } else {
                let name = word()
                guard !name.isEmpty else { throw Malformed(message: "A field has a value") }
                guard let known = name.allSatisfy(\.isNumber) ? name : macros[name.lowercased()] else {
                    throw Malformed(message: "'\(name)' is a name that no @string gives")
                }
                text += known
            }
            skipSpace()
        } while take(UInt8(ascii: "#"))
        return text
    }

    /// The text up to a byte outside all braces.
    private mutating func balanced(until close: UInt8) throws(Malformed) -> String {
        let start = index
        var depth = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == close, depth == 0 {
                index += 1
                return String(decoding: bytes[start..<(index - 1)], as: UTF8.self)
            }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            if depth < 0 { break }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        index = start
        throw Malformed(message: "A value's braces and quotes are closed")
    }

    private mutating func word() -> String {
        let start = index
        while index < bytes.count, !" \t\r\n,={}()#\"@".utf8.contains(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// What an entry lacks, the one that its `crossref` names gives; the title of that is its `booktitle`.
    private func entry(_ item: (key: String, kind: String, fields: [String: String])) -> BibliographyEntry {
        var fields = item.fields
        if let name = fields["crossref"], let parent = raw.first(where: { $0.key == name }), parent.key != item.key {
            if fields["booktitle"] == nil { fields["booktitle"] = parent.fields["title"] }
            fields.merge(parent.fields) { own, _ in own }
        }
        let names = fields["author"] ?? fields["editor"] ?? ""
        return BibliographyEntry(
            key: item.key, kind: item.kind, names: BibTeXNames.read(names), fields: fields.mapValues(LaTeXText.plain))
    }
}

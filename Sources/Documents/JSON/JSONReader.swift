package import Diagnostics
import Values

/// Reads JSON (RFC 8259) with the place of everything in it: a mapping, list or scalar as YAML's would be.
///
/// Foundation's reader tells no places.
package struct JSONReader: ByteReading {
    /// What is wrong with a text, and where in it.
    package struct Fault: Error, Hashable {
        package var message: String
        package var range: SourceRange
    }

    /// How many lists and objects may stand inside each other.
    package static let deepestNesting = 100

    private let file: SourceFile
    let bytes: [UInt8]
    var index = 0
    private var depth = 0

    package static func read(_ file: SourceFile) throws(Fault) -> OptionNode {
        var reader = JSONReader(file)
        if file.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
        let node = try reader.value()
        reader.skipSpace()
        guard reader.index == reader.bytes.count else { throw reader.fault("Nothing stands behind the one value") }
        return node
    }

    private init(_ file: SourceFile) {
        self.file = file
        bytes = file.utf8
    }

    private func fault(_ message: String, from lower: Int? = nil) -> Fault {
        let lower = lower ?? index
        var upper = max(index, min(lower + 1, bytes.count))
        // A place is of whole characters.
        while upper < bytes.count, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
        return Fault(message: message, range: SourceRange(file: file, lower: lower, upper: upper))
    }

    private func node(_ content: OptionNode.Content, from lower: Int) -> OptionNode {
        OptionNode(content, range: SourceRange(file: file, lower: lower, upper: index))
    }

    private mutating func value() throws(Fault) -> OptionNode {
        skipSpace()
        let start = index
        switch index < bytes.count ? bytes[index] : 0 {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""):
            let text = try string()
            return node(.scalar(.init(text: text, value: .string(text))), from: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default:
            for (word, value) in [("null", Value.null), ("true", true), ("false", false)]
            where bytes[start...].starts(with: word.utf8) {
                index += word.utf8.count
                return node(.scalar(.init(text: word, value: value)), from: start)
            }
            throw fault("A value is an object, a list, a text in double quotes, a number, true, false or null")
        }
    }

    private mutating func object() throws(Fault) -> OptionNode {
        let start = index
        var entries: [OptionNode.Entry] = []
        var keys: Set<String> = []
        try items(until: UInt8(ascii: "}")) { (reader) throws(Fault) in
            let lower = reader.index
            guard reader.index < reader.bytes.count, reader.bytes[lower] == UInt8(ascii: "\"") else {
                throw reader.fault("A member of an object begins with its name in double quotes")
            }
            let key = try reader.string()
            let keyRange = SourceRange(file: reader.file, lower: lower, upper: reader.index)
            guard keys.insert(key).inserted else {
                throw Fault(message: "A name stands once in an object; '\(key)' stands twice", range: keyRange)
            }
            reader.skipSpace()
            guard reader.take(UInt8(ascii: ":")) else { throw reader.fault("A colon stands behind a member's name") }
            entries.append(.init(key: key, keyRange: keyRange, value: try reader.value()))
        }
        return node(.mapping(entries), from: start)
    }

    private mutating func list() throws(Fault) -> OptionNode {
        let start = index
        var nodes: [OptionNode] = []
        try items(until: UInt8(ascii: "]")) { (reader) throws(Fault) in nodes.append(try reader.value()) }
        return node(.list(nodes), from: start)
    }

    /// What stands between brackets, parted by commas.
    private mutating func items(
        until close: UInt8, _ item: (inout JSONReader) throws(Fault) -> Void
    ) throws(Fault) {
        let start = index
        depth += 1
        guard depth <= JSONReader.deepestNesting else {
            throw fault("Lists and objects nest at most \(JSONReader.deepestNesting) deep")
        }
        index += 1
        skipSpace()
        if !take(close) {
            repeat {
                skipSpace()
                guard index < bytes.count else { break }
                try item(&self)
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard index < bytes.count else {
                throw fault("A bracket that opens is closed; this one is not", from: start)
            }
            guard take(close) else { throw fault("A comma stands between items, or a bracket ends them") }
        }
        depth -= 1
    }

    private mutating func number() throws(Fault) -> OptionNode {
        let start = index
        func digits() -> Bool {
            let first = index
            while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
            return index > first
        }
        _ = take(UInt8(ascii: "-"))
        let first = index
        var isWhole = digits()
        if bytes[first..<index].first == 0x30, index - first > 1 { isWhole = false }
        if isWhole, take(UInt8(ascii: ".")) { isWhole = digits() }
        if isWhole, take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            isWhole = digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard isWhole, let number = Double(text), number.isFinite else {
            throw fault("A number is written as 12, -0.5 or 1e6", from: start)
        }
        return node(.scalar(.init(text: text, value: .number(number))), from: start)
    }
}

// MARK: Texts

extension JSONReader {
    private mutating func string() throws(Fault) -> String {
        let start = index
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape().utf8
            case 0x0A, 0x0D:
                index -= 1
                throw fault("A text ends with a quote on its own line", from: start)
            case 0..<0x20: throw fault("Control characters in a text are written as escapes", from: index - 1)
            default: text.append(byte)
            }
        }
        throw fault("A text ends with a quote", from: start)
    }

    private static let escaped: [UInt8: String] = [
        UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]

    /// What stands behind a backslash.
    private mutating func escape() throws(Fault) -> String {
        let start = index - 1
        let letter = index < bytes.count ? bytes[index] : 0
        index = min(index + 1, bytes.count)
        if let character = JSONReader.escaped[letter] { return character }
        guard letter == UInt8(ascii: "u"), let first = unit() else {
            throw fault("A backslash stands before one of \" \\ / b f n r t, or u and four digits", from: start)
        }
        if let scalar = Unicode.Scalar(first) { return String(Character(scalar)) }
        // Two halves, of a scalar that UTF-16 writes so.
        guard first < 0xDC00, bytes[index...].starts(with: "\\u".utf8) else {
            throw fault("Half a surrogate pair is no character", from: start)
        }
        index += 2
        guard let second = unit(), (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("Half a surrogate pair is no character", from: start) }
        return String(Character(scalar))
    }

    /// Four hexadecimal digits.
    private mutating func unit() -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        let digits = bytes[index..<(index + 4)]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        index += 4
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

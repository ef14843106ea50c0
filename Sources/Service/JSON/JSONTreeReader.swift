/// Reads JSON (RFC 8259) in one pass, made to be quick: requests are read thousands of times a second.
///
/// Names that come again and again are made once.
struct JSONTreeReader {
    /// Why a text is not JSON, and at which byte.
    struct Fault: Error, Equatable {
        var message: String
        var offset: Int
    }

    /// How many lists and objects may stand inside each other.
    static let deepestNesting = 32

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var depth = 0
    private var names: [(range: Range<Int>, name: String)] = []

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSONTree {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONTree, Fault> in
            var reader = JSONTreeReader(bytes: buffer)
            do throws(Fault) { return .success(try reader.whole()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func whole() throws(Fault) -> JSONTree {
        let tree = try value()
        skipSpace()
        guard index == bytes.count else { throw fault("Nothing stands behind the one value") }
        return tree
    }

    private func fault(_ message: String, at offset: Int? = nil) -> Fault {
        Fault(message: message, offset: offset ?? index)
    }

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private mutating func value() throws(Fault) -> JSONTree {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"), UInt8(ascii: "I"): throw fault("JSON has no NaN and no Infinity")
        default:
            throw fault(
                index < bytes.count
                    ? "A value is an object, a list, a text in double quotes, a number, true, false or null"
                    : "The text ends before its value does")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONTree) throws(Fault) -> JSONTree {
        let count = word.utf8CodeUnitCount
        guard bytes.count - index >= count, (0..<count).allSatisfy({ bytes[index + $0] == word.utf8Start[$0] }) else {
            throw fault("A value is an object, a list, a text in double quotes, a number, true, false or null")
        }
        index += count
        return value
    }

    private mutating func enter() throws(Fault) {
        depth += 1
        guard depth <= Self.deepestNesting else {
            throw fault("Lists and objects nest at most \(Self.deepestNesting) deep")
        }
        index += 1
        skipSpace()
    }

    /// Whether another item comes; past the closing bracket where none does.
    private mutating func goesOn(until close: UInt8) throws(Fault) -> Bool {
        skipSpace()
        if next == UInt8(ascii: ",") {
            index += 1
            return true
        }
        guard next == close else { throw fault("A comma stands between items, or a bracket ends them") }
        index += 1
        depth -= 1
        return false
    }

    private mutating func list() throws(Fault) -> JSONTree {
        try enter()
        var items: [JSONTree] = []
        if next == UInt8(ascii: "]") {
            index += 1
            depth -= 1
            return .list(items)
        }
        repeat { items.append(try value()) } while try goesOn(until: UInt8(ascii: "]"))
        return .list(items)
    }

    private mutating func object() throws(Fault) -> JSONTree {
        try enter()
        var members: [JSONTree.Member] = []
        if next == UInt8(ascii: "}") {
            index += 1
            depth -= 1
            return .object(members)
        }
        members.reserveCapacity(6)
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else {
                throw fault("A member of an object begins with its name in double quotes")
            }
            let name = try name()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw fault("A colon stands behind a member's name") }
            index += 1
            members.append(.init(name: name, value: try value()))
        } while try goesOn(until: UInt8(ascii: "}"))
        return .object(members)
    }

    /// A member's name, of which the same stand in all items of a list.
    private mutating func name() throws(Fault) -> String {
        let start = index + 1
        for known in names where known.range.count < bytes.count - start {
            let count = known.range.count
            guard bytes[start + count] == UInt8(ascii: "\""),
                (0..<count).allSatisfy({ bytes[start + $0] == bytes[known.range.lowerBound + $0] })
            else { continue }
            index = start + count + 1
            return known.name
        }
        let name = try text()
        // One with escapes is left out: its bytes are not its text's.
        if names.count < 16, name.utf8.count == index - start - 1 { names.append((start..<(index - 1), name)) }
        return name
    }

    private mutating func text() throws(Fault) -> String {
        let open = index
        index += 1
        let start = index
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\\") {
            if bytes[index] == UInt8(ascii: "\"") {
                guard let text = string(bytes[start..<index]) else { throw fault("A text is UTF-8", at: open) }
                index += 1
                return text
            }
            index += 1
        }
        var unescaped = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let text = String(validating: unescaped, as: UTF8.self) else {
                    throw fault("A text is UTF-8", at: open)
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case 0..<0x20: throw fault("A control character in a text is written as an escape")
            default:
                unescaped.append(byte)
                index += 1
            }
        }
        throw fault("A text that opens is closed; this one is not", at: open)
    }

    private func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        String(validating: UnsafeBufferPointer(rebasing: bytes), as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) throws(Fault) {
        let start = index
        index += 1
        let byte = next
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal(from: start)
            if (0xD800..<0xDC00).contains(code), next == UInt8(ascii: "\\") {
                index += 1
                guard next == UInt8(ascii: "u") else { throw fault("Half a surrogate pair is no character", at: start) }
                index += 1
                let low = try hexadecimal(from: start)
                guard (0xDC00..<0xE000).contains(low) else {
                    throw fault("Half a surrogate pair is no character", at: start)
                }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                throw fault("Half a surrogate pair is no character", at: start)
            }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default:
            throw fault("An escape is one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits", at: start)
        }
    }

    private mutating func hexadecimal(from start: Int) throws(Fault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard next.isHexDigit, let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
                throw fault("An escape by number has four hexadecimal digits", at: start)
            }
            code = code << 4 | UInt32(digit)
            index += 1
        }
        return code
    }
}

extension JSONTreeReader {
    /// 10⁰ … 10²², which doubles hold exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21,
        1e22,
    ]

    /// The double nearest to what is written.
    ///
    /// Up to 2⁵³ and with a power of ten that is exact, one division or product of two exact numbers is rounded once
    /// (Clinger 1990, "How to read floating point numbers accurately"); all else is left to the standard library.
    private mutating func number() throws(Fault) -> Double {
        let start = index
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var (whole, digits, power) = (UInt64(0), 0, 0)
        let first = index
        readDigits(&whole, &digits)
        guard index > first, bytes[first] != UInt8(ascii: "0") || index == first + 1 else {
            throw fault("A number is written as 12, -0.5 or 1e6", at: start)
        }
        if next == UInt8(ascii: ".") {
            index += 1
            let point = index
            readDigits(&whole, &digits)
            guard index > point else { throw fault("A digit stands behind a number's point", at: start) }
            power = point - index
        }
        if next | 0x20 == UInt8(ascii: "e") {
            index += 1
            let isBelow = next == UInt8(ascii: "-")
            if isBelow || next == UInt8(ascii: "+") { index += 1 }
            let point = index
            var (exponent, count) = (UInt64(0), 0)
            readDigits(&exponent, &count)
            guard index > point else { throw fault("A digit stands in a number's exponent", at: start) }
            power += (isBelow ? -1 : 1) * Int(min(exponent, 100_000))
            if count > 18 { digits = 99 }
        }
        if digits <= 19, whole <= 1 << 53, power.magnitude <= 22 {
            let number = power < 0 ? Double(whole) / Self.powers[-power] : Double(whole) * Self.powers[power]
            return isNegative ? -number : number
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
        return Double(text) ?? .infinity
    }

    /// Digits as a whole number and how many there are without zeros in front; the number is meaningless beyond 19 of them.
    private mutating func readDigits(_ whole: inout UInt64, _ count: inout Int) {
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            whole = whole &* 10 &+ UInt64(bytes[index] & 0x0F)
            if count > 0 || bytes[index] != 0x30 { count += 1 }
            index += 1
        }
    }
}

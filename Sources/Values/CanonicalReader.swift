extension Value {
    /// Reads canonical JSON (RFC 8785); nil unless the bytes are exactly what `canonicalBytes` writes for some value.
    ///
    /// So what was read can be trusted to be all that was there: no key twice, no second spelling of a number or a text,
    /// nothing before, behind or between.
    package init?(canonicalJSON bytes: some Sequence<UInt8>) {
        let read = bytes.withContiguousStorageIfAvailable { CanonicalReader.value($0) }
        guard let value = read ?? Array(bytes).withUnsafeBufferPointer({ CanonicalReader.value($0) }) else {
            return nil
        }
        self = value
    }
}

/// One pass over canonical JSON, which refuses everything that the writer would have written in another way.
///
/// Whoever knows which members come in which order reads them with it one by one, and makes no `Value` of them.
package struct CanonicalReader {
    /// Nesting beyond this is not read, so that no bytes can overflow the stack.
    private static let depthLimit = 256

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
        var reader = CanonicalReader(bytes: bytes)
        guard let value = reader.value(depth: 0), reader.index == bytes.count else { return nil }
        return value
    }

    /// - Parameter bytes: Which outlast the reader.
    package init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    package var isAtEnd: Bool { index == bytes.count }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Passes over a word, if it is what comes next.
    package mutating func skip(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard bytes.count - index >= count else { return false }
        for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
        index += count
        return true
    }

    private mutating func value(depth: Int) -> Value? {
        guard depth < Self.depthLimit else { return nil }
        switch next {
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return list(depth)
        case UInt8(ascii: "\""): return text().map { .string($0) }
        case UInt8(ascii: "t"): return skip(word: "true") ? true : nil
        case UInt8(ascii: "f"): return skip(word: "false") ? false : nil
        case UInt8(ascii: "n"): return skip(word: "null") ? .null : nil
        default: return number().map { .number($0) }
        }
    }

    private mutating func list(_ depth: Int) -> Value? {
        index += 1
        if skip("]") { return .list([]) }
        var items: [Value] = []
        repeat {
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
        } while skip(",")
        return skip("]") ? .list(items) : nil
    }

    private mutating func object(_ depth: Int) -> Value? {
        index += 1
        if skip("}") { return .object([:]) }
        var object = Object()
        var last: String?
        repeat {
            guard next == UInt8(ascii: "\""), let key = text(), skip(":"), let item = value(depth: depth + 1) else {
                return nil
            }
            if let last, !last.utf16.lexicographicallyPrecedes(key.utf16) { return nil }
            // Keys may differ in code units and be one key to Swift, which takes é and e with an accent for the same.
            guard object[key] == nil else { return nil }
            object[key] = item
            last = key
        } while skip(",")
        return skip("}") ? .object(object) : nil
    }

    /// A text without escapes is taken as it stands; of escapes only those that the writer needs are read.
    package mutating func text() -> String? {
        guard next == UInt8(ascii: "\"") else { return nil }
        index += 1
        let start = index
        while index < bytes.count, bytes[index] >= 0x20, bytes[index] != UInt8(ascii: "\\") {
            if bytes[index] == UInt8(ascii: "\"") {
                defer { index += 1 }
                return String(validating: UnsafeBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
            }
            index += 1
        }
        var unescaped = Array(bytes[start..<index])
        while let byte = next, byte >= 0x20 {
            index += 1
            if byte == UInt8(ascii: "\"") { return String(validating: unescaped, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                unescaped.append(byte)
                continue
            }
            guard let character = escape() else { return nil }
            unescaped.append(character)
        }
        return nil
    }

    private mutating func escape() -> UInt8? {
        guard let byte = next else { return nil }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"):
            guard skip(word: "00"), let high = hexadecimalDigit(), let low = hexadecimalDigit() else { return nil }
            let code = high << 4 | low
            // The others have a shorter escape, or none.
            return code < 0x20 && ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(code) ? code : nil
        default: return nil
        }
    }

    private mutating func hexadecimalDigit() -> UInt8? {
        guard let byte = next else { return nil }
        index += 1
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
        default: return nil
        }
    }

    package mutating func number() -> Double? {
        let start = index
        while let byte = next, Self.isOfNumber(byte) { index += 1 }
        let digits = UnsafeBufferPointer(rebasing: bytes[start..<index])
        if let whole = Self.smallWhole(digits) { return whole }
        guard let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite else { return nil }
        var written: [UInt8] = []
        written.reserveCapacity(32)
        Value.writeECMAScript(number, to: &written)
        return written.elementsEqual(digits) ? number : nil
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"):
            true
        default: false
        }
    }

    /// Up to fifteen digits without a sign, which are their own canonical form.
    private static func smallWhole(_ digits: UnsafeBufferPointer<UInt8>) -> Double? {
        guard (1...15).contains(digits.count), digits[0] != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        var whole = 0
        for byte in digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            whole = whole * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return Double(whole)
    }
}

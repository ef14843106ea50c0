/// Reading numbers from text: decimal notation only, correctly rounded, whatever the locale.
package enum DecimalNumber {
    package enum Reading: Sendable, Equatable {
        case number(Double)
        /// NaN, an infinity, or a number too large to hold.
        case notFinite
        case notANumber
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Reads `[+-] digits [. digits] [e [+-] digits]`, with spaces around it allowed.
    ///
    /// Up to 15 digits and a power of ten within ±22 take one exact multiplication or division (Clinger 1990), the rest
    /// the standard library's correctly rounded conversion.
    package static func read(_ cell: ArraySlice<UInt8>) -> Reading {
        var bytes = cell
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        var index = bytes.startIndex
        var isNegative = false
        if index < bytes.endIndex, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
            isNegative = bytes[index] == UInt8(ascii: "-")
            index += 1
        }
        var mantissa: UInt64 = 0
        var significant = 0
        var digits = 0
        var exponent = 0
        var sawPoint = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits += 1
                if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
                if significant <= 15 { mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0")) }
                if sawPoint { exponent -= 1 }
            } else {
                break
            }
            index += 1
        }
        guard digits > 0 else { return isSpecial(bytes) ? .notFinite : .notANumber }
        if index < bytes.endIndex {
            guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return .notANumber }
            guard let power = integer(bytes[(index + 1)...]) else { return .notANumber }
            exponent += power
        }
        if significant <= 15, exponent.magnitude <= 22 {
            let magnitude =
                exponent < 0
                ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
            return .number(isNegative ? -magnitude : magnitude)
        }
        guard let number = Double(String(decoding: bytes, as: UTF8.self)) else { return .notANumber }
        return number.isFinite ? .number(number) : .notFinite
    }

    /// An exponent; beyond ±9999 the number is 0 or infinite anyway.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int? {
        var bytes = bytes
        var sign = 1
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            sign = first == UInt8(ascii: "-") ? -1 : 1
            bytes.removeFirst()
        }
        guard !bytes.isEmpty else { return nil }
        var value = 0
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 9999)
        }
        return sign * value
    }

    private static func isSpecial(_ bytes: ArraySlice<UInt8>) -> Bool {
        // Most texts are ruled out by their length or first letter, without making a string.
        guard bytes.count <= 9, let first = bytes.first, "nNiI+-".utf8.contains(first) else { return false }
        let word = String(decoding: bytes.prefix(12), as: UTF8.self).lowercased()
        return ["nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity", "-nan", "+nan"].contains(word)
    }
}

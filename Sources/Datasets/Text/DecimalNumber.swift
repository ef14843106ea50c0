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

    package static func read(_ cell: ArraySlice<UInt8>) -> Reading { cell.withUnsafeBufferPointer { read($0) } }

    /// Reads `[+-] digits [. digits] [e [+-] digits]`, with spaces around it allowed.
    ///
    /// Up to 15 digits and a power of ten within ±22 take one exact multiplication or division (Clinger 1990); up to 19 and a
    /// power within ±19 one of whole numbers, of which nothing is lost; the rest the standard library's correctly rounded
    /// conversion.
    package static func read(_ cell: UnsafeBufferPointer<UInt8>) -> Reading {
        var bytes = cell[...]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        guard let start = cell.baseAddress, !bytes.isEmpty else { return .notANumber }
        let end = bytes.endIndex
        var index = bytes.startIndex
        let sign = start[index]
        let isNegative = sign == UInt8(ascii: "-")
        if isNegative || sign == UInt8(ascii: "+") { index += 1 }
        let whole = index
        var mantissa: UInt64 = 0
        index = digits(from: index, to: end, of: start, into: &mantissa)
        var count = index - whole
        var exponent = 0
        if index < end, start[index] == UInt8(ascii: ".") {
            let fraction = index + 1
            index = digits(from: fraction, to: end, of: start, into: &mantissa)
            exponent = fraction - index
            count -= exponent
        }
        guard count > 0 else { return isSpecial(bytes) ? .notFinite : .notANumber }
        // Zeros in front are none of the digits that count.
        let significant = count <= 19 ? count : significant(bytes)
        if index < end {
            guard start[index] | 0x20 == UInt8(ascii: "e") else { return .notANumber }
            guard let power = integer(bytes[(index + 1)...]) else { return .notANumber }
            exponent += power
        }
        if significant <= 15, exponent.magnitude <= 22 {
            let magnitude =
                exponent < 0
                ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
            return .number(isNegative ? -magnitude : magnitude)
        }
        if significant <= 19, exponent.magnitude <= 19, mantissa != 0 {
            let magnitude =
                exponent < 0
                ? quotient(mantissa, divisors[-exponent]) : product(mantissa, wholePowers[exponent])
            return .number(isNegative ? -magnitude : magnitude)
        }
        guard let number = Double(String(decoding: bytes, as: UTF8.self)) else { return .notANumber }
        return number.isFinite ? .number(number) : .notFinite
    }

    /// Takes digits from a place on; the number wraps around when there are more than it can hold.
    ///
    /// - Returns: where they end.
    private static func digits(
        from first: Int, to end: Int, of bytes: UnsafePointer<UInt8>, into number: inout UInt64
    ) -> Int {
        var index = first
        while index &+ 8 <= end {
            let digits = EightBytes(bytes + index)
            guard digits.areDigits else { break }
            number = number &* 100_000_000 &+ digits.decimal
            index &+= 8
        }
        while index < end {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            number = number &* 10 &+ UInt64(digit)
            index &+= 1
        }
        return index
    }

    /// How many digits a number has from the first that is not 0 on.
    private static func significant(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        let digits = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }.filter { $0 &- UInt8(ascii: "0") <= 9 }
        return digits.drop { $0 == UInt8(ascii: "0") }.count
    }

    /// Whole numbers as divisors: 10^n, shifted until its top bit is set, and ⌊(2^128 − 1)/that⌋ − 2^64.
    private struct Divisor {
        let shift: Int
        let value: UInt64
        let inverse: UInt64

        init(_ number: UInt64) {
            shift = number.leadingZeroBitCount
            value = number << shift
            inverse = value.dividingFullWidth((.max - value, .max)).quotient
        }

        /// Quotient, and whether anything is left. Two products and their corrections in place of a division by Möller and
        /// Granlund, IEEE Transactions on Computers 60(2), 2011, algorithm 4. `high` is less than the divisor.
        func divide(_ high: UInt64, _ low: UInt64) -> (quotient: UInt64, hasRest: Bool) {
            let product = inverse.multipliedFullWidth(by: high)
            let (rest, isCarried) = product.low.addingReportingOverflow(low)
            var quotient = product.high &+ high &+ (isCarried ? 1 : 0) &+ 1
            var left = low &- quotient &* value
            if left > rest {
                quotient &-= 1
                left &+= value
            }
            if left >= value {
                quotient &+= 1
                left &-= value
            }
            return (quotient, left != 0)
        }
    }

    private static let wholePowers: [UInt64] = (0...19).map { power in (0..<power).reduce(1) { value, _ in value * 10 }
    }
    private static let divisors = wholePowers.map { Divisor($0) }

    /// a/b, rounded once: 63 digits of the quotient, and whether any follow. `a` is not 0.
    private static func quotient(_ a: UInt64, _ b: Divisor) -> Double {
        let left = a.leadingZeroBitCount
        let dividend = a << left
        let (whole, hasRest) = b.divide(dividend >> 1, dividend << 63)
        return Double(whole | (hasRest ? 1 : 0)) * twoTo(b.shift - left - 63)
    }

    /// a·b, rounded once: the first 64 digits, and whether any follow.
    private static func product(_ a: UInt64, _ b: UInt64) -> Double {
        let (high, low) = a.multipliedFullWidth(by: b)
        guard high > 0 else { return Double(low) }
        let left = high.leadingZeroBitCount
        let top = left == 0 ? high : high << left | low >> (64 - left)
        return Double(top | (low << left == 0 ? 0 : 1)) * twoTo(64 - left)
    }

    private static func twoTo(_ power: Int) -> Double { Double(bitPattern: UInt64(1023 + power) << 52) }

    /// Whether a cell is a finite number, for who does not need it: most are told by their form.
    static func isNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        if cell.count <= 300 {
            var digits = 0
            var points = 0
            for (index, byte) in cell.enumerated() {
                if byte &- UInt8(ascii: "0") <= 9 {
                    digits &+= 1
                } else if byte == UInt8(ascii: ".") {
                    points &+= 1
                } else if index > 0 || byte != UInt8(ascii: "-") {
                    points = 2
                    break
                }
            }
            if digits > 0, points < 2 { return true }
        }
        if case .number = read(cell) { return true }
        return false
    }

    /// An exponent; beyond ±9999 the number is 0 or infinite anyway.
    private static func integer(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
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

    private static func isSpecial(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        // Most texts are ruled out by their length or first letter, without making a string.
        guard bytes.count <= 9, let first = bytes.first, "nNiI+-".utf8.contains(first) else { return false }
        let word = String(decoding: bytes.prefix(12), as: UTF8.self).lowercased()
        return ["nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity", "-nan", "+nan"].contains(word)
    }
}

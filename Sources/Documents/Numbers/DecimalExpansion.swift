/// A finite number's exact value in decimal digits, and that value rounded.
///
/// Every double is a whole number over a power of two and so has a finite decimal expansion. Rounding that, half to
/// even, gives the same digits on every machine; formatting through a C library or a locale does not.
struct DecimalExpansion: Equatable {
    /// Decimal digits, the first not zero; none for zero.
    private(set) var digits: [UInt8]
    /// How many of the digits stand before the point; negative where zeros follow it.
    private(set) var point: Int

    init(_ magnitude: Double) {
        digits = []
        point = 0
        guard magnitude.isFinite, magnitude > 0 else { return }
        var mantissa = magnitude.significandBitPattern
        var exponent = Int(magnitude.exponentBitPattern) - 1075
        if magnitude.isNormal { mantissa |= 1 << 52 } else { exponent += 1 }
        let zeros = mantissa.trailingZeroBitCount
        mantissa >>= UInt64(zeros)
        exponent += zeros
        // Base 10⁹, least significant limb first.
        var limbs: [UInt64] = []
        while mantissa > 0 {
            limbs.append(mantissa % 1_000_000_000)
            mantissa /= 1_000_000_000
        }
        func multiply(by factor: UInt64) {
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * factor + carry
                limbs[index] = product % 1_000_000_000
                carry = product / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        // m × 2^e for e ≥ 0; otherwise m × 5^−e, the point moved −e places to the left.
        var left = exponent.magnitude
        while left > 0 {
            let step = min(left, 12)
            multiply(by: DecimalExpansion.power(exponent >= 0 ? 2 : 5, step))
            left -= step
        }
        for (position, limb) in limbs.reversed().enumerated() {
            let text = Array(String(limb).utf8)
            if position > 0 { digits += [UInt8](repeating: 0, count: 9 - text.count) }
            digits += text.map { $0 - 48 }
        }
        point = digits.count - max(0, -exponent)
        trim()
    }

    /// Digits as written: `digits` with the point behind the first `point` of them.
    init(digits: [UInt8], point: Int) {
        self.digits = digits
        self.point = point
        trim()
    }

    private static func power(_ base: UInt64, _ exponent: UInt) -> UInt64 {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }

    private mutating func trim() {
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        point -= zeros
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { point = 0 }
    }

    var isZero: Bool { digits.isEmpty }

    /// The value times 10^`places`.
    func shifted(_ places: Int) -> DecimalExpansion {
        var copy = self
        if !isZero { copy.point += places }
        return copy
    }

    /// Rounded to `places` behind the point (before it where negative), half to even.
    func rounded(to places: Int) -> DecimalExpansion {
        var copy = self
        let kept = point + places
        guard kept < digits.count else { return copy }
        guard kept >= 0 else { return DecimalExpansion(digits: [], point: 0) }
        let next = digits[kept]
        let isHalf = next == 5 && kept + 1 == digits.count
        let isOdd = kept > 0 && digits[kept - 1] % 2 == 1
        copy.digits = Array(digits[..<kept])
        if next > 5 || (next == 5 && !isHalf) || (isHalf && isOdd) {
            var index = kept - 1
            while index >= 0, copy.digits[index] == 9 {
                copy.digits[index] = 0
                index -= 1
            }
            if index >= 0 {
                copy.digits[index] += 1
            } else {
                copy.digits.insert(1, at: 0)
                copy.point += 1
            }
        }
        copy.trim()
        return copy
    }

    /// The digits before the point, "0" where there are none.
    var whole: String {
        guard point > 0 else { return "0" }
        return text(digits.prefix(point)) + String(repeating: "0", count: max(0, point - digits.count))
    }

    /// The first `places` digits behind the point.
    func fraction(_ places: Int) -> String {
        let zeros = min(places, max(0, -point))
        let shown = text(digits.dropFirst(max(0, point)).prefix(places - zeros))
        let padding = places - zeros - shown.utf8.count
        return String(repeating: "0", count: zeros) + shown + String(repeating: "0", count: padding)
    }

    /// How many places behind the point it takes to write the value.
    var places: Int { max(0, digits.count - point) }

    private func text(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
    }
}

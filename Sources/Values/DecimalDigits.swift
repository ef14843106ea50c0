/// The shortest decimal digits that read back as a number, in place: no text is made on the way.
struct DecimalDigits {
    /// d₁d₂…, as ASCII; a number above 0 begins with another digit than 0 and ends with one.
    private(set) var digits: [UInt8] = []
    /// The number is 0.d₁d₂… × 10^exponent.
    private(set) var exponent = 0

    /// - Parameter number: finite and not below 0.
    init(_ number: Double) {
        var text = number.description
        digits.reserveCapacity(17)
        text.withUTF8 { bytes in
            var isWhole = true
            var index = 0
            // `description` is digits with one point among them, then perhaps an exponent.
            while index < bytes.count, bytes[index] != UInt8(ascii: "e") {
                if bytes[index] == UInt8(ascii: ".") {
                    isWhole = false
                } else if digits.isEmpty, bytes[index] == UInt8(ascii: "0") {
                    // A zero before the first digit: behind the point it lowers the exponent.
                    if !isWhole { exponent -= 1 }
                } else {
                    digits.append(bytes[index])
                    if isWhole { exponent += 1 }
                }
                index += 1
            }
            if index < bytes.count {
                let isNegative = bytes[index + 1] == UInt8(ascii: "-")
                var power = 0
                for byte in bytes[(index + 1)...] where byte >= UInt8(ascii: "0") {
                    power = power * 10 + Int(byte - UInt8(ascii: "0"))
                }
                exponent += isNegative ? -power : power
            }
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.isEmpty {
            digits = [UInt8(ascii: "0")]
            exponent = 1
        }
    }
}

extension Value {
    /// A finite number as ECMAScript's Number::toString writes it: the shortest digits that read back the same.
    package static func ecmaScript(_ number: Double) -> String {
        var out: [UInt8] = []
        writeECMAScript(number, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    static func writeECMAScript(_ number: Double, to out: inout [UInt8]) {
        let zero = UInt8(ascii: "0")
        let point = UInt8(ascii: ".")
        if number == 0 { return out.append(zero) }
        if number < 0 { out.append(UInt8(ascii: "-")) }
        guard !writePlain(number.magnitude, to: &out) else { return }
        let decimal = DecimalDigits(number.magnitude)
        let digits = decimal.digits
        let exponent = decimal.exponent
        if digits.count <= exponent, exponent <= 21 {
            out += digits
            out.append(contentsOf: repeatElement(zero, count: exponent - digits.count))
        } else if 0 < exponent, exponent <= 21 {
            out += digits[..<exponent]
            out.append(point)
            out += digits[exponent...]
        } else if -6 < exponent, exponent <= 0 {
            out.append(zero)
            out.append(point)
            out.append(contentsOf: repeatElement(zero, count: -exponent))
            out += digits
        } else {
            out.append(digits[0])
            if digits.count > 1 {
                out.append(point)
                out += digits[1...]
            }
            let power = exponent - 1
            out += [UInt8(ascii: "e"), UInt8(ascii: power < 0 ? "-" : "+")]
            out += String(power.magnitude).utf8
        }
    }

    /// Writes a number whose `description` has no exponent, which is what ECMAScript writes but for a point and a zero at
    /// the end; nearly all numbers are such.
    private static func writePlain(_ number: Double, to out: inout [UInt8]) -> Bool {
        var text = number.description
        return text.withUTF8 { bytes in
            guard !bytes.contains(UInt8(ascii: "e")) else { return false }
            let isWhole =
                bytes.count > 2 && bytes[bytes.count - 1] == UInt8(ascii: "0")
                && bytes[bytes.count - 2] == UInt8(ascii: ".")
            out.append(contentsOf: isWhole ? UnsafeBufferPointer(rebasing: bytes.dropLast(2)) : bytes)
            return true
        }
    }

    /// The shortest digits d₁d₂… and the exponent e with number = 0.d₁d₂… × 10^e, for a finite number of 0 or above.
    package static func shortestDigits(_ number: Double) -> (digits: String, exponent: Int) {
        let decimal = DecimalDigits(number)
        return (String(decoding: decimal.digits, as: UTF8.self), decimal.exponent)
    }
}

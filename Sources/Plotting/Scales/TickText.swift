import Documents

/// How the ticks of one axis are written: per cent or not, signed or not; the step decides the decimals.
struct TickText: Sendable {
    var isPercent: Bool
    var isSigned: Bool

    /// Takes what a format of the language says about style; its digits are for single numbers, not for ticks.
    init(format: String) {
        let parsed = NumberFormat(parsing: format)
        isPercent = parsed?.style == .percent
        isSigned = parsed?.alwaysSigned ?? false
    }

    func text(_ tick: Tick) -> String {
        if let text = tick.text { return text }
        let exponent = tick.exponent + (isPercent ? 2 : 0)
        let sign = tick.mantissa < 0 ? "−" : isSigned && tick.mantissa > 0 ? "+" : ""
        var digits = String(tick.mantissa.magnitude)
        if digits == "0" { return isPercent ? "0%" : exponent < 0 ? decimals("0", -exponent) : "0" }
        if exponent >= 0 {
            guard exponent + digits.count <= 9 else {
                return sign + digits + "×10" + superscript(exponent) + (isPercent ? "%" : "")
            }
            digits += String(repeating: "0", count: exponent)
            return sign + grouped(digits) + (isPercent ? "%" : "")
        }
        return sign + decimals(digits, -exponent) + (isPercent ? "%" : "")
    }

    private func decimals(_ digits: String, _ count: Int) -> String {
        let padded = String(repeating: "0", count: max(0, count + 1 - digits.count)) + digits
        return grouped(String(padded.dropLast(count))) + "." + padded.suffix(count)
    }

    /// Thin spaces between thousands, from five digits on.
    private func grouped(_ digits: String) -> String {
        guard digits.count > 4 else { return digits }
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out += "\u{2009}" }
            out.append(digit)
        }
        return out
    }

    private func superscript(_ number: Int) -> String {
        let forms = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        return String(String(number).compactMap { $0.wholeNumberValue.map { forms[$0] } })
    }
}

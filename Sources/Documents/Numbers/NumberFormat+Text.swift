package import Values

extension NumberFormat {
    /// The one way in which a number becomes text: the same on every machine, in every locale.
    ///
    /// The exact value is rounded, half to even. A minus is U+2212, thousands stand apart by U+2009, zero has no sign;
    /// NaN is "–" and the infinities are "∞" and "−∞".
    package func text(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "–" : number < 0 ? "\u{2212}∞" : "∞" }
        if style == .pValue { return pText(number) }
        let (body, isZero) = magnitude(DecimalExpansion(number.magnitude))
        let sign = isZero ? "" : number < 0 ? "\u{2212}" : alwaysSigned ? "+" : ""
        return sign + body
    }

    /// A number, an object with `estimate` (and `interval`), a text or a truth; nil where the value has nothing that
    /// this format can write.
    package func text(of value: Value) -> String? {
        if interval {
            let range = value["interval"] ?? value
            guard let bounds = intervalText(range) else { return nil }
            guard let estimate = value["estimate"]?.number else { return value.object == nil ? bounds : nil }
            return text(estimate) + " " + bounds
        }
        switch value {
        case .number(let number): return text(number)
        case .object(let object):
            if style == .pValue, let p = object["p"]?.number { return text(p) }
            return object["estimate"]?.number.map { text($0) }
        case .string(let string): return self == NumberFormat() ? string : nil
        case .boolean(let flag): return self == NumberFormat() ? (flag ? "true" : "false") : nil
        default: return nil
        }
    }

    /// `[lower, upper]` with null for an open end, or a set of such, written with "∪".
    private func intervalText(_ value: Value) -> String? {
        if let parts = value["intervals"]?.list {
            let texts = parts.compactMap { intervalText($0) }
            return texts.count == parts.count ? (texts.isEmpty ? "∅" : texts.joined(separator: " ∪ ")) : nil
        }
        guard let bounds = value.list, bounds.count == 2,
            bounds.allSatisfy({ $0 == .null || $0.number != nil })
        else { return nil }
        return "[\(text(bounds[0].number ?? -.infinity)), \(text(bounds[1].number ?? .infinity))]"
    }

    // MARK: Styles

    private func magnitude(_ exact: DecimalExpansion) -> (text: String, isZero: Bool) {
        switch style {
        case .fixed: return fixed(exact, digits ?? 2)
        case .percent:
            let (text, isZero) = fixed(exact.shifted(2), digits ?? 0)
            return (text + "%", isZero)
        case .significant:
            let count = digits ?? 3
            let rounded = exact.rounded(to: count - exact.point)
            return isTooWide(rounded)
                ? scientific(exact, count - 1) : fixed(rounded, max(0, count - (rounded.isZero ? 1 : rounded.point)))
        case .scientific: return scientific(exact, digits ?? 2)
        case .plain, .pValue:
            // Whole digits are never rounded away: a count is a count.
            let rounded = exact.rounded(to: max(0, 6 - exact.point))
            if isTooWide(rounded) {
                let mantissa = exact.rounded(to: 6 - exact.point)
                return scientific(mantissa, max(0, mantissa.digits.count - 1))
            }
            return fixed(rounded, rounded.places)
        }
    }

    /// Numbers with more than 15 digits before the point or 5 zeros behind it are written with a power of ten.
    private func isTooWide(_ exact: DecimalExpansion) -> Bool {
        !exact.isZero && (exact.point > 15 || exact.point < -5)
    }

    private func fixed(_ exact: DecimalExpansion, _ places: Int) -> (text: String, isZero: Bool) {
        let rounded = exact.rounded(to: places)
        let whole = grouped ? apart(rounded.whole) : rounded.whole
        return (places > 0 ? whole + "." + rounded.fraction(places) : whole, rounded.isZero)
    }

    private func scientific(_ exact: DecimalExpansion, _ places: Int) -> (text: String, isZero: Bool) {
        guard !exact.isZero else { return fixed(exact, places) }
        let rounded = exact.rounded(to: places + 1 - exact.point)
        let power = rounded.point - 1
        let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let digits = String(power.magnitude).utf8.map { superscripts[Int($0 - 48)] }
        let mantissa = fixed(rounded.shifted(-power), places).text
        return (mantissa + "×10" + (power < 0 ? "⁻" : "") + String(digits), false)
    }

    private func apart(_ whole: String) -> String {
        var out = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index) % 3 == 0 { out += "\u{2009}" }
            out.append(digit)
        }
        return out
    }

    /// As in the literature: no zero before the point, two decimals, three where they matter (small, or near .05).
    private func pText(_ p: Double) -> String {
        if p < 0.001 { return "p < .001" }
        if p > 0.995 { return "p > .99" }
        let places = p < 0.01 || (0.045..<0.055).contains(p) ? 3 : 2
        return "p = ." + DecimalExpansion(p).rounded(to: places).fraction(places)
    }
}

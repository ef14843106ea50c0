import Documents

/// Small pieces of text with numbers.
enum NumberText {
    static func percent(_ level: Double) -> String { NumberFormat(.plain).text(level * 100) + "%" }

    /// The same for a sentence, thousands apart from five digits on.
    static func told(_ number: Double) -> String {
        number.magnitude >= 10_000 && number.magnitude < 1e15
            ? NumberFormat(digits: nil, grouped: true).text(number.rounded()) : short(number)
    }

    /// A p-value that is small, with its size.
    static func smallP(_ p: Double) -> String {
        p < 1e-300 ? "p < 10⁻³⁰⁰" : "p = " + NumberFormat(.significant, digits: 2).text(p)
    }

    /// Three significant digits, without zeros that say nothing.
    static func short(_ number: Double) -> String {
        guard number != 0, number.isFinite else { return NumberFormat().text(number) }
        var scale = 1.0
        while number.magnitude * scale < 100, scale < 1e15 { scale *= 10 }
        let rounded = scale > 1 ? (number * scale).rounded() / scale : number
        return NumberFormat().text(rounded)
    }
}

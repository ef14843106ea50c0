import Plotting

/// How far the words of a page stand out from its paper once a brand has changed either.
///
/// WCAG 2.2, 1.4.3: 4.5 to 1 for text. Colours that are computed, mixed or named otherwise than in hexadecimal digits, as
/// `rgb(…)`, `black` or `white` are not known here, and pass.
struct BrandContrast {
    struct Fault: Equatable {
        /// The brand's variable that is to blame: that of the words, or else the paper.
        var variable: BrandStyle.Variable
        var text: String
        var isDark: Bool
        /// From 1 to 21.
        var ratio: Double
    }

    static let least = 4.5

    private let style: BrandStyle

    init(_ style: BrandStyle) { self.style = style }

    var faults: [Fault] {
        // What is said without a scheme holds on dark paper, too.
        faults(FigureStyle.light, style.light, isDark: false)
            + faults(FigureStyle.dark, style.light + style.dark, isDark: true)
    }

    /// - Parameter brand: The later go before the earlier.
    private func faults(_ theme: String, _ brand: [BrandStyle.Variable], isDark: Bool) -> [Fault] {
        var values = ["--accent": "var(--hue-4-text)", "--warm": "var(--hue-5-text)"]
        for declaration in theme.split(separator: ";") {
            let parts = declaration.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
        }
        var written: [String: BrandStyle.Variable] = [:]
        for variable in brand {
            values[variable.name] = variable.value
            written[variable.name] = variable
        }
        guard let paper = colour("--paper", values) else { return [] }
        return BrandContrast.texts.compactMap { name in
            guard let variable = written[source(of: name, values)] ?? written[name] ?? written["--paper"],
                let colour = colour(name, values)
            else { return nil }
            let ratio = BrandContrast.ratio(colour, paper)
            return ratio < BrandContrast.least
                ? Fault(variable: variable, text: name, isDark: isDark, ratio: ratio) : nil
        }
    }

    /// What words are written in.
    private static let texts = ["--ink", "--quiet", "--accent", "--warm"] + (1...7).map { "--hue-\($0)-text" }

    /// The variable that a variable stands for.
    private func source(of name: String, _ values: [String: String]) -> String {
        var name = name
        for _ in 0..<8 {
            guard let value = values[name], let next = BrandContrast.reference(value) else { return name }
            name = next
        }
        return name
    }

    private func colour(_ name: String, _ values: [String: String]) -> [Double]? {
        values[source(of: name, values)].flatMap(BrandContrast.colour)
    }

    private static func reference(_ value: String) -> String? {
        guard value.hasPrefix("var("), value.hasSuffix(")") else { return nil }
        let name = value.dropFirst(4).dropLast().filter { $0 != " " }
        return name.contains(",") ? nil : String(name)
    }

    // MARK: Colours

    /// Red, green and blue from 0 to 1; nil for what is not known or lets through what is behind it.
    static func colour(_ text: String) -> [Double]? {
        let text = text.lowercased()
        if text == "black" { return [0, 0, 0] }
        if text == "white" { return [1, 1, 1] }
        if text.hasPrefix("#") {
            let digits = text.dropFirst().compactMap(\.hexDigitValue)
            guard digits.count == text.count - 1 else { return nil }
            switch digits.count {
            case 3: return digits.map { Double($0 * 17) / 255 }
            case 6: return [0, 2, 4].map { Double(digits[$0] * 16 + digits[$0 + 1]) / 255 }
            default: return nil
            }
        }
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return nil }
        let parts = text.dropFirst(4).dropLast().split { " ,".contains($0) }
        let numbers = parts.compactMap { Double($0) }
        guard parts.count == 3, numbers.count == 3, numbers.allSatisfy({ (0...255).contains($0) }) else { return nil }
        return numbers.map { $0 / 255 }
    }

    /// WCAG's contrast ratio.
    static func ratio(_ a: [Double], _ b: [Double]) -> Double {
        let (a, b) = (luminance(a), luminance(b))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : power2point4(($0 + 0.055) / 1.055) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// x² times the fifth root of x², for x in (0, 1].
    private static func power2point4(_ x: Double) -> Double {
        let square = x * x
        var root = 1.0
        // Newton's steps from above only fall.
        for _ in 0..<60 {
            let next = (4 * root + square / (root * root * root * root)) / 5
            if next >= root { break }
            root = next
        }
        return square * root
    }
}

extension NumberFormat: CustomStringConvertible {
    /// What may be written, for a diagnostic.
    package static let allowed = forms.map(\.text).alternatives

    /// Examples of each, with what they do; for the reference and for editors.
    package static let forms: [(text: String, meaning: String)] = [
        (".2f", "with two decimals"), ("+.1%", "in per cent with one decimal, always with a sign"),
        (".3g", "with three significant digits"), (",", "thousands apart, at most six significant digits"),
        (",.0f", "thousands apart, no decimals"), ("e", "a mantissa and a power of ten"),
        (".2e", "the same with two decimals"), ("p", "as a p-value"),
        ("interval .2f", "the estimate and its interval, each with two decimals"),
    ]

    /// Reads a format as the language writes it; nil where it is none.
    ///
    /// Grammar: `'p' | ['interval'] ['+'] [','] [precision]`, where precision is `'.' digits letter`, `'.' digits`
    /// (as `f`) or `e` alone, and a letter is one of `f`, `%`, `g`, `e`.
    package init?(parsing text: some StringProtocol) {
        var rest = Substring(text)
        self.init()
        if rest == "p" {
            style = .pValue
            return
        }
        if rest == "interval" {
            interval = true
            return
        }
        if rest.hasPrefix("interval ") {
            interval = true
            rest = rest.dropFirst("interval ".count).drop { $0 == " " }
        }
        if rest.first == "+" {
            alwaysSigned = true
            rest.removeFirst()
        }
        if rest.first == "," {
            grouped = true
            rest.removeFirst()
        }
        if rest.first == "." {
            rest.removeFirst()
            let number = rest.prefix { ("0"..."9").contains($0) }
            guard let count = Int(number), count <= 20, number.count <= 2 else { return nil }
            digits = count
            rest.removeFirst(number.count)
        }
        switch rest {
        case "f" where digits != nil: style = .fixed
        case "%" where digits != nil: style = .percent
        case "g" where digits != nil: style = .significant
        case "e": style = .scientific
        case "": style = digits == nil ? .plain : .fixed
        default: return nil
        }
        if style == .significant, digits == 0 { return nil }
        let isEmpty = style == .plain && !grouped && !alwaysSigned
        if isEmpty, !interval || text.hasSuffix(" ") { return nil }
    }

    /// The format as the language writes it.
    package var description: String {
        if style == .pValue { return "p" }
        let letter =
            switch style {
            case .fixed: "f"
            case .percent: "%"
            case .significant: "g"
            case .scientific: "e"
            default: ""
            }
        let number = (alwaysSigned ? "+" : "") + (grouped ? "," : "") + (digits.map { ".\($0)" } ?? "") + letter
        return interval ? (number.isEmpty ? "interval" : "interval " + number) : number
    }
}

extension [String] {
    /// `'a', 'b' or 'c'`.
    var alternatives: String {
        let quoted = map { "'\($0)'" }
        guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
        return quoted.dropLast().joined(separator: ", ") + " or \(last)"
    }
}

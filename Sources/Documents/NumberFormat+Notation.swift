extension NumberFormat {
    /// The format as an analysis writes it: `+.2%`, `interval .2f`.
    package var notation: String {
        if style == .pValue { return "p" }
        let precision = digits.map { ".\($0)" } ?? ""
        let letter =
            switch style {
            case .fixed: "f"
            case .percent: "%"
            case .significant: "g"
            case .scientific: "e"
            case .plain, .pValue: ""
            }
        return (interval ? "interval " : "") + (alwaysSigned ? "+" : "") + (grouped ? "," : "") + precision + letter
    }
}

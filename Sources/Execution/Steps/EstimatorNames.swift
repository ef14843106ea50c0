/// How estimators and models are called in labels and tables.
enum EstimatorNames {
    /// For a label at the end of a line.
    static func short(_ name: String) -> String {
        switch name {
        case "tc", "tsls", "jive", "liml", "hliml", "reml", "ml", "dl", "pm", "eb": name.uppercased()
        case "fuller": "Fuller"
        case "hfuller": "HFuller"
        case "shared-control": "shared control"
        case "ignore": "ignored"
        case "one-per-experiment": "one per experiment"
        default: name
        }
    }

    /// For a cell or a heading.
    static func title(_ name: String) -> String {
        let short = short(name)
        return short.prefix(1).uppercased() + short.dropFirst()
    }
}

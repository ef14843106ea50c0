/// How estimators and models are called in labels and tables.
enum EstimatorNames {
    /// For a label at the end of a line.
    static func short(_ name: String) -> String {
        switch name {
        case "tc", "tsls", "jive", "liml", "hliml", "reml", "ml", "dl", "pm", "eb", "he", "sj", "hs", "nuts":
            name.uppercased()
        case "fuller": "Fuller"
        case "hfuller": "HFuller"
        case "student-t": "Student’s t"
        case "spike-normal": "spike and normals"
        case "shared-control": "shared control"
        case "ignore": "ignored"
        case "one-per-experiment": "one per experiment"
        case _ where name.hasSuffix("-ignore"): short(String(name.dropLast("-ignore".count))) + ", control ignored"
        case _ where name.hasSuffix("-one-per-experiment"):
            short(String(name.dropLast("-one-per-experiment".count))) + ", one per experiment"
        default: name
        }
    }

    /// For a cell or a heading.
    static func title(_ name: String) -> String {
        let short = short(name)
        return short.prefix(1).uppercased() + short.dropFirst()
    }
}

import Values

/// YAML 1.2's core schema: what a plain scalar means.
///
/// `yes`, `no`, `on` and `off` are text, as are `.inf` and `.nan`, which no result can hold.
enum CoreSchema {
    static func scalar(_ text: String) -> OptionNode.Scalar {
        OptionNode.Scalar(text: text, value: value(text))
    }

    private static func value(_ text: String) -> Value {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        default: break
        }
        return number(text).map { Value($0) } ?? .string(text)
    }

    private static func number(_ text: String) -> Double? {
        if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16).map { Double($0) } }
        if text.hasPrefix("0o") { return UInt64(text.dropFirst(2), radix: 8).map { Double($0) } }
        // [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
        var rest = Substring(text)
        func digits() -> Int {
            let run = rest.prefix { ("0"..."9").contains($0) }
            rest.removeFirst(run.count)
            return run.count
        }
        if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
        let whole = digits()
        var fraction = 0
        if rest.first == "." {
            rest.removeFirst()
            fraction = digits()
        }
        guard whole + fraction > 0 else { return nil }
        if let e = rest.first, e == "e" || e == "E" {
            rest.removeFirst()
            if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
            guard digits() > 0 else { return nil }
        }
        guard rest.isEmpty else { return nil }
        let number = Double(text.hasSuffix(".") ? String(text.dropLast()) : text.replacing(".e", with: "e"))
        return number.flatMap { $0.isFinite ? $0 : nil }
    }
}

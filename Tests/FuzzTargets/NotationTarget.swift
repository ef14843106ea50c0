import Diagnostics
import Documents
import Values

extension FuzzTarget {
    /// What stands between braces, in claims and in their titles. Behind 1E stands the claim's title.
    static let notation = FuzzTarget(
        name: "notation",
        seeds: [
            "a.b[3].c[\"d e\"] | interval +,.2f", "p", ".3g", "+.1%", ",", "e", ".20f", "interval", "a | p",
            "+3.2%", "\u{2212}0.40", "1 200", ".03 pp", "1,234,567.89", "1.2e-5", "-1e400", "Q3 12%",
            "0.5\u{1E}within 2%",
            "1\u{1E}p < .05", "a\u{1E}excludes 0", "2%\u{1E}within 0.1pp", "3\u{1E}\u{2265} 2",
        ],
        words: [
            " | ", "interval ", ".2f", "+", ",", "\u{2009}", "\u{202F}", "\u{2212}", "[\"", "\"]", "[0]", ".", "%",
            " pp",
            "e-5", "within ", "> ", "<= ", "includes ", "p < ", "9999999999999999999", "\\\"", "\u{1E}",
        ]
    ) { bytes in
        let parts = parts(bytes)
        for text in parts {
            try checkReference(text)
            try checkFormat(text, number: number(bytes))
            try checkNumbers(text, number: number(bytes))
        }
        let title = parts.count > 1 ? " \"\(parts[1])\"" : ""
        let text = "---\ntitle: T\n---\n[\(parts[0])](#a.b\(title)) `{\(parts[0])}`\n"
        try ReadDocument.check(SourceFile(path: "a.md", text: text))
    }

    /// The last eight bytes as a number, so that bytes choose it, too.
    private static func number(_ bytes: [UInt8]) -> Double {
        Double(bitPattern: bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    private static func checkReference(_ text: String) throws(Broken) {
        if let path = ResultPath(parsing: text) {
            try expect(ResultPath(parsing: path.description) == path, "\(path) is read as another path")
        }
        guard case .success(let reference) = Reference.parse("{\(text)}") else { return }
        let written = "{\(reference.path)" + (reference.format.map { " | \($0)" } ?? "") + "}"
        try expect(
            Reference.parse(written) == .success(reference), "\(written), written of \(text), is read as another one")
    }

    private static func checkFormat(_ text: String, number: Double) throws(Broken) {
        guard let format = NumberFormat(parsing: text) else { return }
        try expect(NumberFormat(parsing: format.description) == format, "\(format) is read as another format")
        let shown = format.text(number)
        try expect(!shown.isEmpty && shown == format.text(number), "\(number) has one text")
        guard number.isFinite, format.style == .fixed || format.style == .percent else { return }
        let found = WrittenNumber.all(in: shown)
        try expect(found.count == 1, "\(shown), of \(number) by \(format), is one number")
        try expect(found[0].number.isRounding(of: number), "\(shown) is what \(number) rounds to by \(format)")
    }

    private static func checkNumbers(_ text: String, number: Double) throws(Broken) {
        let count = text.utf8.count
        var end = 0
        for (written, range) in WrittenNumber.all(in: text) {
            try expect(
                range.lowerBound >= end && range.upperBound <= count && !range.isEmpty,
                "numbers stand one behind another in '\(text)'")
            end = range.upperBound
            let shown = String(decoding: Array(text.utf8)[range], as: UTF8.self)
            try expect(!written.value.isNaN, "'\(shown)' is a number")
            if written.value.isFinite, abs(written.value) > 1e-300 {
                try expect(written.text(written.value).utf8.count < 1000, "'\(shown)' is written at length")
            }
            guard number.isFinite, abs(number) < 1e15, written.places < 30, written.exponent == 0, written.unit == .one
            else { continue }
            let rewritten = WrittenNumber.all(in: written.text(number))
            try expect(
                rewritten.count == 1 && rewritten[0].number.isRounding(of: number),
                "\(number), written as '\(shown)' is, is '\(written.text(number))', which is not its rounding")
        }
    }
}

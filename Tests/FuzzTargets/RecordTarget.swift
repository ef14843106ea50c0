import Diagnostics
import Documents
import Execution
import PresentationSupport
import Values

extension FuzzTarget {
    /// An entry of the cache, as its bytes or as JSON of the same value: what a figure and what a directive made. What reads
    /// is written and reads again the same.
    static let record = FuzzTarget(
        name: "record",
        seeds: SampleFigures.all.map { KeptRecords.value(of: $0.figure).compactJSON }
            + SampleFigures.all.prefix(3).map { stepSeed(KeptRecords.value(of: $0.figure)) } + [stepSeed(.null)],
        words: [
            "\"values\":", "\"table\":", "\"figure\":", "\"rows\":", "\"columns\":", "\"sources\":", "\"nan\"",
            "\"inf\"",
            "\"-inf\"", "null", "true", "[[", "]]", "1e300", "-1", "\"points\"", "\"intervals\"", "\"cells\"",
            "\"line\"",
            "\"bars\"", "\"density\"", "\"half-eye\"", "\"band-x\"", "\"dots\"", "\"category\"", "\"warning\"",
        ]
    ) { bytes in
        guard let value = Value(binary: bytes) ?? json(bytes), let directive = kept else { return }
        if let figure = KeptRecords.rewritten(figure: value) {
            try expectSame(figure, KeptRecords.rewritten(figure: figure), "a figure")
        }
        if let step = KeptRecords.rewritten(step: value, of: directive) {
            try expectSame(step, KeptRecords.rewritten(step: step, of: directive), "what a directive made")
        }
    }

    /// Compared by bytes: a NaN is not itself.
    private static func expectSame(_ value: Value, _ again: Value?, _ what: String) throws(Broken) {
        try expect(again?.binary == value.binary, "\(what) reads back as another")
    }

    private static func json(_ bytes: [UInt8]) -> Value? {
        (try? JSONReader.read(SourceFile(path: "record", text: String(decoding: bytes, as: UTF8.self))))?.value
    }

    private static let kept: Directive? = {
        let source = SourceFile(path: "a.md", text: "---\ntitle: T\n---\n\n```data\nid: d\nsource: d.csv\n```\n")
        return ReadDocument(source).document?.directives.first
    }()

    /// Of a directive with everything that one may have made beside a figure; its diagnostic stands in its text.
    private static func stepSeed(_ figure: Value) -> String {
        let digest = kept.map { KeptRecords.digest(of: $0) } ?? ""
        var record: Object = [
            "values": ["a": ["estimate": 1.5, "interval": [1, .null]]], "assumptions": ["A."], "warnings": ["W."],
            "sources": [["d.csv", 12, "00ff"]], "text": .string(digest), "columns": ["x"],
            "diagnostics": [[501, "bad-data", "warning", "M", [0, 4], [["N", .null]], [["F", [1, 2], "r"]]]],
            "table": [
                "columns": [["T", "left"], ["N", "decimal"]],
                "rows": [[["a", [1, ".2f", "d.rows"]], true, false], [[.null, ["x", "", .null]], false, true]],
            ],
        ]
        if figure != .null { record["figure"] = figure }
        return Value.object(record).compactJSON
    }
}

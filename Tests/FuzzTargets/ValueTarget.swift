import Foundation
import Values

extension FuzzTarget {
    /// Bytes of a value as caches hold it; and, as text, what JSON makes of a string.
    static let value = FuzzTarget(
        name: "value",
        seeds: [
            Value.object(["a": [1, 2.5, -0.0], "b": ["x", .null, true], "c": ["d": "\u{E9}\u{0}\u{1F600}\u{7F}"]]),
            [[1, 2, 3], [], [4], ["x", 1]], "text", 1e-300,
        ].map { String(decoding: $0.binary.filter { $0 < 0x80 }, as: UTF8.self) },
        words: ["\u{6}", "\u{5}\u{1}", "\u{4}", "\u{7}\u{2}", "\u{3}"]
    ) { bytes in
        if let value = Value(binary: bytes) { try check(value) }
        // The same bytes as an array's tail, and as a text.
        try check(.string(String(decoding: bytes, as: UTF8.self)))
        try check(.object([String(decoding: bytes, as: UTF8.self): .list([.string("a"), .null])]))
        if bytes.count >= 8 {
            try check(Value(Double(bitPattern: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })))
        }
    }

    private static func check(_ value: Value) throws(Broken) {
        let binary = value.binary
        // Compared by bytes: a NaN is not itself.
        try expect(Value(binary: binary)?.binary == binary, "a value reads back the same")
        for json in [value.canonicalJSON, value.indentedJSON, value.compactJSON] {
            try expect(isJSON(json), "not JSON: \(json)")
        }
        if case .number(let number) = value, number.isFinite {
            try expect(Double(value.canonicalJSON) == number, "\(number) is written as \(value.canonicalJSON)")
        }
    }
}

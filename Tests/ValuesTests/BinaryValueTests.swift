import Testing
import Values

@Suite struct BinaryValueTests {
    static let value: Value = [
        "text": "naïve ✓", "none": nil, "flags": [true, false], "numbers": [1, -0.0, 2.2250738585072014e-308, 0.1],
        "one": [2],
        "mixed": [1, "a", [], [:]], "deep": [[[["x": [1, 2]]]]],
    ]

    @Test func readsBackToTheBit() throws {
        let read = try #require(Value(binary: Self.value.binary))
        #expect(read == Self.value)
        #expect(read.binary == Self.value.binary)
        #expect(read["numbers"]?.list?[1].number?.sign == .minus)
        #expect(read.object?.keys == Self.value.object?.keys)
    }

    /// No bytes crash the reader: every truncation and every flipped bit is another value or none.
    @Test func spoiltBytesAreNoFault() {
        let bytes = Self.value.binary
        for count in 0..<bytes.count { #expect(Value(binary: bytes.prefix(count)) == nil) }
        #expect(Value(binary: bytes + [0]) == nil)
        for index in bytes.indices {
            for bit in 0..<8 {
                var spoilt = bytes
                spoilt[index] ^= 1 << UInt8(bit)
                _ = Value(binary: spoilt)
            }
        }
        #expect(Value(binary: Array(repeating: 5, count: 10_000)) == nil)
        #expect(Value(binary: (0..<100_000).flatMap { _ in [UInt8(5), 1] }) == nil)
    }
}

/// Texts by number, in the order in which they first came, looked up by their bytes.
package struct NameCodes: Sendable {
    package private(set) var names: [String] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Numbers by hash, -1 where there is none; a power of two, at most half of it taken.
    private var table = [Int32](repeating: -1, count: 16)
    private var last = 0

    package init(_ names: [String] = []) {
        for name in names { Array(name.utf8).withUnsafeBufferPointer { _ = code(of: $0) } }
    }

    /// A text's number, a new one where it is new; nil where it is not UTF-8.
    package mutating func code(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        // Rows of one name often follow one another.
        if last < ends.count, isEqual(last, text) { return last }
        var place = NameCodes.place(of: text, among: table.count)
        while table[place] >= 0 {
            last = Int(table[place])
            if isEqual(last, text) { return last }
            place = (place + 1) & (table.count - 1)
        }
        guard let name = text.validText else { return nil }
        last = ends.count
        table[place] = Int32(last)
        names.append(name)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        if 2 * ends.count > table.count { grow() }
        return last
    }

    private func range(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

    private func isEqual(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = range(code)
        guard range.count == text.count else { return false }
        var index = 0
        while index < text.count, bytes[range.lowerBound + index] == text[index] { index += 1 }
        return index == text.count
    }

    private mutating func grow() {
        var larger = [Int32](repeating: -1, count: 4 * table.count)
        bytes.withUnsafeBufferPointer { bytes in
            for code in ends.indices {
                var place = NameCodes.place(of: UnsafeBufferPointer(rebasing: bytes[range(code)]), among: larger.count)
                while larger[place] >= 0 { place = (place + 1) & (larger.count - 1) }
                larger[place] = Int32(code)
            }
        }
        table = larger
    }

    /// FNV-1a, spread.
    private static func place(of text: UnsafeBufferPointer<UInt8>, among count: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32) & (count - 1)
    }
}

/// Entries as a tile holds them: each behind its length in two bytes, the higher first (C2SP tlog-tiles).
package enum EntryBundle {
    /// The longest entry that a bundle takes.
    package static let entryLimit = 65_535

    /// - Parameter leaves: Each of at most `entryLimit` bytes.
    package static func bytes(of leaves: some Sequence<[UInt8]>) -> [UInt8] {
        var out: [UInt8] = []
        for leaf in leaves {
            out.append(UInt8(leaf.count >> 8))
            out.append(UInt8(leaf.count & 0xFF))
            out += leaf
        }
        return out
    }

    /// Where each entry's bytes stand, up to where no more can be told: there an entry is cut off by the end.
    package static func ranges(in bytes: [UInt8]) -> (ranges: [Range<Int>], isWhole: Bool) {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            guard index + 2 <= bytes.count else { return (ranges, false) }
            let end = index + 2 + Int(bytes[index]) << 8 + Int(bytes[index + 1])
            guard end <= bytes.count else { return (ranges, false) }
            ranges.append(index + 2..<end)
            index = end
        }
        return (ranges, true)
    }

    /// The entries; nil where there are not as many as there must be, or where the bytes end elsewhere.
    package static func leaves(in bytes: [UInt8], count: Int) -> [[UInt8]]? {
        let (ranges, isWhole) = ranges(in: bytes)
        return isWhole && ranges.count == count ? ranges.map { Array(bytes[$0]) } : nil
    }
}

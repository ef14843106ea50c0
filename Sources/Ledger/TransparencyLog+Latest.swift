import Values

/// The last entries of reports.
extension TransparencyLog {
    package struct Numbered: Sendable, Hashable {
        package var index: Int
        package var entry: LedgerEntry

        package init(index: Int, entry: LedgerEntry) {
            self.index = index
            self.entry = entry
        }
    }

    /// The last entry of a report; nil where it has none.
    package func latest(report: String) throws(LedgerError) -> Numbered? { try latest(reports: [report])[report] }

    /// The last entry of each report that has one.
    ///
    /// Bundles are looked through from the newest for the member's bytes, and what has them is read: reports that were
    /// built not long ago are found at once, and ten thousand entries are passed in the time of reading their files.
    package func latest(reports: [String]) throws(LedgerError) -> [String: Numbered] {
        var found: [String: Numbered] = [:]
        var missing = Set(reports)
        let size = try size
        var row = (size + Tile.fullWidth - 1) / Tile.fullWidth
        while row > 0, !missing.isEmpty {
            row -= 1
            let tile = Tile.holding(row * Tile.fullWidth, of: size, .entries)
            let bytes = try bundleBytes(tile)
            let ranges = EntryBundle.ranges(in: bytes).ranges
            for report in missing.sorted() {
                let word = ByteSearch(Array("\"report\":\(Value.string(report).canonicalJSON)".utf8))
                guard let last = try last(report, word, in: bytes, ranges, tile) else { continue }
                found[report] = last
                missing.remove(report)
            }
        }
        return found
    }

    private func last(
        _ report: String, _ word: ByteSearch, in bytes: [UInt8], _ ranges: [Range<Int>], _ tile: Tile
    ) throws(LedgerError) -> Numbered? {
        guard word.isFound(in: bytes[...]) else { return nil }
        for (offset, range) in ranges.prefix(tile.width).enumerated().reversed() where word.isFound(in: bytes[range]) {
            let index = tile.range.lowerBound + offset
            let entry = try entry(Array(bytes[range]), index)
            // A parameter may have the same name.
            if entry.report == report { return Numbered(index: index, entry: entry) }
        }
        return nil
    }
}

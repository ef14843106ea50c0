import Ledger
import Testing

@Suite struct TileTests {
    /// The examples of C2SP tlog-tiles.
    @Test func pathsAreThoseOfTheSpecification() {
        #expect(Tile(.hashes(level: 0), index: 1_234_067).path == "tile/0/x001/x234/067")
        #expect(Tile(.entries, index: 0, width: 17).path == "tile/entries/000.p/17")
        let tiles = Tile.all(of: 70_000)
        func count(_ level: Int) -> (full: Int, partial: [Int]) {
            let row = tiles.filter { $0.content == .hashes(level: level) }
            return (row.count(where: \.isFull), row.filter { !$0.isFull }.map(\.width))
        }
        #expect(count(0) == (273, [112]))
        #expect(count(1) == (1, [17]))
        #expect(count(2) == (0, [1]))
        #expect(Tile.all(of: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"])
        #expect(Tile.all(of: 0).isEmpty)
    }

    @Test func pathsReadBackAndInNoOtherForm() {
        for tile in Tile.all(of: 70_000) + [Tile(.hashes(level: 63), index: 123_456_789, width: 255)] {
            #expect(Tile(path: tile.path) == tile)
        }
        for path in [
            "tile/0/0", "tile/0/x000/000", "tile/00/000", "tile/64/000", "tile/0/000.p/0", "tile/0/000.p/256",
            "tile/0/000.p/017", "tile/0/000.p", "tile/entry/000", "tile/0/+12", "tile/0/../000", "tile/0/x1/000",
            "tile//000", "/tile/0/000", "tile/0/000/", "tile/-1/000", "tile/0/0000",
        ] { #expect(Tile(path: path) == nil, "\(path)") }
    }

    @Test func bundlesReadBack() {
        let leaves: [[UInt8]] = [[], [1], Array(repeating: 7, count: EntryBundle.entryLimit)]
        let bytes = EntryBundle.bytes(of: leaves)
        #expect(EntryBundle.leaves(in: bytes, count: 3) == leaves)
        #expect(EntryBundle.leaves(in: bytes, count: 2) == nil)
        #expect(EntryBundle.leaves(in: Array(bytes.dropLast()), count: 3) == nil)
        #expect(EntryBundle.leaves(in: bytes + [0], count: 3) == nil)
    }
}

/// A file of a tiled log (C2SP tlog-tiles): up to 256 hashes of a level of the tree, or the entries themselves.
package struct Tile: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// Hashes of 256^level leaves each.
        case hashes(level: Int)
        case entries
    }

    /// How many hashes or entries a full one has.
    package static let fullWidth = 256

    package var content: Content
    /// Which of its level, from the left.
    package var index: Int
    /// How many hashes or entries it has, from 1.
    package var width: Int

    package init(_ content: Content, index: Int, width: Int = fullWidth) {
        self.content = content
        self.index = index
        self.width = width
    }

    package var isFull: Bool { width == Tile.fullWidth }

    /// The numbers of its hashes in their level, or of its entries.
    package var range: Range<Int> { index * Tile.fullWidth..<index * Tile.fullWidth + width }

    /// Where it lies in the trail: `tile/0/x001/x234/067`, with `.p/17` behind it where it is partial.
    package var path: String {
        let folder: String
        switch content {
        case .entries: folder = "tile/entries/"
        case .hashes(let level): folder = "tile/\(level)/"
        }
        var digits = String(index)
        digits = String(repeating: "0", count: (3 - digits.count % 3) % 3) + digits
        var parts: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            parts.append(rest.prefix(3))
            rest = rest.dropFirst(3)
        }
        let name = parts.dropLast().map { "x\($0)/" }.joined() + (parts.last ?? "")
        return folder + name + (isFull ? "" : ".p/\(width)")
    }

    /// The tile of a path; nil where none would lie there.
    package init?(path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard parts.popFirst() == "tile", let kind = parts.popFirst(), var last = parts.popLast() else { return nil }
        content = .entries
        if kind != "entries" {
            guard let level = Int(kind), (0...63).contains(level) else { return nil }
            content = .hashes(level: level)
        }
        width = Tile.fullWidth
        if parts.last?.hasSuffix(".p") == true, let name = parts.popLast() {
            guard let number = Int(last), (1..<Tile.fullWidth).contains(number) else { return nil }
            width = number
            last = name.dropLast(2)
        }
        var digits = ""
        for part in parts {
            guard part.hasPrefix("x"), part.count == 4 else { return nil }
            digits += part.dropFirst()
        }
        guard last.count == 3, digits.count <= 12, let number = Int(digits + last), number >= 0 else { return nil }
        index = number
        // Signs, zeroes too many and the like are written in another way.
        guard self.path == path else { return nil }
    }

    /// All of a log of a size, levels from the leaves up, then the entries; each from the left.
    package static func all(of size: Int) -> [Tile] {
        var tiles: [Tile] = []
        var level = 0
        while level < 8, size >> (8 * level) > 0 {
            tiles += row(.hashes(level: level), count: size >> (8 * level))
            level += 1
        }
        return tiles + row(.entries, count: size)
    }

    private static func row(_ content: Content, count: Int) -> [Tile] {
        let full = (0..<count / fullWidth).map { Tile(content, index: $0) }
        return count % fullWidth == 0
            ? full : full + [Tile(content, index: count / fullWidth, width: count % fullWidth)]
    }

    /// The tile that holds a number of a row of `count`.
    static func holding(_ number: Int, of count: Int, _ content: Content) -> Tile {
        let index = number / fullWidth
        return Tile(content, index: index, width: min(fullWidth, count - index * fullWidth))
    }
}

/// 0..<count cut into ranges of equal size, the last perhaps shorter; the cuts do not depend on the machine.
package struct Chunks: Sendable, RandomAccessCollection {
    package let total: Int
    package let size: Int

    /// - Parameters:
    ///   - total: How many items there are.
    ///   - size: How many stand in a chunk, at least 1.
    package init(of total: Int, size: Int) {
        self.total = Swift.max(0, total)
        self.size = Swift.max(1, size)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { (total + size - 1) / size }
    package subscript(position: Int) -> Range<Int> { position * size..<Swift.min((position + 1) * size, total) }
}

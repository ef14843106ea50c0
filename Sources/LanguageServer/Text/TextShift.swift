import Diagnostics

/// How places of a text move when it is edited: what stands before or behind all that changed keeps its place in it.
struct TextShift {
    private let before: SourceFile
    private let after: SourceFile
    /// Bytes that both texts share at their beginning and at their end.
    private let head: Int
    private let tail: Int

    init(from before: SourceFile, to after: SourceFile) {
        self.before = before
        self.after = after
        let (a, b) = (before.utf8, after.utf8)
        let shorter = min(a.count, b.count)
        var head = 0
        while head < shorter, a[head] == b[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
        (self.head, self.tail) = (head, tail)
    }

    /// The range in the new text; nil where an edit touched it.
    func callAsFunction(_ range: SourceRange) -> SourceRange? {
        if range.upper <= head { return SourceRange(file: after, lower: range.lower, upper: range.upper) }
        guard range.lower >= before.utf8.count - tail else { return nil }
        let distance = after.utf8.count - before.utf8.count
        return SourceRange(file: after, lower: range.lower + distance, upper: range.upper + distance)
    }
}

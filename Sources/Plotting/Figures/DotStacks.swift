import Results

/// Where the dots of a dot plot stand: values that are nearer than a dot's diameter share a stack at their middle
/// (Wilkinson 1999, "Dot plots", The American Statistician 53).
struct DotStacks {
    /// For each mark of the panel that is dots, the place of each of its points: x, and how many dots stand below.
    private(set) var places: [Int: [(x: Double, below: Int)]] = [:]
    let diameter: Double
    /// Of the tallest stack.
    let height: Double

    /// The tallest stacks of a panel of dots, and of dots above a row.
    private static let tallest = (alone: 240.0, row: 30.0)

    /// nil where the panel has no dots.
    init?(_ panel: FigureModel.Panel, x: any PositionScale) {
        var rows: [(row: Int?, dots: [Dot])] = []
        for (mark, content) in panel.marks.enumerated() {
            guard case .dots(let points, let row, _) = content else { continue }
            let own = points.enumerated().map { Dot(mark: mark, index: $0, x: x.clamped($1.x)) }
            if let index = rows.firstIndex(where: { $0.row == row }) {
                rows[index].dots += own
            } else {
                rows.append((row, own))
            }
        }
        guard !rows.isEmpty else { return nil }
        // The largest dots of which no stack is too tall; below two units they would not be seen.
        let sizes: [Double] = [10, 9, 8, 7, 6, 5, 4, 3, 2.5, 2]
        var diameter = 2.0
        for size in sizes {
            diameter = size
            let isLow = rows.allSatisfy { row, dots in
                Double(DotStacks.stacked(dots, size).map(\.below).max() ?? 0) * size + size
                    <= (row == nil ? DotStacks.tallest.alone : DotStacks.tallest.row)
            }
            if isLow { break }
        }
        var tallest = 0
        for (_, dots) in rows {
            for dot in DotStacks.stacked(dots, diameter) {
                places[dot.mark, default: []].append((dot.x, dot.below))
                tallest = max(tallest, dot.below)
            }
        }
        self.diameter = diameter
        height = Double(tallest + 1) * diameter
    }

    private struct Dot {
        var mark: Int
        var index: Int
        var x: Double
        var below = 0
    }

    /// The dots in the order of their marks and points, each with its stack's middle and its height there.
    private static func stacked(_ dots: [Dot], _ diameter: Double) -> [Dot] {
        let sorted = dots.sorted { ($0.x, $0.mark, $0.index) < ($1.x, $1.mark, $1.index) }
        var done: [Dot] = []
        var start = 0
        while start < sorted.count {
            var end = start
            while end + 1 < sorted.count, sorted[end + 1].x - sorted[start].x < diameter { end += 1 }
            let middle = (sorted[start].x + sorted[end].x) / 2
            // Dots of one series stand on each other.
            let stack = sorted[start...end].sorted { ($0.mark, $0.x, $0.index) < ($1.mark, $1.x, $1.index) }
            for (below, dot) in stack.enumerated() {
                done.append(Dot(mark: dot.mark, index: dot.index, x: middle, below: below))
            }
            start = end + 1
        }
        return done.sorted { ($0.mark, $0.index) < ($1.mark, $1.index) }
    }
}

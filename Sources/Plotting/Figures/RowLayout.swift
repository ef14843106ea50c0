import Results

/// The rows of a category axis: where each stands, and what room labels and annotations take.
///
/// In a wide figure labels stand left of the frame and annotations in columns right of it; in a narrow one both stand
/// above their interval, which then has the whole width. Many rows are thin in both, and as many are named as there is
/// room for; what sums them up, from the first diamond on, always is.
struct RowLayout: Sendable {
    var middles: [Double] = []
    /// Baselines of the groups' headings.
    var groups: [(text: String, baseline: Double)] = []
    let labels: [String]
    /// The text of each column; where columns are stacked, one.
    let annotations: [[String]]
    /// The same for what stands above the columns.
    let headings: [String]
    /// The right edges of the columns, from the right edge of all.
    let columnOffsets: [Double]
    /// Rows that have their label and annotations beside them.
    let named: [Bool]
    let labelWidth: Double
    let annotationWidth: Double
    let height: Double
    let isStacked: Bool
    /// The distance between rows is too small for symbols of the usual size.
    let isThin: Bool
    /// How far above its row's middle a label stands where it is stacked.
    let labelLift: Double

    /// A density or stacked dots above a row: where they stand below its middle, and how high they reach.
    static let eyeFoot = 9.0
    static let eyeHeight = 30.0

    /// More rows than this are thin.
    static let roomy = 60
    /// What the line of a name takes.
    private static let lineHeight = 14.0

    init(_ panel: FigureModel.Panel, width: Double, top: Double, isCompact: Bool) {
        let categories = panel.y.categories
        let isDense = categories.count > RowLayout.roomy
        let isNarrow = isCompact || width < 420
        isStacked = isNarrow && !isDense
        isThin = isDense
        let hidesAnnotations = isNarrow && isDense
        let table = RowLayout.columns(panel.y, isStacked: isStacked)
        annotations = table.rows
        headings = hidesAnnotations ? [] : table.headings
        let widths = hidesAnnotations ? [] : table.widths
        let annotated = widths.reduce(0, +) + Double(max(0, widths.count - 1)) * 14
        columnOffsets = widths.indices.map { column in
            widths[(column + 1)...].reduce(0) { $0 + $1 + 14 }
        }
        let limit = isStacked ? width - (annotated > 0 ? annotated + 16 : 0) : width * 0.36
        labels = categories.map { shortened($0.label, to: limit) }
        labelWidth = isStacked ? 10 : (labels.map { textWidth($0) }.max() ?? 0) + 14
        annotationWidth = isStacked ? 10 : annotated > 0 ? annotated + 16 : 12
        let depth = RowLayout.depth(panel)
        let isTall = RowLayout.isTall(panel)
        let pitch =
            (isTall ? (isStacked ? 62 : 46) : isStacked ? 33 : categories.count > 45 ? 17 : 21) + Double(depth - 1) * 9
        labelLift = isTall || RowLayout.barDepth(panel) > 1 ? 12 + (pitch - 33) / 2 : 12
        let thinPitch = max(2.4, min(RowLayout.lineHeight, 1100 / Double(categories.count))) * (depth > 1 ? 1.6 : 1)
        let summary = RowLayout.summaryRow(panel)
        // What stands beside a vertical rule stands above the rows.
        let hasRuleLabel = panel.marks.contains {
            if case .ruleX(_, let label, _) = $0 { !label.isEmpty } else { false }
        }
        var y = top + (hasRuleLabel ? 16 : 4)
        for (index, category) in categories.enumerated() {
            if let group = category.group {
                if !middles.isEmpty { y += 6 }
                groups.append((shortened(group, to: width / 1.16), y + 14))
                y += 21
            }
            let own = isDense ? index < summary ? thinPitch : 21 : pitch
            middles.append(isStacked ? y + 16 + (own - 16) / 2 : y + own / 2)
            y += own
        }
        height = y + 4 - top
        named = isDense ? RowLayout.named(middles, before: summary) : middles.map { _ in true }
    }

    /// Whether something stands up from the rows.
    private static func isTall(_ panel: FigureModel.Panel) -> Bool {
        panel.marks.contains { mark in
            switch mark {
            case .halfEye, .dots: true
            default: false
            }
        }
    }

    /// How many series of intervals or of bars share a row at the most: they stand under each other.
    static func depth(_ panel: FigureModel.Panel) -> Int {
        max(1, barDepth(panel), intervalDepth(panel))
    }

    private static func barDepth(_ panel: FigureModel.Panel) -> Int {
        panel.marks.count { if case .bar(_, .x, false, _) = $0 { true } else { false } }
    }

    private static func intervalDepth(_ panel: FigureModel.Panel) -> Int {
        var counts: [Int: Int] = [:]
        for case .intervals(let intervals, _) in panel.marks {
            for row in Set(intervals.map(\.row)) { counts[row, default: 0] += 1 }
        }
        return max(1, counts.values.max() ?? 1)
    }

    /// How far below its row's middle the `index`-th series of intervals stands.
    static func offset(_ index: Int, of depth: Int, isThin: Bool) -> Double {
        (Double(index) - Double(depth - 1) / 2) * (isThin ? 3 : 9)
    }

    /// The first row that holds a diamond.
    private static func summaryRow(_ panel: FigureModel.Panel) -> Int {
        panel.marks.compactMap { if case .diamond(let row, _, _, _, _) = $0 { row } else { nil } }.min()
            ?? panel.y.categories.count
    }

    /// The first row and the last, those between that keep a line's distance from both, and all from `summary` on.
    private static func named(_ middles: [Double], before summary: Int) -> [Bool] {
        var named = middles.map { _ in false }
        guard summary > 0, let end = middles.prefix(summary).last else { return middles.map { _ in true } }
        var last = -Double.infinity
        for index in middles.indices {
            let isEnd = index >= summary - 1
            guard isEnd || (middles[index] - last >= lineHeight - 0.01 && end - middles[index] >= lineHeight - 0.01)
            else { continue }
            named[index] = true
            last = middles[index]
        }
        return named
    }

    /// The annotations as columns, each as wide as its widest text; one column where they stand above their interval.
    private static func columns(
        _ axis: FigureModel.Axis, isStacked: Bool
    ) -> (rows: [[String]], headings: [String], widths: [Double]) {
        let count = max(axis.headings.count, axis.categories.map(\.annotations.count).max() ?? 0)
        func padded(_ texts: [String]) -> [String] {
            guard isStacked else { return texts + [String](repeating: "", count: count - texts.count) }
            let joined = texts.filter { !$0.isEmpty }.joined(separator: " · ")
            return count > 0 ? [joined] : []
        }
        let rows = axis.categories.map { padded($0.annotations) }
        let headings = axis.headings.isEmpty ? [] : padded(axis.headings)
        let all = headings.isEmpty ? rows : rows + [headings]
        let widths = (0..<(isStacked ? min(1, count) : count)).map { column in
            all.map { textWidth($0[column], size: TextSize.tick) }.max() ?? 0
        }
        return (rows, headings, widths)
    }
}

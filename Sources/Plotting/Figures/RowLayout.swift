import Results

/// The rows of a category axis: where each stands, and what room labels and annotations take.
///
/// In a wide figure labels stand left of the frame and annotations right of it; in a narrow one both stand above their
/// interval, which then has the whole width.
struct RowLayout: Sendable {
    var middles: [Double] = []
    /// Baselines of the groups' headings.
    var groups: [(text: String, baseline: Double)] = []
    let labels: [String]
    let annotations: [String]
    let labelWidth: Double
    let annotationWidth: Double
    let height: Double
    let isStacked: Bool

    init(_ panel: FigureModel.Panel, width: Double, top: Double, isCompact: Bool) {
        let categories = panel.y.categories
        isStacked = isCompact || width < 420
        let annotationTexts = categories.map { $0.annotation ?? "" }
        let annotated = annotationTexts.map { textWidth($0, size: TextSize.tick) }.max() ?? 0
        let limit = isStacked ? width - (annotated > 0 ? annotated + 16 : 0) : width * 0.36
        labels = categories.map { shortened($0.label, to: limit) }
        annotations = annotationTexts
        labelWidth = isStacked ? 10 : (labels.map { textWidth($0) }.max() ?? 0) + 14
        annotationWidth = isStacked ? 10 : annotated > 0 ? annotated + 16 : 12
        let depth = RowLayout.depth(panel)
        let pitch = (isStacked ? 33 : categories.count > 45 ? 17 : 21) + Double(depth - 1) * 9
        var y = top + 4
        for category in categories {
            if let group = category.group {
                if !middles.isEmpty { y += 6 }
                groups.append((group, y + 14))
                y += 21
            }
            middles.append(isStacked ? y + 16 + (pitch - 16) / 2 : y + pitch / 2)
            y += pitch
        }
        height = y + 4 - top
    }

    /// How many series of intervals share a row at the most: they stand under each other.
    static func depth(_ panel: FigureModel.Panel) -> Int {
        var counts: [Int: Int] = [:]
        for case .intervals(let intervals, _) in panel.marks {
            for row in Set(intervals.map(\.row)) { counts[row, default: 0] += 1 }
        }
        return max(1, counts.values.max() ?? 1)
    }

    /// How far below its row's middle the `index`-th series of intervals stands.
    static func offset(_ index: Int, of depth: Int) -> Double {
        (Double(index) - Double(depth - 1) / 2) * 9
    }
}

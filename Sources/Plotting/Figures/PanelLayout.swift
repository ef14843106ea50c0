import Results

/// Where a panel's frame, scales, ticks and names stand.
struct PanelLayout {
    /// The place that the figure gives to a panel.
    struct Slot {
        var left: Double
        var top: Double
        var width: Double
        var isCompact: Bool
        var isAlone: Bool
        var showsXTitle: Bool
        var showsYTitle: Bool
        /// How many lines the longest of the figure's panel titles takes; all panels keep room for them.
        var titleLines: Int
        /// What stands at the ends of lines in any panel; all panels keep room for it, so that their frames are alike.
        var endNames: [String]

        var titleHeight: Double { titleLines == 0 ? 0 : Double(titleLines) * 15 + 5 }
    }

    let panel: FigureModel.Panel
    let slot: Slot
    let frame: Frame
    /// Where densities stand on their axis; strips of intervals lie between it and the frame's bottom.
    let baseline: Double
    let x: any PositionScale
    let y: any PositionScale
    let xTicks: [Tick]
    let yTicks: [Tick]
    let rows: RowLayout?
    let cells: CellLayout?
    let labels: PanelLabels
    let pointCount: Int
    let outsideCount: Int
    /// The lowest edge of everything in the panel.
    let bottom: Double

    var xText: TickText { TickText(format: panel.x.format) }
    var yText: TickText { TickText(format: panel.y.format) }
    var titleBaseline: Double { slot.top + 13 }
    var yTitleBaseline: Double { slot.top + slot.titleHeight + 13 }
    var showsYTitle: Bool { slot.showsYTitle && !panel.y.title.isEmpty }
    var showsXTitle: Bool { slot.showsXTitle && !panel.x.title.isEmpty }

    static let stripHeight = 11.0

    init(
        _ panel: FigureModel.Panel, in slot: Slot, domain: (x: ClosedRange<Double>, y: ClosedRange<Double>),
        namesInPlace: Bool, styles: SeriesStyles
    ) {
        self.panel = panel
        self.slot = slot
        cells = nil
        let header =
            slot.titleHeight
            + (panel.y.title.isEmpty && panel.y.headings.isEmpty ? 6 : panel.y.scale == .category ? 21 : 27)
        let top = slot.top + header
        let rows =
            panel.y.scale == .category
            ? RowLayout(panel, width: slot.width, top: top + 2, isCompact: slot.isCompact) : nil
        self.rows = rows

        // Margins, as wide as what stands in them.
        let endWidth = (slot.endNames.map { textWidth($0) }.max() ?? -10) + 10
        let xText = TickText(format: panel.x.format)
        let yText = TickText(format: panel.y.format)
        var height = PanelLayout.frameHeight(panel, slot: slot)
        let yCounts = panel.isSquare ? [6, 7] : [6, PanelLayout.yTickCount(height)]
        let yProbe = yCounts.flatMap { PanelLayout.yTicks(panel.y, domain.y, atMost: $0) }
        let yTickWidth = yProbe.map { textWidth(yText.text($0), size: TextSize.tick) }.max() ?? 0
        let leftMargin =
            rows?.labelWidth ?? (panel.y.scale == .hidden ? 4 : yTickWidth + 9)
        // Half of the last tick's text may stand right of the frame.
        let xProbe = panel.x.scale == .log ? logTicks(in: domain.x, atMost: 6) : linearTicks(in: domain.x, atMost: 6)
        let xTickWidth = xProbe.map { textWidth(xText.text($0), size: TextSize.tick) }.max() ?? 0
        let rightMargin = max(endWidth, rows?.annotationWidth ?? 0, 12, xTickWidth / 2 + 1)
        let left = slot.left + leftMargin
        var right = slot.left + slot.width - rightMargin
        if panel.isSquare, rows == nil {
            let side = min(right - left, slot.isAlone && !slot.isCompact ? 430 : right - left)
            height = side
            right = left + side
        }
        let strips = PanelLayout.stripCount(panel)
        let stripZone = strips > 0 ? Double(strips) * PanelLayout.stripHeight + 5 : 0
        if let rows { height = rows.height + 2 }
        let frame = Frame(left: left, top: top, right: right, bottom: top + height + stripZone)
        self.frame = frame
        baseline = top + height

        // Scales and ticks.
        let x = PanelLayout.scale(panel.x, domain.x, from: left, to: right)
        self.x = x
        if let rows {
            y = RowScale(middles: rows.middles)
            yTicks = []
        } else {
            let isDown = panel.y.isReversed
            y = PanelLayout.scale(
                panel.y, domain.y, from: isDown ? top : baseline, to: isDown ? baseline : top)
            yTicks =
                panel.y.scale == .hidden
                ? [] : PanelLayout.yTicks(panel.y, domain.y, atMost: PanelLayout.yTickCount(height))
        }
        xTicks = PanelLayout.xTicks(panel.x, domain.x, scale: x, text: xText, width: right - left)

        // Names.
        var labels = PanelLabels()
        if namesInPlace {
            let ends = PanelLayout.ends(panel, x: x, y: y, frame: frame, styles: styles)
            if ends.contains(where: { frame.right - $0.place.x > 36 }) { labels.isCrowded = true }
            if endWidth > slot.width * 0.36 { labels.isCrowded = true }
            labels.placeAtEnds(ends, x: frame.right + 8, top: frame.top, bottom: baseline)
            let peaks = PanelLayout.peaks(panel, x: x, y: y, styles: styles)
            labels.placeAtPeaks(peaks, in: frame)
            let obstacles = PanelLayout.obstacles(panel, x: x, y: y, frame: frame)
            labels.placeAround(
                PanelLayout.outlines(panel, x: x, y: y, styles: styles), obstacles, in: frame)
        } else {
            let rules = PanelLayout.ruleEnds(panel, y: y, frame: frame, styles: styles)
            labels.placeAtEnds(rules, x: frame.right + 8, top: frame.top, bottom: baseline)
        }
        for case .ruleX(let value, let text, let series) in panel.marks where !text.isEmpty && x.contains(value) {
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            labels.placeAtRule(text, style: style, x: x.position(value), in: frame)
        }
        let callouts = PanelLayout.callouts(panel, x: x, y: y, styles: styles)
        if !callouts.isEmpty {
            labels.placeBeside(
                callouts, PanelLayout.obstacles(panel, x: x, y: y, frame: frame), in: frame)
        }
        self.labels = labels

        // What the frame leaves out.
        var pointCount = 0
        var outsideCount = 0
        for mark in panel.marks {
            switch mark {
            case .points(let points, _), .hollow(let points, _):
                pointCount += points.count
                for point in points where !x.contains(point.x) || !y.contains(point.y) { outsideCount += 1 }
            case .cloud(let xs, let ys, _):
                pointCount += xs.count
                for (a, b) in zip(xs, ys) where !x.contains(a) || !y.contains(b) { outsideCount += 1 }
            default: break
            }
        }
        self.pointCount = pointCount
        self.outsideCount = outsideCount
        bottom =
            frame.bottom + 20 + (slot.showsXTitle && !panel.x.title.isEmpty ? 19 : 0) + (outsideCount > 0 ? 17 : 0)
    }

    private static func frameHeight(_ panel: FigureModel.Panel, slot: Slot) -> Double {
        let isDensity = panel.marks.contains { if case .density = $0 { true } else { false } }
        if panel.marks.contains(where: { if case .bars = $0 { true } else { false } }), !slot.isAlone {
            return max(64, slot.width * 0.42)
        }
        if panel.marks.contains(where: { if case .trace(_, _, let series) = $0 { !series.isMuted } else { false } }) {
            return slot.isAlone ? 210 : 130
        }
        if isDensity { return slot.isAlone ? (slot.isCompact ? 150 : 190) : 104 }
        return slot.isAlone ? (slot.isCompact ? 210 : 290) : max(150, slot.width * 0.55)
    }

    private static func yTickCount(_ height: Double) -> Int { max(2, min(7, Int(height / 34))) }

    private static func yTicks(_ axis: FigureModel.Axis, _ domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
        axis.scale == .log ? logTicks(in: domain, atMost: count) : linearTicks(in: domain, atMost: count)
    }

    private static func scale(
        _ axis: FigureModel.Axis, _ domain: ClosedRange<Double>, from start: Double, to end: Double
    ) -> any PositionScale {
        axis.scale == .log && domain.lowerBound > 0
            ? LogScale(domain: domain, start: start, end: end) : LinearScale(domain: domain, start: start, end: end)
    }

    /// As many ticks as there is room for between their texts, seven at the most.
    private static func xTicks(
        _ axis: FigureModel.Axis, _ domain: ClosedRange<Double>, scale: any PositionScale, text: TickText, width: Double
    ) -> [Tick] {
        guard axis.scale != .hidden else { return [] }
        for count in stride(from: width > 300 ? 7 : 5, through: 2, by: -1) {
            let ticks =
                axis.scale == .log ? logTicks(in: domain, atMost: count) : linearTicks(in: domain, atMost: count)
            let fits = zip(ticks, ticks.dropFirst()).allSatisfy { a, b in
                let half =
                    (textWidth(text.text(a), size: TextSize.tick) + textWidth(text.text(b), size: TextSize.tick)) / 2
                return (scale.position(b.value) - scale.position(a.value)).magnitude > half + 14
            }
            if fits { return ticks }
        }
        return linearTicks(in: domain, atMost: 2)
    }
}

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
    /// The names under bands.
    let bands: BandNames?
    /// Where stacked dots stand.
    let stacks: DotStacks?
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
        let yProbe = yCounts.flatMap { PanelLayout.ticks(panel.y, domain.y, atMost: $0) }
        let yTickWidth = yProbe.map { textWidth(yText.text($0), size: TextSize.tick) }.max() ?? 0
        let leftMargin =
            rows?.labelWidth ?? (panel.y.scale == .hidden ? 4 : yTickWidth + 9)
        // Half of the last tick's text may stand right of the frame.
        let xProbe = PanelLayout.ticks(panel.x, domain.x, atMost: 6)
        let xTickWidth = xProbe.map { textWidth(xText.text($0), size: TextSize.tick) }.max() ?? 0
        let rightMargin = max(endWidth, rows?.annotationWidth ?? 0, 12, xTickWidth / 2 + 1)
        let left = slot.left + leftMargin
        var right = slot.left + slot.width - rightMargin
        if panel.isSquare, rows == nil {
            let side = min(right - left, slot.isAlone && !slot.isCompact ? 430 : right - left)
            height = side
            right = left + side
        }
        let x = PanelLayout.scale(panel.x, domain.x, from: left, to: right)
        self.x = x
        let stacks = DotStacks(panel, x: x)
        self.stacks = stacks
        if panel.y.scale == .hidden, !PanelLayout.hasDensity(panel) {
            // What is told of rules and bands stands above the dots.
            height = max((stacks?.height ?? 0) + 8, 40) + PanelLayout.headLines(panel) * PanelLabels.lineHeight
        }
        let strips = PanelLayout.stripCount(panel)
        let stripZone = strips > 0 ? Double(strips) * PanelLayout.stripHeight + 5 : 0
        if let rows { height = rows.height + 2 }
        let frame = Frame(left: left, top: top, right: right, bottom: top + height + stripZone)
        self.frame = frame
        baseline = top + height

        // Scales and ticks.
        bands = panel.x.scale == .category ? BandNames(panel.x, x: x, left: slot.left) : nil
        if let rows {
            y = RowScale(middles: rows.middles)
            yTicks = []
        } else {
            let isDown = panel.y.isReversed
            y = PanelLayout.scale(
                panel.y, domain.y, from: isDown ? top : baseline, to: isDown ? baseline : top)
            yTicks =
                panel.y.scale == .hidden
                ? [] : PanelLayout.ticks(panel.y, domain.y, atMost: PanelLayout.yTickCount(height))
        }
        xTicks = PanelLayout.xTicks(panel.x, domain.x, scale: x, text: xText, width: right - left)

        // Names.
        var labels = PanelLabels()
        if namesInPlace {
            let rules = PanelLayout.ruleEnds(panel, y: y, frame: frame, styles: styles)
                .filter { !PanelLayout.isLong($0.text, slot.width) }
            let ends = PanelLayout.ends(panel, x: x, y: y, frame: frame, styles: styles) + rules
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
                .filter { !PanelLayout.isLong($0.text, slot.width) }
            labels.placeAtEnds(rules, x: frame.right + 8, top: frame.top, bottom: baseline)
        }
        for case .ruleX(let value, let text, let series) in panel.marks where !text.isEmpty && x.contains(value) {
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            labels.placeAtRule(text, style: style, x: x.position(value), in: frame)
        }
        for case .bandX(let range, let text, let series) in panel.marks where !text.isEmpty {
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            labels.placeInBand(
                text, style: style, from: x.clamped(range.lowerBound), to: x.clamped(range.upperBound), in: frame)
        }
        let obstacles = PanelLayout.obstacles(panel, x: x, y: y, frame: frame)
        for end in PanelLayout.innerEnds(panel, slot: slot, y: y, frame: frame, styles: styles) {
            labels.placeAbove(end, obstacles, in: frame)
        }
        labels.placeTexts(PanelLayout.texts(panel, x: x, y: y, styles: styles), obstacles, in: frame)
        let callouts = PanelLayout.callouts(panel, x: x, y: y, styles: styles)
        if !callouts.isEmpty {
            labels.placeBeside(callouts, obstacles, in: frame)
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
            frame.bottom + (bands?.height ?? 20) + (slot.showsXTitle && !panel.x.title.isEmpty ? 19 : 0)
            + (outsideCount > 0 ? 17 : 0)
    }

    private static func frameHeight(_ panel: FigureModel.Panel, slot: Slot) -> Double {
        let isDensity = hasDensity(panel)
        if panel.marks.contains(where: { if case .bars = $0 { true } else { false } }), !slot.isAlone {
            return max(64, slot.width * 0.42)
        }
        if panel.marks.contains(where: { if case .trace(_, _, let series) = $0 { !series.isMuted } else { false } }) {
            return slot.isAlone ? 210 : 130
        }
        if isDensity { return slot.isAlone ? (slot.isCompact ? 150 : 190) : 104 }
        return slot.isAlone ? (slot.isCompact ? 210 : 290) : max(150, slot.width * 0.55)
    }

    private static func hasDensity(_ panel: FigureModel.Panel) -> Bool {
        panel.marks.contains { if case .density = $0 { true } else { false } }
    }

    /// How many lines the names of vertical rules and bands take at the most.
    private static func headLines(_ panel: FigureModel.Panel) -> Double {
        let named = panel.marks.count { mark in
            switch mark {
            case .ruleX(_, let label, _), .bandX(_, let label, _): !label.isEmpty
            default: false
            }
        }
        return Double(min(4, named))
    }

    private static func yTickCount(_ height: Double) -> Int { max(2, min(7, Int(height / 34))) }
}

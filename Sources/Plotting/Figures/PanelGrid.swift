import Results

/// The panels of a figure in columns, small multiples sharing their scales.
struct PanelGrid {
    let model: FigureModel
    let width: Double
    let isCompact: Bool
    let columns: Int
    private let domains: [(x: ClosedRange<Double>, y: ClosedRange<Double>)]

    private static let gap = 26.0

    init(_ model: FigureModel, width: Double, isCompact: Bool) {
        self.model = model
        self.width = width
        self.isCompact = isCompact
        columns = max(1, min(isCompact ? model.compactColumns : model.columns, model.panels.count, 4))
        domains = PanelGrid.domains(of: model.panels)
    }

    func panels(top: Double, naming: Naming, styles: SeriesStyles, inPlace: Bool) -> [PanelLayout] {
        let panelWidth = (width - PanelGrid.gap * Double(columns - 1)) / Double(columns)
        var layouts: [PanelLayout] = []
        var rowTop = top
        for (index, panel) in model.panels.enumerated() {
            let column = index % columns
            if column == 0, index > 0 { rowTop = (layouts.suffix(columns).map(\.bottom).max() ?? rowTop) + 18 }
            let isLastOfColumn = index + columns >= model.panels.count
            let slot = PanelLayout.Slot(
                left: Double(column) * (panelWidth + PanelGrid.gap), top: rowTop, width: panelWidth,
                isCompact: isCompact, isAlone: model.panels.count == 1,
                showsXTitle: isLastOfColumn || !sharesTitle(\.x.title),
                showsYTitle: column == 0 || !sharesTitle(\.y.title), titleLines: titleLines(panelWidth),
                endNames: model.panels.flatMap { PanelLayout.endNames($0, withLines: inPlace, width: panelWidth) })
            layouts.append(
                panel.hasCells
                    ? PanelLayout(cells: panel, in: slot)
                    : PanelLayout(panel, in: slot, domain: domains[index], namesInPlace: inPlace, styles: styles))
        }
        return layouts
    }

    private func titleLines(_ width: Double) -> Int {
        model.panels.compactMap(\.title).map { wrapped($0, to: width, isBold: true).count }.max() ?? 0
    }

    private func sharesTitle(_ title: KeyPath<FigureModel.Panel, String>) -> Bool {
        guard let first = model.panels.first else { return true }
        return model.panels.allSatisfy { $0[keyPath: title] == first[keyPath: title] }
    }

    /// The domain of each panel; axes with the same title and no limits of their own share one.
    private static func domains(
        of panels: [FigureModel.Panel]
    ) -> [(x: ClosedRange<Double>, y: ClosedRange<Double>)] {
        let extents = panels.map(PanelExtent.init)
        func shared(_ axis: KeyPath<FigureModel.Panel, FigureModel.Axis>, _ extent: KeyPath<PanelExtent, Extent>)
            -> [ClosedRange<Double>]
        {
            panels.indices.map { index in
                let own = panels[index][keyPath: axis]
                if let fixed = own.domain { return fixed }
                var joint = extents[index][keyPath: extent]
                for other in panels.indices
                where !own.isFree && panels[other][keyPath: axis].title == own.title
                    && panels[other][keyPath: axis].domain == nil && panels[other][keyPath: axis].scale == own.scale
                {
                    joint.add(extents[other][keyPath: extent])
                }
                switch own.scale {
                case .log: return joint.paddedByRatio(isRun(panels[index]) && axis == \.x ? 1 : 1.15)
                case .hidden: return min(0, joint.isEmpty ? 0 : joint.lower)...(joint.isEmpty ? 1 : joint.upper * 1.16)
                case .category: return BandScale(count: own.categories.count, start: 0, end: 1).domain
                case .symlog: return joint.padded(isRun(panels[index]) && axis == \.x ? 0 : 0.1)
                case .time: return joint.padded(isRun(panels[index]) && axis == \.x ? 0 : 0.03)
                case .linear:
                    let padded = joint.padded(isRun(panels[index]) && axis == \.x ? 0 : 0.045)
                    return isGrounded(panels[index], axis == \.x ? .x : .y) ? joint.grounded(padded) : padded
                }
            }
        }
        let xs = shared(\.x, \.x)
        let ys = shared(\.y, \.y)
        return panels.indices.map { squared(panels[$0], xs[$0], ys[$0]) }
    }

    /// Lines and ribbons alone run from edge to edge, so that names stand at their ends.
    private static func isRun(_ panel: FigureModel.Panel) -> Bool {
        var runs = false
        for mark in panel.marks {
            switch mark {
            case .line, .trace, .ribbon, .area: runs = true
            case .ruleX, .ruleY, .bandX, .bandY: break
            default: return false
            }
        }
        return runs
    }

    /// Bars and areas stand on the frame where nothing lies beyond zero.
    private static func isGrounded(_ panel: FigureModel.Panel, _ direction: FigureModel.Direction) -> Bool {
        panel.marks.contains { mark in
            switch mark {
            case .bar(_, let own, _, _): own == direction
            case .area: direction == .y
            default: false
            }
        }
    }

    /// In a square plot a slope of one stands at 45° where the two ranges are of one order.
    private static func squared(
        _ panel: FigureModel.Panel, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
    ) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
        guard panel.isSquare, panel.x.domain == nil, panel.y.domain == nil, panel.x.scale == .linear,
            panel.y.scale == .linear
        else { return (x, y) }
        let widths = [x.upperBound - x.lowerBound, y.upperBound - y.lowerBound]
        guard let small = widths.min(), let large = widths.max(), large <= 2.5 * small else { return (x, y) }
        let both = min(x.lowerBound, y.lowerBound)...max(x.upperBound, y.upperBound)
        return (both, both)
    }
}

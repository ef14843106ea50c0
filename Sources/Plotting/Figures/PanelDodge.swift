import Results

/// Where bars and intervals of several series stand that share a place.
extension PanelLayout {
    /// How far from its place the mark at `index` stands, and how thick a bar of it is.
    func dodge(_ index: Int) -> (offset: Double, thickness: Double) {
        let mates = PanelLayout.mates(panel, of: index)
        let count = max(1, mates.count)
        let place = mates.firstIndex(of: index) ?? 0
        if let rows, PanelLayout.direction(panel.marks[index]) == .x {
            let thickness = rows.isThin ? 2.0 : count == 1 ? 13 : 8
            return (RowLayout.offset(place, of: count, isThin: rows.isThin), thickness)
        }
        let step = room(index)
        let isBar = if case .bar = panel.marks[index] { true } else { false }
        let each = isBar ? min(46, step * 0.74 / Double(count)) : min(11, step * 0.7 / Double(count))
        let offset = (Double(place) - Double(count - 1) / 2) * each
        return (offset, isBar ? max(1, each - (count > 1 ? 2 : 0)) : each)
    }

    /// The least distance between two places of a mark along its places' axis.
    private func room(_ index: Int) -> Double {
        if let bands = x as? BandScale, PanelLayout.direction(panel.marks[index]) == .y { return bands.step }
        var places: [Double] = []
        for case .bar(let spans, let direction, _, _) in panel.marks {
            places += spans.map { direction == .y ? x.position($0.at) : y.position($0.at) }
        }
        for case .spans(let spans, let direction, _) in panel.marks {
            places += spans.map { direction == .y ? x.position($0.at) : y.position($0.at) }
        }
        places.sort()
        let gaps = zip(places, places.dropFirst()).map { $1 - $0 }.filter { $0 > 0.5 }
        return gaps.min() ?? 40
    }

    private static func direction(_ mark: FigureModel.Mark) -> FigureModel.Direction? {
        switch mark {
        case .bar(_, let direction, _, _), .spans(_, let direction, _): direction
        default: nil
        }
    }

    /// The marks of the same sort that stand beside each other.
    private static func mates(_ panel: FigureModel.Panel, of index: Int) -> [Int] {
        func sort(_ mark: FigureModel.Mark) -> String? {
            switch mark {
            case .bar(_, let direction, false, _): "bar" + direction.rawValue
            case .spans(_, let direction, _): "spans" + direction.rawValue
            default: nil
            }
        }
        guard let own = sort(panel.marks[index]) else { return [index] }
        return panel.marks.indices.filter { sort(panel.marks[$0]) == own }
    }
}

extension FigureModel.Panel {
    /// A heat map has a layout of its own.
    var hasCells: Bool { marks.contains { if case .cells = $0 { true } else { false } } }
}

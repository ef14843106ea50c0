import Documents
import Results

/// The numbers that a figure draws as a table: which columns it takes to tell them, and each row in them.
///
/// For readers who do not see the figure, and as a file for those who want to draw it themselves.
struct FigureData {
    /// Things are told by words first, then by where they are.
    enum Column: Hashable {
        case panel, mark, series, label
        /// A place along an axis.
        case place(Axis)
        /// Both ends of an interval there, and of the one inside it.
        case ends(Axis)
        case inner(Axis)
        case measure(FigureRow.Measure)
    }

    enum Axis: Hashable, CaseIterable { case x, y }

    let model: FigureModel
    /// With the number of the panel that each is in.
    let rows: [(panel: Int, row: FigureRow)]
    /// Those in which some row has something.
    let columns: [Column]

    init(_ model: FigureModel) {
        self.model = model
        var rows: [(panel: Int, row: FigureRow)] = []
        for (index, panel) in model.panels.enumerated() { rows += panel.rows.map { (index, $0) } }
        self.rows = rows
        var columns: [Column] = model.panels.count > 1 ? [.panel] : []
        if Set(rows.map(\.row.mark)).count > 1 { columns.append(.mark) }
        if rows.contains(where: { !$0.row.series.isEmpty }) { columns.append(.series) }
        if rows.contains(where: { !$0.row.label.isEmpty }) { columns.append(.label) }
        // What names a row stands before its numbers.
        let byName: (Axis) -> Bool = { axis in model.panels.contains { $0.axis(axis).scale == .category } }
        let axes = [Axis.y, .x].filter(byName) + Axis.allCases.filter { !byName($0) }
        for axis in axes {
            if rows.contains(where: { $0.row.place(axis).value != nil }) { columns.append(.place(axis)) }
            if rows.contains(where: { $0.row.place(axis).ends != nil }) { columns.append(.ends(axis)) }
            if rows.contains(where: { $0.row.place(axis).inner != nil }) { columns.append(.inner(axis)) }
        }
        for measure in FigureRow.Measure.allCases where rows.contains(where: { $0.row.measures[measure] != nil }) {
            columns.append(.measure(measure))
        }
        self.columns = columns
    }

    /// Rows by their numbers: of each curve at most so many places from end to end, of any other mark the first ones.
    func thinned(curves: Int, marks: Int = .max) -> [Int] {
        var kept: [Int] = []
        var start = 0
        while start < rows.count {
            let (panel, first) = rows[start]
            let end =
                rows[start...].firstIndex { other, row in
                    other != panel || row.mark != first.mark || row.series != first.series
                        || row.isOnCurve != first.isOnCurve
                } ?? rows.count
            let count = end - start
            if first.isOnCurve, count > curves, curves > 1 {
                kept += (0..<curves).map { start + $0 * (count - 1) / (curves - 1) }
            } else {
                kept += start..<(start + min(count, first.isOnCurve ? count : marks))
            }
            start = end
        }
        return kept
    }

    /// The heading of a column.
    func title(_ column: Column) -> String {
        switch column {
        case .panel: "Panel"
        case .mark: "What"
        case .series: "Series"
        case .label: "Name"
        case .place(let axis), .ends(let axis), .inner(let axis): title(axis)
        case .measure(let measure): title(measure)
        }
    }

    /// The axis as it is titled, where all panels agree.
    private func title(_ axis: Axis) -> String {
        let titles = Set(model.panels.map { $0.axis(axis).title })
        if titles.count == 1, let title = titles.first, !title.isEmpty { return title }
        if model.panels.allSatisfy({ $0.axis(axis).scale == .category }) { return axis == .x ? "Column" : "Row" }
        return axis == .x ? "x" : "y"
    }

    private func title(_ measure: FigureRow.Measure) -> String {
        let own: String? =
            switch measure {
            case .value:
                model.panels.lazy.compactMap { panel in
                    panel.colours?.title
                        ?? panel.marks.lazy.compactMap {
                            if case .cells(_, let scale) = $0 { scale.title } else { nil }
                        }
                        .first
                }.first
            case .size: model.panels.lazy.compactMap(\.sizes?.title).first
            default: nil
            }
        if let own, !own.isEmpty { return own }
        return measure.rawValue.prefix(1).uppercased() + measure.rawValue.dropFirst()
    }

    /// The text of a cell in a column of words; nil where the column holds numbers.
    func words(_ panel: Int, _ row: FigureRow, _ column: Column) -> String? {
        switch column {
        case .panel: return model.panels[panel].title ?? "\(panel + 1)"
        case .mark: return row.mark
        case .series: return row.series
        case .label: return row.label
        case .place(let axis):
            let along = model.panels[panel].axis(axis)
            guard along.scale == .category else { return nil }
            guard let index = row.place(axis).value.flatMap({ Int(exactly: $0) }),
                along.categories.indices.contains(index)
            else { return "" }
            return along.categories[index].label
        case .ends, .inner, .measure: return nil
        }
    }

    /// The numbers of a cell: none, one, or both ends.
    func numbers(_ row: FigureRow, _ column: Column) -> [Double] {
        switch column {
        case .panel, .mark, .series, .label: []
        case .place(let axis): row.place(axis).value.map { [$0] } ?? []
        case .ends(let axis): row.place(axis).ends.map { [$0.lower, $0.upper] } ?? []
        case .inner(let axis): row.place(axis).inner.map { [$0.lower, $0.upper] } ?? []
        case .measure(let measure): row.measures[measure].map { [$0] } ?? []
        }
    }

    /// Whether the column's numbers are times.
    func isTime(_ column: Column, _ panel: Int) -> Bool {
        switch column {
        case .place(let axis), .ends(let axis), .inner(let axis): model.panels[panel].axis(axis).scale == .time
        default: false
        }
    }
}

extension FigureRow {
    func place(_ axis: FigureData.Axis) -> Place { axis == .x ? x : y }
}

extension FigureModel.Panel {
    func axis(_ axis: FigureData.Axis) -> FigureModel.Axis { axis == .x ? x : y }
}

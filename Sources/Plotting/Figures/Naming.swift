import Results

/// Which series of a figure need their names told, and how they are drawn.
struct Naming {
    /// How a series is drawn, for its sample in a key.
    struct Entry {
        var series: FigureModel.Series
        var label: String
        var hasLine = false
        var hasArea = false
        var hasBlock = false
        var hasSymbol = false
        var isHollow = false
        var hasOutline = false
    }

    /// Those that take a style of their own, in order of appearance.
    private(set) var allNames: [String] = []
    private var lines: [Entry] = []
    private var points: [Entry] = []
    private var outlines: [Entry] = []
    private var hasDifferingLabels = false
    private let isTold: Bool
    /// A line of one name stands in several panels.
    private var isRepeated = false
    private let panelCount: Int

    init(_ model: FigureModel) {
        panelCount = model.panels.count
        isTold = model.prefersKey
        var earlier: [String] = []
        for panel in model.panels {
            for mark in panel.marks { add(mark) }
            let names = PanelLayout.lineNames(panel)
            if names.contains(where: earlier.contains) { isRepeated = true }
            earlier += names
        }
    }

    private mutating func add(_ mark: FigureModel.Mark) {
        switch mark {
        case .line(_, _, let series), .trace(_, _, let series), .slope(_, _, let series):
            note(series, isLine: true) { $0.hasLine = true }
        case .bars(_, _, let series):
            note(series, isLine: false) { $0.hasArea = true }
        case .bar(_, _, _, let series):
            note(series, isLine: false) { $0.hasBlock = true }
        case .area(_, _, _, let series):
            note(series, isLine: true) {
                $0.hasLine = true
                $0.hasArea = true
            }
        case .halfEye(_, _, _, _, _, _, let series):
            note(series, isLine: false) {
                $0.hasArea = true
                $0.hasSymbol = true
            }
        case .ribbon(_, _, _, _, let series): note(series, isLine: true) { $0.hasArea = true }
        case .density(_, _, _, _, _, let series):
            note(series, isLine: true) {
                $0.hasLine = true
                $0.hasArea = true
            }
        case .points(_, let series), .intervals(_, let series), .cloud(_, _, let series), .spans(_, _, let series),
            .dots(_, _, let series):
            note(series, isLine: false) { $0.hasSymbol = true }
        case .hollow(_, let series): note(series, isLine: false) { $0.isHollow = true }
        case .ellipse(_, let series):
            noteName(series)
            outlines.append(Entry(series: series, label: series.label, hasOutline: true))
        case .cells, .texts: break
        case .diamond(_, _, _, _, let series), .ruleX(_, _, let series), .ruleY(_, _, let series),
            .bandX(_, _, let series), .bandY(_, _, let series):
            noteName(series)
        }
    }

    private mutating func noteName(_ series: FigureModel.Series) {
        if !series.isMuted, !allNames.contains(series.name) { allNames.append(series.name) }
    }

    private mutating func note(_ series: FigureModel.Series, isLine: Bool, _ change: (inout Entry) -> Void) {
        noteName(series)
        var list = isLine ? lines : points
        if let index = list.firstIndex(where: { $0.series.name == series.name }) {
            if list[index].series.label != series.label, !series.label.isEmpty, !list[index].label.isEmpty {
                hasDifferingLabels = true
                list[index].label = series.name
            }
            if list[index].label.isEmpty { list[index].label = series.label }
            change(&list[index])
        } else {
            var entry = Entry(series: series, label: series.label)
            change(&entry)
            list.append(entry)
        }
        if isLine { lines = list } else { points = list }
    }

    /// Small multiples with the same series in each are told once, above them.
    var prefersKey: Bool { isTold || panelCount > 1 && lines.count > 1 && isRepeated && !hasDifferingLabels }

    /// Points have no end to stand at: where there are several kinds, a key tells them.
    var pointEntries: [Entry] {
        let told = points.filter { point in !lines.contains { $0.series.name == point.series.name } }
        return points.count > 1 ? told.filter { !$0.label.isEmpty } : []
    }

    /// Everything, for a key that replaces the names in place.
    var keyEntries: [Entry] {
        var entries = lines
        for point in points where points.count > 1 || entries.contains(where: { $0.series.name == point.series.name }) {
            if let index = entries.firstIndex(where: { $0.series.name == point.series.name }) {
                entries[index].hasSymbol = entries[index].hasSymbol || point.hasSymbol
                entries[index].isHollow = entries[index].isHollow || point.isHollow
            } else {
                entries.append(point)
            }
        }
        entries = outlineEntries + entries
        return entries.count > 1 ? entries.filter { !$0.label.isEmpty } : []
    }

    /// Each outline once, however many panels it stands in; none that a line of its series names already ("JIVE 0.80").
    private var outlineEntries: [Entry] {
        var told: [Entry] = []
        for entry in outlines
        where !told.contains(where: { $0.series.name == entry.series.name && $0.label == entry.label })
            && !lines.contains(where: { $0.series.name == entry.series.name && $0.label.hasPrefix(entry.label + " ") })
        {
            told.append(entry)
        }
        return told
    }
}

import Results

/// The rules of marks that few figures have, for those that have them.
enum MarkStyle {
    static func rules(for figures: [FigureModel]) -> String {
        var hasTraces = false
        var hasClouds = false
        var hasBars = false
        var hasThinRows = false
        for panel in figures.flatMap(\.panels) {
            if panel.y.categories.count > RowLayout.roomy { hasThinRows = true }
            for mark in panel.marks {
                switch mark {
                case .trace: hasTraces = true
                case .cloud: hasClouds = true
                case .bars: hasBars = true
                default: break
                }
            }
        }
        return (hasTraces ? trace : "") + (hasClouds ? cloud : "") + (hasBars ? bars : "")
            + (hasThinRows ? thinRows : "")
    }

    private static let trace = ".plot .trace{fill:none;stroke:var(--c);stroke-linejoin:round}\n"
    private static let cloud =
        ".plot .cloud{fill:none;stroke:var(--c);stroke-width:4;stroke-linecap:round;stroke-opacity:.6}\n"
    private static let bars = ".plot .bars{fill:var(--c);fill-opacity:.6}\n"
    private static let thinRows = ".plot .hair{stroke:var(--c);stroke-opacity:.55}\n"
}

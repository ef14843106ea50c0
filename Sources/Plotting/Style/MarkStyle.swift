import Results

/// The rules of marks that few figures have, for those that have them.
enum MarkStyle {
    static func rules(for figures: [FigureModel]) -> String {
        var hasTraces = false
        var hasClouds = false
        var hasBars = false
        var hasThinRows = false
        var hasBlocks = false
        var hasRegions = false
        var hasEyes = false
        var hasBands = false
        for panel in figures.flatMap(\.panels) {
            if panel.y.categories.count > RowLayout.roomy { hasThinRows = true }
            if panel.x.scale == .category, !panel.hasCells { hasBands = true }
            for mark in panel.marks {
                switch mark {
                case .trace: hasTraces = true
                case .cloud: hasClouds = true
                case .bars: hasBars = true
                case .bar: hasBlocks = true
                case .bandX, .bandY: hasRegions = true
                case .halfEye: hasEyes = true
                default: break
                }
            }
        }
        return (hasTraces ? trace : "") + (hasClouds ? cloud : "") + (hasBars ? bars : "")
            + (hasThinRows ? thinRows : "") + (hasBlocks ? blocks : "") + (hasRegions ? regions : "")
            + (hasEyes ? eyes : "") + (hasBands ? bands : "") + (figures.contains(where: \.hasTones) ? tones : "")
            + (figures.contains { $0.panels.contains { $0.sizes != nil } } ? samples : "")
    }

    private static let trace = ".plot .trace{fill:none;stroke:var(--c);stroke-linejoin:round}\n"
    private static let cloud =
        ".plot .cloud{fill:none;stroke:var(--c);stroke-width:4;stroke-linecap:round;stroke-opacity:.6}\n"
    private static let bars = ".plot .bars{fill:var(--c);fill-opacity:.6}\n"
    private static let blocks = """
        .plot .block{fill:var(--c);fill-opacity:.5;stroke:var(--c);stroke-width:1.3}
        .plot .pt:hover .block,.plot .pt:focus .block{fill:var(--ink);fill-opacity:.7}

        """
    private static let regions = ".plot .region{fill:var(--c);fill-opacity:.13}\n"
    private static let eyes =
        ".plot .eye{fill-opacity:.32}\n.plot .pt:hover .eye,.plot .pt:focus .eye{fill-opacity:.6}\n"
    private static let samples = ".plot .sample{fill:none;stroke:var(--line);stroke-width:1.3}\n"
    private static let bands = ".plot .band{font-size:11.5px}\n"
    /// Points whose colour is a number: an outline keeps the palest from the paper.
    private static let tones = """
        .plot .toned{fill:var(--c,var(--paper));stroke:var(--ink);stroke-opacity:.7;stroke-width:.9}
        .plot .pt:hover .toned,.plot .pt:focus .toned{stroke-opacity:1;stroke-width:2}

        """
    private static let thinRows = ".plot .hair{stroke:var(--c);stroke-opacity:.55}\n"
}

extension FigureModel {
    /// Whether colours of points stand for numbers.
    var hasTones: Bool { panels.contains { $0.colours != nil } }
}

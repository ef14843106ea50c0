import Diagnostics
import Documents
import Results
import Values

/// What the colours of a free figure stand for: names make series, numbers of points and cells a scale.
struct FreeColours {
    let scale: FigureModel.ColourScale?
    /// The names of the series of each channel, in order of appearance in all rows.
    private var names: [ResultPath: [String]] = [:]

    init(_ layers: [FreeLayer], _ context: inout StepContext) throws(StepFailure) {
        let written = context.options["color-scale"]?.string
        var numbers: [Double] = []
        var title: String?
        for layer in layers {
            guard let path = try layer.path("color", &context) else {
                if layer.word == "cell" { _ = try layer.required("color", &context) }
                continue
            }
            let values = layer.rows.compactMap { $0[path] }.filter { $0 != .null }
            let own = values.compactMap(\.estimate)
            if FreeColours.takesScale(layer), written != "categorical" || layer.word == "cell" {
                if own.count == values.count, !own.isEmpty {
                    numbers += own
                    if title == nil { title = path.title }
                    continue
                }
                if layer.word == "cell" || written != nil {
                    throw context.fail(
                        .error(
                            .badFigure, "A colour scale is of numbers, and \(path) has others",
                            at: layer.node["color"]?.range ?? layer.node.range))
                }
            }
            var found = names[path] ?? []
            for value in values {
                if let name = KeyValues.text(value), !found.contains(name) { found.append(name) }
            }
            guard found.count <= FreeColours.most else {
                throw context.fail(
                    .error(
                        .badFigure,
                        "At most \(FreeColours.most) series can be told apart, and \(path) has "
                            + "\(found.count)", at: layer.node["color"]?.range ?? layer.node.range,
                        notes: [.init("`filter` chooses among them, `facet` gives each a panel")]))
            }
            names[path] = found
        }
        scale = try FreeColours.scale(numbers, title, &context)
    }

    /// More series than this no eye tells apart.
    private static let most = 12

    private static func takesScale(_ layer: FreeLayer) -> Bool { layer.word == "point" || layer.word == "cell" }

    /// The series of a layer with their rows, one where no colour tells several; nil where colours are a scale.
    func series(of path: ResultPath) -> [String]? { names[path] }

    private static func scale(
        _ numbers: [Double], _ title: String?, _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.ColourScale? {
        guard let lowest = numbers.min(), let highest = numbers.max() else { return nil }
        let written = context.options["color-scale"]?.string
        var middle = context.options["null"]?.number
        if middle == nil, written == "diverging" || (written == nil && lowest < 0 && highest > 0) { middle = 0 }
        if written == "sequential" { middle = nil }
        let domain = try ColourLimits.domain(lowest, highest, middle: middle, &context)
        return FigureModel.ColourScale(
            context.options["value-title"]?.string ?? title ?? "",
            format: context.options["value-format"]?.string ?? "", domain: domain, middle: middle)
    }
}

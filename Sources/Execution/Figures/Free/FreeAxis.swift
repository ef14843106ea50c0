import Diagnostics
import Documents
import Results
import Values

/// One axis of a free figure: its scale, and where a row's value stands on it.
struct FreeAxis {
    let scale: FigureModel.Axis.Scale
    /// What stands on a category axis, in order.
    let names: [String]
    let title: String
    private let format: NumberFormat?
    private let name: String

    /// - Parameters:
    ///   - layers: All marks of the figure, with all of their rows.
    ///   - isHidden: Nothing is told on the axis: the heights of dots.
    init(
        _ name: String, _ layers: [FreeLayer], isHidden: Bool = false, _ context: inout StepContext
    ) throws(StepFailure) {
        self.name = name
        format = context.options["\(name)-format"]?.string.flatMap { NumberFormat(parsing: $0) }
        var values: [Value] = []
        var needsNames = false
        var title: String?
        for layer in layers {
            if layer.word == "cell" || (layer.word == "half-eye" && name == "y") { needsNames = true }
            if layer.word == "half-eye", name == "x" { continue }
            let fallback = layer.word == "half-eye" && name == "y" ? ResultPath([.name("key")]) : nil
            guard let path = try layer.path(name, &context) ?? fallback else { continue }
            if title == nil { title = path.title }
            values += layer.rows.compactMap { row in row[path].flatMap { $0.estimate.map { .number($0) } ?? $0 } }
        }
        values = values.filter { $0 != .null && $0.list == nil && $0.object == nil }
        let areNumbers = values.allSatisfy { $0.number != nil }
        let areTimes = !values.isEmpty && values.allSatisfy { $0.string.flatMap(CalendarTime.seconds(parsing:)) != nil }
        switch context.options["\(name)-scale"]?.string {
        case "band": scale = .category
        case let written? where needsNames:
            throw context.fail(
                .error(
                    .badFigure, "Cells and half-eyes stand on names; their \(name) axis has no scale '\(written)'",
                    at: context.range(of: "\(name)-scale")))
        case "time":
            guard areTimes || areNumbers else {
                throw context.fail(
                    .error(
                        .badFigure, "A time axis has dates: 2026-03-01, or 2026-03-01T12:30",
                        at: context.range(of: "\(name)-scale"),
                        notes: FreeAxis.first(values) { CalendarTime.seconds(parsing: $0) == nil }))
            }
            scale = .time
        case let written?:
            guard areNumbers else {
                throw context.fail(
                    .error(
                        .badFigure, "A \(written) axis has numbers", at: context.range(of: "\(name)-scale"),
                        notes: FreeAxis.first(values) { _ in true }))
            }
            scale = FigureModel.Axis.Scale(rawValue: written) ?? .linear
        case nil:
            scale = isHidden ? .hidden : needsNames || !areNumbers && !areTimes ? .category : areTimes ? .time : .linear
        }
        self.title = title ?? ""
        names = scale == .category ? FreeAxis.names(values) : []
        guard names.count <= FreeAxis.most else {
            throw context.fail(
                .error(
                    .badFigure, "At most \(FreeAxis.most) names stand on an axis, and \(name) has \(names.count)",
                    at: context.range(of: "marks"), notes: [.init("`filter` chooses among the rows")]))
        }
        if scale == .log, let low = values.compactMap(\.number).min(), low <= 0 {
            throw context.fail(
                .error(
                    .badFigure, "A logarithmic axis has values above 0; here \(NumberFormat().text(low)) is on it",
                    at: context.range(of: "\(name)-scale"), notes: [.init("a symlog axis has them all")]))
        }
    }

    /// More names than this nobody reads.
    private static let most = 400

    private static func first(_ values: [Value], _ isBad: (String) -> Bool) -> [Diagnostic.Note] {
        values.lazy.compactMap(\.string).first(where: isBad).map { [.init("here stands “\($0)”")] } ?? []
    }

    /// Numbers ascend, names stand as they appear.
    private static func names(_ values: [Value]) -> [String] {
        var seen: Set<String> = []
        let sorted =
            values.allSatisfy { $0.number != nil } ? values.sorted { ($0.number ?? 0) < ($1.number ?? 0) } : values
        return sorted.compactMap { KeyValues.text($0) }.filter { seen.insert($0).inserted }
    }

    /// Where a value stands; nil where it stands nowhere.
    func position(_ value: Value?) -> Double? {
        guard let value else { return nil }
        switch scale {
        case .category:
            let plain = value.estimate.map { .number($0) } ?? value
            return KeyValues.text(plain).flatMap { names.firstIndex(of: $0) }.map(Double.init)
        case .time: return value.number ?? value.string.flatMap(CalendarTime.seconds(parsing:))
        default: return value.estimate
        }
    }

    /// A position in words, for what is told of a mark.
    func text(_ position: Double) -> String {
        switch scale {
        case .category:
            let index = Int(position.rounded())
            return names.indices.contains(index) ? label(names[index]) : ""
        case .time: return CalendarTime.text(position)
        default: return format?.text(position) ?? NumberText.told(position)
        }
    }

    private func label(_ name: String) -> String {
        if let number = Double(name), let format { return format.text(number) }
        return EstimatorNames.short(name)
    }

    /// The axis as it is drawn.
    func axis(_ options: PanelOptions, isFree: Bool) -> FigureModel.Axis {
        let isRows = scale == .category && name == "y"
        var axis = options.axis(
            name, title: isRows ? "" : title, scale: scale, categories: names.map { .init(label: label($0)) })
        axis.isFree = isFree
        return axis
    }
}

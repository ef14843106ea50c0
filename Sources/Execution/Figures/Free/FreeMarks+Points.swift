import Diagnostics
import Documents
import Results
import Values

/// Points, words, stacked dots and rules.
extension FreeMarks {
    /// More points than this have no labels of their own.
    private static let mostNamed = 2000
    /// More names than this find no room beside their points.
    private static let mostWords = 400

    /// The channel of names that stand in the figure.
    private func words(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> ResultPath? {
        guard let path = try layer.path("label", &context) else { return nil }
        guard layer.rows.count <= FreeMarks.mostWords else {
            throw context.fail(
                .error(
                    .badFigure, "At most \(FreeMarks.mostWords) names can stand in a figure, not \(layer.rows.count)",
                    at: layer.node["label"]?.range ?? layer.node.range,
                    notes: [.init("`filter` chooses among the rows; `title` is told when a point is pointed at")]))
        }
        return path
    }

    func points(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (xPath, yPath) = (try layer.required("x", &context), try layer.required("y", &context))
        let label = try words(layer, &context)
        let size = try layer.path("size", &context)
        let largest = try sizes(&context)?.largest ?? 0
        let color = try layer.path("color", &context)
        let hasScale = color.map { colours.series(of: $0) == nil } ?? false
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            let isCloud = group.rows.count > FreeMarks.mostNamed && size == nil && label == nil && !hasScale
            var points: [FigureModel.Point] = []
            for row in group.rows {
                guard let a = x.position(row[xPath]), let b = y.position(row[yPath]) else { continue }
                var point = FigureModel.Point(x: a, y: b)
                if !isCloud { point.label = try self.label(layer, row, &context) }
                if let label { point.callout = row[label].flatMap(FreeMarks.text) ?? "" }
                if let size, largest > 0 { point.size = (row[size]?.estimate ?? 0).magnitude / largest }
                if hasScale, let color {
                    guard let value = row[color]?.estimate else { continue }
                    point.value = value
                }
                points.append(point)
            }
            guard !points.isEmpty else { continue }
            marks.append(
                isCloud ? .cloud(x: points.map(\.x), y: points.map(\.y), group.series) : .points(points, group.series))
        }
        return marks
    }

    /// The largest magnitude over all rows of all marks: one area means the same in every panel. nil where no mark has sizes.
    func sizes(_ context: inout StepContext) throws(StepFailure) -> FigureModel.SizeScale? {
        var largest = 0.0
        var title: String?
        for layer in layers where layer.word == "point" {
            guard let path = try layer.path("size", &context) else { continue }
            largest = layer.rows.compactMap { $0[path]?.estimate?.magnitude }.reduce(largest, max)
            title = title ?? path.title
        }
        guard largest > 0 else { return nil }
        return .init(context.options["size-title"]?.string ?? title ?? "", largest: largest)
    }

    func texts(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (xPath, yPath) = (try layer.required("x", &context), try layer.required("y", &context))
        _ = try layer.required("label", &context)
        guard let label = try words(layer, &context) else { return [] }
        return try groups(layer, &context).compactMap { group in
            let points = group.rows.compactMap { row -> FigureModel.Point? in
                guard let a = x.position(row[xPath]), let b = y.position(row[yPath]),
                    let text = row[label].flatMap(FreeMarks.text), !text.isEmpty
                else { return nil }
                return FigureModel.Point(x: a, y: b, callout: text)
            }
            var series = group.series
            series.label = ""
            return points.isEmpty ? nil : .texts(points, series)
        }
    }

    func dots(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let xPath = try layer.required("x", &context)
        let yPath = try layer.path("y", &context)
        guard x.scale != .category, yPath == nil || y.scale == .category else {
            throw context.fail(
                .error(
                    .badFigure, "Stacked dots stand at numbers along x, and on the names of y where it is written",
                    at: layer.node.range))
        }
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            var rows: [(row: Int?, points: [FigureModel.Point])] = []
            for row in group.rows {
                guard let a = x.position(row[xPath]) else { continue }
                var place: Int?
                if let yPath {
                    guard let b = y.position(row[yPath]) else { continue }
                    place = Int(b)
                }
                let point = FigureModel.Point(x: a, y: 0, label: try label(layer, row, &context))
                if let index = rows.firstIndex(where: { $0.row == place }) {
                    rows[index].points.append(point)
                } else {
                    rows.append((place, [point]))
                }
            }
            marks += rows.map { .dots($0.points, row: $0.row, group.series) }
        }
        return marks
    }

    /// A rule across the figure for each row: at x, or at y.
    func rules(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (xPath, yPath) = (try layer.path("x", &context), try layer.path("y", &context))
        guard (xPath == nil) != (yPath == nil), let path = xPath ?? yPath else {
            throw context.fail(
                .error(.badFigure, "A rule stands at 'x' or at 'y', and runs across the figure", at: layer.node.range))
        }
        let label = try layer.path("label", &context)
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            for row in group.rows {
                guard let at = (xPath == nil ? y : x).position(row[path]) else { continue }
                let text = label.flatMap { row[$0].flatMap(FreeMarks.text) } ?? group.series.label
                marks.append(
                    xPath == nil ? .ruleY(at, label: text, group.series) : .ruleX(at, label: text, group.series))
            }
        }
        return marks
    }
}

import Diagnostics
import Documents
import Results
import Values

/// Half-eyes, ellipses and cells.
extension FreeMarks {
    func halfEyes(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let name = try layer.path("y", &context) ?? ResultPath([.name("key")])
        let densityNode = layer.node["density"]
        let path = try densityNode.map { (node) throws(StepFailure) in try layer.path(node, &context) } ?? "density"
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            for row in group.rows {
                guard let at = y.position(row[name]), let xs = row[path]?["x"]?.numbers,
                    let ys = row[path]?["y"]?.numbers, xs.count == ys.count
                else { continue }
                let drawn = DrawnDensity(model: group.series.name, parameter: "", x: xs, y: ys, value: row)
                let value = try layer.path("x", &context).flatMap { row[$0] } ?? row
                marks.append(
                    .halfEye(
                        row: Int(at), x: xs, y: ys, median: value.estimate, interval: row.closedInterval,
                        inner: drawn.inner, group.series))
            }
        }
        guard !marks.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "A half-eye needs rows with a density: `x` and `y`, as posteriors have",
                    at: layer.node.range,
                    notes: [.init("rows have: " + FreeRows.keys(of: layer.rows).prefix(20).joined(separator: ", "))]))
        }
        return marks
    }

    /// Ellipses of normal distributions: about (x, y), of a covariance or of deviations and a correlation.
    func ellipses(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (xPath, yPath) = (try layer.required("x", &context), try layer.required("y", &context))
        let matrix = try layer.path("covariance", &context)
        let deviations = (try layer.path("x-sd", &context), try layer.path("y-sd", &context))
        let correlation = try layer.path("correlation", &context)
        guard matrix != nil || (deviations.0 != nil && deviations.1 != nil) else {
            throw context.fail(
                .error(.badFigure, "An ellipse needs 'covariance', or 'x-sd' and 'y-sd'", at: layer.node.range))
        }
        let level = layer.node["level"]?.number ?? 0.95
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            for (index, row) in group.rows.enumerated() {
                guard let a = x.position(row[xPath]), let b = y.position(row[yPath]) else { continue }
                var entries: (Double, Double, Double)?
                if let rows = matrix.flatMap({ row[$0]?.list?.compactMap(\.numbers) }), rows.count == 2,
                    rows.allSatisfy({ $0.count == 2 })
                {
                    entries = (rows[0][0], (rows[0][1] + rows[1][0]) / 2, rows[1][1])
                } else if let first = deviations.0.flatMap({ row[$0]?.number }),
                    let second = deviations.1.flatMap({ row[$0]?.number })
                {
                    let rho = correlation.flatMap { row[$0]?.number } ?? 0
                    entries = (first * first, rho * first * second, second * second)
                }
                guard let entries, let made = CovarianceEllipses.ellipse(entries, centre: (a, b), level: level) else {
                    continue
                }
                var series = group.series
                if index > 0 { series.label = "" }
                marks.append(.ellipse(made, series))
            }
        }
        return marks
    }

    func cells(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (xPath, yPath) = (try layer.required("x", &context), try layer.required("y", &context))
        let color = try layer.required("color", &context)
        guard let scale = colours.scale else { return [] }
        let format =
            context.options["value-format"]?.string.flatMap { NumberFormat(parsing: $0) }
        var cells: [FigureModel.Cell] = []
        var seen: Set<[Int]> = []
        for row in layer.rows {
            guard let a = x.position(row[xPath]), let b = y.position(row[yPath]), let value = row[color]?.estimate
            else { continue }
            guard seen.insert([Int(a), Int(b)]).inserted else {
                throw context.fail(
                    .error(
                        .badFigure,
                        "Several rows stand in the cell \(x.text(a)), \(y.text(b)); `filter` or `facet` chooses",
                        at: layer.node.range))
            }
            let text = format?.text(value) ?? NumberText.short(value)
            cells.append(
                .init(
                    column: Int(a), row: Int(b), value: value, text: text,
                    label: layer.node["title"] == nil
                        ? "\(y.text(b)) × \(x.text(a)): \(text)" : try label(layer, row, &context)))
        }
        return cells.isEmpty ? [] : [.cells(cells, scale)]
    }
}

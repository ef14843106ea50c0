import Diagnostics
import Documents
import Results
import Values

/// Lines and areas over x.
extension FreeMarks {
    func lines(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let (xPath, yPath) = (try layer.required("x", &context), try layer.required("y", &context))
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            let places = sorted(group.rows) { row in
                guard let a = x.position(row[xPath]), let b = y.position(row[yPath]) else { return nil }
                return (a, [b])
            }
            try checkUnique(layer, places.map(\.x), x, group.series, &context)
            if places.count > 1 { marks.append(.line(x: places.map(\.x), y: places.map { $0.ys[0] }, group.series)) }
        }
        return marks
    }

    /// From `lower` to `upper` a ribbon; from zero, or from `lower`, to y an area with an edge.
    func areas(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        let xPath = try layer.required("x", &context)
        let lowerPath = try layer.path("lower", &context)
        let upperPath = try layer.path("upper", &context)
        if let upperPath {
            guard let lowerPath else {
                throw context.fail(
                    .error(
                        .badFigure, "An area from one edge to another needs both: 'lower' and 'upper'",
                        at: layer.node.range))
            }
            return try ribbons(layer, xPath, lowerPath, upperPath, &context)
        }
        let yPath = try layer.required("y", &context)
        if y.scale == .log, lowerPath == nil { throw context.fail(FreeMarks.noZero("An area", layer)) }
        let isStacked = layer.node["stack"]?.boolean ?? false
        var marks: [FigureModel.Mark] = []
        var below: [Double: Double] = [:]
        for group in try groups(layer, &context) {
            let places = sorted(group.rows) { row in
                guard let a = x.position(row[xPath]), let b = y.position(row[yPath]) else { return nil }
                let foot = lowerPath.map { y.position(row[$0]) ?? 0 } ?? 0
                return (a, [foot, b])
            }
            try checkUnique(layer, places.map(\.x), x, group.series, &context)
            guard places.count > 1 else { continue }
            let xs = places.map(\.x)
            let feet = places.map { isStacked ? below[$0.x] ?? 0 : $0.ys[0] }
            let tops = zip(places, feet).map { isStacked ? $1 + $0.ys[1] : $0.ys[1] }
            if isStacked { for (at, top) in zip(xs, tops) { below[at] = top } }
            marks.append(.area(x: xs, lower: feet, upper: tops, group.series))
        }
        return marks
    }

    private func ribbons(
        _ layer: FreeLayer, _ xPath: ResultPath, _ lower: ResultPath, _ upper: ResultPath,
        _ context: inout StepContext
    ) throws(StepFailure) -> [FigureModel.Mark] {
        var marks: [FigureModel.Mark] = []
        for group in try groups(layer, &context) {
            let places = sorted(group.rows) { row in
                guard let a = x.position(row[xPath]), let b = row[lower]?.number, let c = row[upper]?.number else {
                    return nil
                }
                return (a, [b, c])
            }
            try checkUnique(layer, places.map(\.x), x, group.series, &context)
            guard places.count > 1 else { continue }
            marks.append(
                .ribbon(
                    x: places.map(\.x), lower: places.map { $0.ys[0] }, upper: places.map { $0.ys[1] }, level: 0.95,
                    group.series))
        }
        return marks
    }

    /// What rows have along x, in its order; those without are left out.
    private func sorted(
        _ rows: [Value], _ read: (Value) -> (Double, [Double])?
    ) -> [(x: Double, ys: [Double])] {
        rows.compactMap(read).enumerated()
            .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map { ($0.element.0, $0.element.1) }
    }

    static func noZero(_ what: String, _ layer: FreeLayer) -> Diagnostic {
        .error(
            .badFigure, "\(what) begins at zero, which a logarithmic axis does not have", at: layer.node.range,
            notes: [.init("`lower` says where it begins; points need no zero")])
    }
}

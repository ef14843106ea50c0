import Documents
import Results
import Values

/// Shrunken effects against those estimated: on the line y = x where nothing was taken off, on that of the mean where
/// everything was.
enum ShrinkageScatter {
    /// Of more points only the named ones have intervals, and of many more only they are told one by one.
    private static let withIntervals = 60
    private static let withNames = 400

    static func make(_ rows: [ForestRow], _ target: PathTarget, _ context: inout StepContext) -> FigureModel {
        let labels = LabelFormat(context, intervals: rows.compactMap { $0.shrunken?.interval })
        let named = extremes(rows)
        var points: [FigureModel.Point] = []
        var rest: (x: [Double], y: [Double]) = ([], [])
        for (index, row) in rows.enumerated() {
            guard let shrunken = row.shrunken else { continue }
            guard rows.count <= withNames || named.contains(index) else {
                rest.x.append(row.estimate)
                rest.y.append(shrunken.estimate)
                continue
            }
            let isNamed = named.contains(index)
            let ends = shrunken.interval
            let hasInterval = (rows.count <= withIntervals || isNamed) && ends.lower.isFinite && ends.upper.isFinite
            points.append(
                .init(
                    x: row.estimate, y: shrunken.estimate, yInterval: hasInterval ? ends.lower...ends.upper : nil,
                    label: "\(row.label): \(labels.text(row.estimate)), shrunken \(labels.text(shrunken.estimate))",
                    callout: isNamed ? row.label : ""))
        }
        let series = FigureModel.Series(name: "shrunken", label: "effects")
        var marks: [FigureModel.Mark] = [
            .slope(slope: 1, intercept: 0, .init(name: "identity", label: "unshrunken", isMuted: true))
        ]
        if let mean = target.value["mu"]?.estimate {
            marks.append(.ruleY(mean, label: "mean \(labels.text(mean))", .init(name: "pooled")))
        }
        if !rest.x.isEmpty { marks.append(.cloud(x: rest.x, y: rest.y, series)) }
        marks.append(.points(points, series))
        let panel = FigureModel.Panel(
            x: context.axis("x", title: "Effect as estimated", null: 0),
            y: context.axis("y", title: "Shrunken effect", null: 0), marks: marks, isSquare: true)
        return FigureModel(
            kind: "shrinkage", panels: [panel], summary: ShrinkageFigure.summary(rows, target, labels))
    }

    /// The four largest estimates, the two smallest and the two that move furthest.
    private static func extremes(_ rows: [ForestRow]) -> Set<Int> {
        let byEstimate = rows.indices.sorted { (rows[$0].estimate, $1) > (rows[$1].estimate, $0) }
        let byMove = rows.indices.sorted {
            (ShrinkageFigure.moved(rows[$0]), $1) > (ShrinkageFigure.moved(rows[$1]), $0)
        }
        return Set(byEstimate.prefix(4) + byEstimate.suffix(2) + byMove.prefix(2))
    }
}

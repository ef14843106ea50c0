import Diagnostics
import Documents
import Results
import Values

/// Each effect as it was estimated, hollow, and as the model shrinks it, with its interval.
enum ShrinkageFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let rows = try ForestRow.arrange(try ForestRow.read(target, &context), &context)
        let labels = LabelFormat(context, intervals: rows.compactMap { $0.shrunken?.interval })
        var hollow: [FigureModel.Point] = []
        var intervals: [FigureModel.Interval] = []
        var categories: [FigureModel.Category] = []
        for row in rows {
            guard let shrunken = row.shrunken else {
                throw context.fail(
                    .error(.badFigure, "A shrinkage plot is drawn of a meta-analysis", at: target.range))
            }
            let index = categories.count
            categories.append(
                .init(
                    label: row.label,
                    annotation: "\(labels.text(shrunken.estimate)) \(labels.text(shrunken.interval))"))
            hollow.append(.init(x: row.estimate, y: Double(index), label: "\(row.label), as estimated"))
            let half = 0.9541652531461944 * shrunken.sd
            intervals.append(
                .init(
                    row: index, estimate: shrunken.estimate, outer: shrunken.interval,
                    inner: (shrunken.estimate - half, shrunken.estimate + half), label: row.label))
        }
        var marks: [FigureModel.Mark] = [
            .hollow(hollow, .init(name: "raw", label: "as estimated", isMuted: true)),
            .intervals(intervals, .init(name: "shrunken", label: "shrunken")),
        ]
        if let mu = target.value["mu"]?.estimate {
            marks.append(.ruleX(mu, label: "mean \(labels.text(mu))", .init(name: "pooled")))
        }
        let panel = FigureModel.Panel(
            x: context.axis("x", title: "Effect", null: 0),
            y: context.axis("y", title: "", scale: .category, categories: categories), marks: marks)
        return FigureModel(
            kind: "shrinkage", panels: [panel],
            summary: "\(rows.count) effects as estimated and as shrunken towards their mean, with 95% intervals.")
    }
}

import Diagnostics
import Documents
import Results
import Values

/// Each effect as it was estimated and as the model shrinks it, with its interval: on rows of their own, or where they
/// are many (or `layout: identity` asks for it) one against the other beside the line of no shrinkage.
enum ShrinkageFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let rows = try ForestRow.read(target, &context)
        guard rows.allSatisfy({ $0.shrunken != nil }) else {
            throw context.fail(.error(.badFigure, "A shrinkage plot is drawn of a meta-analysis", at: target.range))
        }
        let isCut = context.options["limit"] != nil
        let layout = context.options["layout"]?.string ?? (rows.count > 60 && !isCut ? "identity" : "rows")
        return layout == "identity"
            ? ShrinkageScatter.make(rows, target, &context)
            : make(of: try RowOrder.arrange(rows, &context), among: rows, target, &context)
    }

    private static func make(
        of rows: [ForestRow], among all: [ForestRow], _ target: PathTarget, _ context: inout StepContext
    ) -> FigureModel {
        let labels = LabelFormat(context, intervals: rows.compactMap { $0.shrunken?.interval })
        var hollow: [FigureModel.Point] = []
        var intervals: [FigureModel.Interval] = []
        var categories: [FigureModel.Category] = []
        for row in rows {
            guard let shrunken = row.shrunken else { continue }
            let index = categories.count
            categories.append(
                .init(
                    label: row.label,
                    annotation: "\(labels.text(shrunken.estimate)) \(labels.text(shrunken.interval))"))
            hollow.append(.init(x: row.estimate, y: Double(index), label: "\(row.label), as estimated"))
            let half = ForestRow.twoThirds * shrunken.sd
            intervals.append(
                .init(
                    row: index, estimate: shrunken.estimate, outer: shrunken.interval,
                    inner: (shrunken.estimate - half, shrunken.estimate + half), label: row.label))
        }
        if let gap = RowOrder.gap(rows, of: all) { categories[gap.row].group = gap.text }
        var marks: [FigureModel.Mark] = [
            .hollow(hollow, .init(name: "raw", label: "as estimated", isMuted: true)),
            .intervals(intervals, .init(name: "shrunken", label: "shrunken")),
        ]
        let mean = target.value["mu"]?.estimate
        if let mean { marks.append(.ruleX(mean, label: "mean \(labels.text(mean))", .init(name: "pooled"))) }
        let panel = FigureModel.Panel(
            x: context.axis("x", title: "Effect", null: 0),
            y: context.axis("y", title: "", scale: .category, categories: categories), marks: marks)
        return FigureModel(
            kind: "shrinkage", panels: [panel], summary: summary(rows, target, labels))
    }

    static func summary(_ rows: [ForestRow], _ target: PathTarget, _ labels: LabelFormat) -> String {
        var text =
            "\(rows.count) effects as estimated and as shrunken towards their mean, with "
            + "\(target.value.levelText) intervals."
        if let row = rows.max(by: { moved($0) < moved($1) }), let shrunken = row.shrunken {
            text +=
                " The furthest moved, \(row.label), goes from \(labels.text(row.estimate)) to "
                + "\(labels.text(shrunken.estimate))."
        }
        return text
    }

    /// How far shrinkage moves an effect.
    static func moved(_ row: ForestRow) -> Double {
        ((row.shrunken?.estimate ?? row.estimate) - row.estimate).magnitude
    }
}

import Diagnostics
import Documents
import Results
import Values

/// Estimates with intervals, a row each, and what pools them: a meta-analysis, or any list of estimates.
enum ForestFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        try make(of: try context.figureTargets()[0], &context)
    }

    static func make(of target: PathTarget, _ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let rows = try ForestRow.read(target, &context)
        let isGrouped = context.options["grouped"]?.boolean ?? false
        let arranged = try RowOrder.arrange(rows, &context)
        let groups = isGrouped ? RowOrder.byExperiment(arranged, &context) : [arranged]
        let shown = groups.flatMap { $0 }
        let numbers = ForestNumbers(
            shown, LabelFormat(context, rows: shown.map(\.outer), summary: target.value["mu"]?.intervalEnds))
        var categories: [FigureModel.Category] = []
        for group in groups {
            for (place, row) in group.enumerated() {
                categories.append(
                    .init(
                        label: isGrouped ? row.arm : row.label, annotations: numbers.texts(row),
                        group: isGrouped && place == 0 ? row.experiment ?? row.label : nil))
            }
        }
        if !isGrouped, let gap = RowOrder.gap(shown, of: rows) { categories[gap.row].group = gap.text }
        var marks = try intervals(shown, target, &context)
        let headings = numbers.headings(target.value.levelText)
        var pooled = ""
        if let mu = target.value["mu"], let estimate = mu.estimate, let ends = mu.intervalEnds {
            let text = numbers.text(estimate, ends)
            pooled = " The pooled mean is \(text)."
            categories.append(.init(label: "Pooled mean", annotations: numbers.columns(text)))
            marks.append(
                .diamond(
                    row: categories.count - 1, estimate: estimate, lower: ends.lower, upper: ends.upper,
                    .init(name: "pooled", label: "pooled")))
            if let prediction = target.value["prediction"]?.intervalEnds {
                categories.append(
                    .init(label: "A new effect", annotations: numbers.columns(numbers.format.text(prediction))))
                marks.append(
                    .intervals(
                        [.init(row: categories.count - 1, estimate: estimate, outer: prediction)],
                        .init(name: "prediction", label: "")))
                pooled += " A new effect is expected within \(numbers.format.text(prediction))."
            }
        }
        var y = context.axis("y", title: "", scale: .category, categories: categories)
        y.headings = headings
        let panel = FigureModel.Panel(x: context.axis("x", title: "Effect", null: 0), y: y, marks: marks)
        let left = rows.count - shown.count
        return FigureModel(
            kind: "forest", panels: [panel],
            summary:
                "\(shown.count) \(left > 0 ? "of \(rows.count) " : "")estimates with \(target.value.levelText) intervals."
                + FigureTelling.rows(panel, count: shown.count, withGroups: isGrouped) + pooled)
    }

    /// The estimates, and with `shrunken` below each what the model makes of it.
    private static func intervals(
        _ rows: [ForestRow], _ target: PathTarget, _ context: inout StepContext
    ) throws(StepFailure) -> [FigureModel.Mark] {
        let heaviest = rows.compactMap(\.weight).max() ?? 0
        let raw = rows.enumerated().map { index, row in
            FigureModel.Interval(
                row: index, estimate: row.estimate, outer: row.outer, inner: row.inner,
                weight: heaviest > 0 ? row.weight.map { $0 / heaviest } : nil, label: row.label)
        }
        let isShrunken = context.options["shrunken"]?.boolean ?? false
        guard isShrunken else { return [.intervals(raw, .init(name: "study", label: "", isMuted: true))] }
        let shrunken = rows.enumerated().compactMap { index, row in
            row.shrunken.map { shrunken in
                FigureModel.Interval(
                    row: index, estimate: shrunken.estimate, outer: shrunken.interval,
                    inner: (
                        shrunken.estimate - ForestRow.twoThirds * shrunken.sd,
                        shrunken.estimate + ForestRow.twoThirds * shrunken.sd
                    ), label: "\(row.label), shrunken")
            }
        }
        guard !shrunken.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "\(target.path) has no shrunken effects", at: context.range(of: "shrunken"),
                    notes: [.init("the effects of a `meta-analysis` have them")]))
        }
        return [
            .intervals(raw, .init(name: "study", label: "as estimated", isMuted: true)),
            .intervals(shrunken, .init(name: "shrunken", label: "shrunken")),
        ]
    }
}

/// The columns of numbers beside a forest: weights where there are any, and estimates with their intervals.
private struct ForestNumbers {
    let format: LabelFormat
    private let hasWeights: Bool
    private static let share = NumberFormat(.percent, digits: 1)

    init(_ rows: [ForestRow], _ format: LabelFormat) {
        self.format = format
        hasWeights = rows.contains { $0.weight != nil }
    }

    func headings(_ level: String) -> [String] {
        hasWeights ? ["Weight", "Effect [\(level)]"] : ["Effect [\(level)]"]
    }

    func texts(_ row: ForestRow) -> [String] {
        columns(text(row.estimate, row.outer), weight: row.weight.map(ForestNumbers.share.text))
    }

    func columns(_ effect: String, weight: String? = nil) -> [String] {
        hasWeights ? [weight ?? "", effect] : [effect]
    }

    func text(_ estimate: Double, _ ends: (lower: Double, upper: Double)) -> String {
        "\(format.text(estimate)) \(format.text(ends))"
    }
}

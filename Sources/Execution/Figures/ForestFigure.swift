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
        let shown = try ForestRow.arrange(rows, &context)
        let labels = LabelFormat(context, intervals: shown.map(\.outer))
        var categories = shown.map { row in
            FigureModel.Category(
                label: row.label,
                annotation: "\(labels.text(row.estimate)) \(labels.text(row.outer))")
        }
        let intervals = shown.enumerated().map { index, row in
            FigureModel.Interval(
                row: index, estimate: row.estimate, outer: row.outer, inner: row.inner, weight: row.weight,
                label: row.label)
        }
        var marks: [FigureModel.Mark] = [.intervals(intervals, .init(name: "raw", label: "estimate", isMuted: true))]
        if let mu = target.value["mu"], let estimate = mu.estimate, let ends = mu.intervalEnds {
            categories.append(
                .init(label: "Pooled mean", annotation: "\(labels.text(estimate)) \(labels.text(ends))"))
            marks.append(
                .diamond(
                    row: categories.count - 1, estimate: estimate, lower: ends.lower, upper: ends.upper,
                    .init(name: "pooled", label: "pooled")))
            if let prediction = target.value["prediction"]?.intervalEnds {
                categories.append(
                    .init(label: "A new effect", annotation: labels.text(prediction)))
                marks.append(
                    .intervals(
                        [.init(row: categories.count - 1, estimate: estimate, outer: prediction)],
                        .init(name: "prediction", label: "prediction")))
            }
        }
        let panel = FigureModel.Panel(
            x: context.axis("x", title: "Effect", null: 0),
            y: context.axis("y", title: "", scale: .category, categories: categories), marks: marks)
        let left = rows.count - shown.count
        return FigureModel(
            kind: "forest", panels: [panel],
            summary: "\(shown.count) estimates with 95% intervals"
                + (left > 0 ? ", \(left) more are not drawn." : "."))
    }
}

/// One row of a forest or shrinkage plot.
struct ForestRow {
    var label: String
    var estimate: Double
    var outer: (lower: Double, upper: Double)
    var inner: (lower: Double, upper: Double)?
    var weight: Double?
    /// The shrunken estimate of the same effect.
    var shrunken: (estimate: Double, sd: Double, interval: (lower: Double, upper: Double))?
    var value: Value

    /// The rows of a meta-analysis's `effects`, of an `effects` directive with one metric, or of a list.
    static func read(_ target: PathTarget, _ context: inout StepContext) throws(StepFailure) -> [ForestRow] {
        let metric = target.value["metrics"]?.list?.first?.string
        let items: [(label: String?, value: Value)]
        if let list = target.value["effects"]?.list ?? target.value["rows"]?.list ?? target.value.list {
            items = list.map { (nil, $0) }
        } else {
            items = (target.value.object ?? Object()).map { ($0.key, $0.value) }
        }
        var rows: [ForestRow] = []
        for (label, item) in items {
            let estimated = metric.flatMap { item["effects"]?[$0] } ?? item
            guard let estimate = estimated.estimate else { continue }
            let se = estimated["se"]?.number
            let ends =
                estimated.intervalEnds
                ?? se.map { (estimate - 1.959963984540054 * $0, estimate + 1.959963984540054 * $0) }
            guard let ends else { continue }
            // The thick part holds two thirds of the mass under normality.
            let inner = se.map { (estimate - 0.9541652531461944 * $0, estimate + 0.9541652531461944 * $0) }
            let names = [item["experiment"]?.string, item["variant"]?.string].compactMap { $0 }
            var row = ForestRow(
                label: label
                    ?? (names.isEmpty ? item["label"]?.string ?? "\(rows.count + 1)" : names.joined(separator: " · ")),
                estimate: estimate, outer: ends, inner: inner, value: item)
            if let shrunken = item["shrunken"], let center = shrunken.estimate, let interval = shrunken.intervalEnds {
                row.shrunken = (center, shrunken["sd"]?.number ?? 0, interval)
            }
            rows.append(row)
        }
        guard !rows.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "This figure is drawn of estimates with intervals, such as a meta-analysis",
                    at: target.range, notes: [.init("\(target.path) is \(target.value.kind)")]))
        }
        return rows
    }

    /// Sorted by `sort` (as given: `none`) and cut to `limit`, the extremes at both ends kept.
    static func arrange(_ rows: [ForestRow], _ context: inout StepContext) throws(StepFailure) -> [ForestRow] {
        var rows = rows
        switch context.options["sort"]?.string ?? "estimate" {
        case "none": break
        case "label":
            rows = rows.enumerated().sorted { ($0.element.label, $0.offset) < ($1.element.label, $1.offset) }.map(
                \.element)
        case "estimate":
            rows = rows.enumerated().sorted { a, b in
                let x = a.element.shrunken?.estimate ?? a.element.estimate
                let y = b.element.shrunken?.estimate ?? b.element.estimate
                return x != y ? x > y : a.offset < b.offset
            }.map(\.element)
        default:
            throw context.fail(
                .error(
                    .badFigure, "Rows are sorted by `estimate`, by `label` or not (`none`)",
                    at: context.range(of: "sort")))
        }
        guard let limit = context.options["limit"]?.number.map({ Int($0) }), rows.count > limit, limit > 1 else {
            return rows
        }
        return Array(rows.prefix((limit + 1) / 2) + rows.suffix(limit / 2))
    }
}

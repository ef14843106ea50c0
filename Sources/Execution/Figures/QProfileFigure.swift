import Diagnostics
import Documents
import Results
import Values

/// Generalised Q falls as τ² grows; the interval for τ² is where it lies between two quantiles of χ² (Viechtbauer 2007,
/// Stat Med 26, 37–52).
enum QProfileFigure {
    private static let share = NumberFormat(.plain)
    private static let quantile = NumberFormat(.fixed, digits: 1)

    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let profile = try target.part(
            "qProfile", of: "A Q-profile", hint: "a `meta-analysis` has it unless its method is `bayes` or `nuts`",
            &context)
        guard let x = profile["tauSquared"]?.numbers, let q = profile["q"]?.numbers, x.count == q.count,
            let lower = profile["lower"]?.number, let upper = profile["upper"]?.number, lower < upper
        else {
            throw context.fail(.error(.badFigure, "\(target.path).qProfile has no curve", at: target.range))
        }
        let level = target.value["level"]?.number ?? 0.95
        let tau = target.value["tauSquared"]
        let ends = tau?["by"]?["q-profile"].flatMap(pair) ?? tau?.intervalEnds ?? crossings(x, q, lower, upper)
        let numbers = LabelFormat(context, intervals: [ends])
        let limit = FigureModel.Series(name: "limit", label: "", isMuted: true)
        let interval = FigureModel.Series(name: "posterior", label: "")
        var marks: [FigureModel.Mark] = []
        if ends.lower.isFinite, ends.upper.isFinite, ends.lower < ends.upper {
            marks.append(
                .ribbon(
                    x: [ends.lower, ends.upper], lower: [0, 0], upper: [upper, upper], level: 0.95, interval))
        }
        marks += [
            .ruleY(upper, label: "χ² \(share.text((1 + level) / 2))", limit),
            .ruleY(lower, label: "χ² \(share.text((1 - level) / 2))", limit),
            .line(x: x, y: q, .init(name: "reml", label: "")),
        ]
        if let estimate = tau?.estimate {
            marks.append(.ruleX(estimate, label: "estimate \(numbers.text(estimate))", .init(name: "pooled")))
        }
        for end in [ends.lower, ends.upper] where end.isFinite && end > 0 {
            marks.append(.ruleX(end, label: numbers.text(end), limit))
        }
        // The curve begins high above where it matters.
        let top = max(upper * 1.15, min(q.max() ?? upper, upper * 2.5))
        var y = context.axis("y", title: "Generalised Q")
        y.domain = y.domain ?? 0...top
        let panel = FigureModel.Panel(
            x: context.axis("x", title: "τ², the variance of true effects"), y: y, marks: marks)
        return FigureModel(
            kind: "q-profile", panels: [panel],
            summary: "Generalised Q against τ², falling through the quantiles \(quantile.text(upper)) and "
                + "\(quantile.text(lower)) of χ²: the \(target.value.levelText) interval for τ² is \(numbers.text(ends))."
        )
    }

    private static func pair(_ value: Value) -> (lower: Double, upper: Double)? {
        guard let ends = value.list ?? value["interval"]?.list, ends.count == 2 else { return nil }
        return (ends[0].number ?? 0, ends[1].number ?? .infinity)
    }

    /// Where a falling curve passes both values, between the points next to them; 0 and ∞ where it does not.
    private static func crossings(
        _ x: [Double], _ q: [Double], _ lower: Double, _ upper: Double
    ) -> (lower: Double, upper: Double) {
        func crossing(_ value: Double) -> Double? {
            for index in q.indices.dropFirst() where q[index - 1] >= value && q[index] < value {
                let share = (q[index - 1] - value) / (q[index - 1] - q[index])
                return x[index - 1] + share * (x[index] - x[index - 1])
            }
            return nil
        }
        return (crossing(upper) ?? 0, crossing(lower) ?? .infinity)
    }
}

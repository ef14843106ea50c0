import Diagnostics
import Documents
import Results
import Values

/// The ranks of true values among draws of their posteriors, a panel for each parameter and method, with the band that
/// 95% of counts fall into where the posteriors are right (Talts et al. 2018, arXiv 1804.06788).
enum RankHistogramFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let rows = try rows(target, &context).compactMap { value in Row(value) }
        guard !rows.isEmpty else {
            throw context.fail(
                .error(.badFigure, "A rank histogram is drawn of `counts`, at least two of them", at: target.range))
        }
        var told: [String] = []
        let panels = rows.map { row in
            let (lower, upper) = BinomialBand.ends(trials: Int(row.total), probability: 1 / Double(row.counts.count))
            let outside = row.counts.count { $0 < lower || $0 > upper }
            told.append("\(row.title): \(outside) of \(row.counts.count) bins outside it")
            let edges = (0...row.counts.count).map { Double($0) / Double(row.counts.count) }
            let highest = max(upper, row.counts.max() ?? 0)
            return FigureModel.Panel(
                title: row.heading,
                x: .init("Rank of the truth among draws", format: ".0%", domain: 0...1),
                y: .init("Simulations", domain: 0...(highest * 1.12)),
                marks: [
                    .bars(edges: edges, heights: row.counts, .init(name: row.method, label: "")),
                    .ribbon(
                        x: [0, 1], lower: [lower, lower], upper: [upper, upper], level: 0.95,
                        .init(name: "uniform", label: "95% of counts if the posterior is right", isMuted: true)),
                    .ruleY(row.total / Double(row.counts.count), label: "", .init(name: "pooled")),
                ])
        }
        return FigureModel(
            kind: "rank-histogram", panels: panels, columns: min(panels.count, 2),
            compactColumns: min(panels.count, 2), prefersKey: true,
            summary: "Counts of the ranks of true values among posterior draws, over the band that 95% of counts fall "
                + "into if posteriors are right. " + told.joined(separator: "; ") + ".")
    }

    /// The rows of a simulation's calibration, or one of them.
    private static func rows(_ target: PathTarget, _ context: inout StepContext) throws(StepFailure) -> [Value] {
        let panel = PanelOptions(figure: context.options, own: nil)
        if target.value["counts"] != nil { return [target.value] }
        if let list = target.value["rows"]?.list ?? target.value.list, list.contains(where: { $0["counts"] != nil }) {
            return try RowFilter.rows(list, panel, &context)
        }
        let part = try target.part(
            "calibration", of: "A rank histogram",
            hint: "a `simulation` has it whose design has priors and whose estimators include `bayes` or `nuts`",
            &context)
        return try RowFilter.rows(part["rows"]?.list ?? [], panel, &context)
    }

    private struct Row {
        var parameter: String
        var method: String
        var counts: [Double]
        var p: Double?

        init?(_ value: Value) {
            guard let counts = value["counts"]?.numbers, counts.count > 1, counts.allSatisfy({ $0 >= 0 }),
                counts.reduce(0, +) < 1e9
            else { return nil }
            parameter = value["parameter"]?.string ?? ""
            method = value["method"]?.string ?? "ranks"
            self.counts = counts
            p = value["p"]?.number
        }

        var total: Double { counts.reduce(0, +) }
        var title: String {
            [ParameterNames.short(parameter), EstimatorNames.short(method)].filter { !$0.isEmpty }
                .joined(separator: ", ")
        }
        /// With the test of uniformity beside it.
        var heading: String {
            guard let p, let format = NumberFormat(parsing: "p") else { return title }
            return "\(title): \(format.text(p))"
        }
    }
}

/// The middle 95% of a binomial distribution.
enum BinomialBand {
    /// The smallest numbers that .025 and .975 of the distribution do not exceed (R's `qbinom`).
    ///
    /// Probabilities are taken relative to that of the mode, by the ratio of neighbours
    /// P(k + 1) ⁄ P(k) = (n − k) ⁄ (k + 1) · p ⁄ (1 − p), and their sum makes them absolute; those under 1e-17 of it are
    /// left out. For 0 < p < 1.
    static func ends(trials: Int, probability: Double) -> (lower: Double, upper: Double) {
        let odds = probability / (1 - probability)
        let mode = min(trials, Int((Double(trials) + 1) * probability))
        var below: [Double] = []
        var term = 1.0
        var k = mode
        while k > 0, term > 1e-17 {
            term *= Double(k) / (Double(trials - k + 1) * odds)
            k -= 1
            below.append(term)
        }
        let first = k
        var terms = Array(below.reversed()) + [1]
        term = 1
        k = mode
        while k < trials, term > 1e-17 {
            term *= Double(trials - k) / Double(k + 1) * odds
            k += 1
            terms.append(term)
        }
        let total = terms.reduce(0, +)
        func quantile(_ share: Double) -> Double {
            var sum = 0.0
            for (index, term) in terms.enumerated() {
                sum += term
                if sum >= share * total { return Double(first + index) }
            }
            return Double(trials)
        }
        return (quantile(0.025), quantile(0.975))
    }
}

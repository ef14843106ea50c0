import Diagnostics
import Documents
import Results
import Values

/// Effects against their standard errors, the precise ones on top, over the region where sampling error alone puts 95%
/// and 99% of them: μ ± z·s. A dashed line adds the spread of true effects: μ ± z·√(s² + τ²) (Sterne and Egger 2001,
/// J Clin Epidemiol 54, 1046–1055; metafor's `funnel` with `addtau2`).
enum FunnelFigure {
    /// The .975 and .995 quantiles of the normal distribution.
    private static let (wide, nearlyAll) = (1.959963984540054, 2.5758293035489004)
    /// More points than this are drawn without their names.
    private static let most = 400

    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let rows = try ForestRow.read(target, &context).filter { ($0.se ?? 0) > 0 }
        guard let largest = rows.compactMap(\.se).max(), let mean = target.value["mu"]?.estimate else {
            throw context.fail(
                .error(
                    .badFigure, "A funnel is drawn of a meta-analysis: effects with errors, and their mean",
                    at: target.range))
        }
        let tau = target.value["tau"]?.estimate ?? 0
        let labels = LabelFormat(
            context, rows: rows.map(\.outer), summary: target.value["mu"]?.intervalEnds)
        let foot = largest * 1.06
        var marks = region(mean, foot)
        if tau > 0 { marks += spread(mean, tau, foot, labels) }
        marks.append(.line(x: [mean, mean], y: [0, foot], .init(name: "pooled", label: "mean \(labels.text(mean))")))
        marks += joined(rows)
        let outside = rows.count { ($0.estimate - mean).magnitude > wide * ($0.se ?? 0) }
        let points = points(rows, mean, tau, labels)
        let series = FigureModel.Series(name: "effects", label: "", isMuted: true)
        if points.rest.count > most {
            marks.append(.cloud(x: points.rest.map(\.x), y: points.rest.map(\.y), series))
        } else {
            marks.append(.points(points.rest, series))
        }
        marks.append(.points(points.named, series))
        var y = context.axis("y", title: "Standard error")
        y.isReversed = true
        y.domain = y.domain ?? 0...foot
        // The region opens as errors grow: as much of it is shown as surrounds the effects.
        let furthest = rows.reduce(0) { max($0, ($1.estimate - mean).magnitude) }
        let reach = min(nearlyAll * foot, 1.8 * furthest)
        var x = context.axis("x", title: "Effect")
        if furthest > 0 {
            x.domain = x.domain ?? (mean - max(reach, 1.05 * furthest))...(mean + max(reach, 1.05 * furthest))
        }
        let panel = FigureModel.Panel(x: x, y: y, marks: marks)
        return FigureModel(
            kind: "funnel", panels: [panel], prefersKey: true,
            summary: "\(rows.count) effects against their standard errors, the most precise on top, about the mean "
                + "\(labels.text(mean)); \(outside) lie outside the region that sampling error alone would leave 5% of "
                + "them outside of, and the spread of true effects is τ = \(labels.text(tau)).")
    }

    private static func region(_ mean: Double, _ foot: Double) -> [FigureModel.Mark] {
        [nearlyAll, wide].enumerated().map { index, z in
            .ribbon(
                x: [mean - z * foot, mean, mean + z * foot], lower: [foot, foot, foot], upper: [foot, 0, foot],
                level: 0.99,
                .init(name: "sampling error", label: index == 0 ? "95 and 99% of sampling error" : "", isMuted: true))
        }
    }

    /// Both sides, from the top to the foot.
    private static func spread(
        _ mean: Double, _ tau: Double, _ foot: Double, _ labels: LabelFormat
    ) -> [FigureModel.Mark] {
        let steps = (0...24).map { foot * Double($0) / 24 }
        let half = steps.map { wide * ($0 * $0 + tau * tau).squareRoot() }
        return [-1.0, 1].map { side in
            .line(
                x: half.map { mean + side * $0 }, y: steps,
                .init(name: "prediction", label: "95% with τ = \(labels.text(tau))"))
        }
    }

    /// Effects that share a control hang together, where they are not so many that nothing could be told.
    private static func joined(_ rows: [ForestRow]) -> [FigureModel.Mark] {
        guard rows.count <= 80 else { return [] }
        var names: [String] = []
        var groups: [String: [ForestRow]] = [:]
        for row in rows {
            guard let name = row.experiment else { continue }
            if groups[name] == nil { names.append(name) }
            groups[name, default: []].append(row)
        }
        return names.compactMap { name in
            guard let group = groups[name], group.count > 1 else { return nil }
            let sorted = group.sorted { ($0.estimate, $0.se ?? 0) < ($1.estimate, $1.se ?? 0) }
            return .trace(
                x: sorted.map(\.estimate), y: sorted.compactMap(\.se),
                .init(name: "one experiment", label: "one experiment", isMuted: true))
        }
    }

    /// The furthest from the mean, in units of what is expected, have their names beside them.
    private static func points(
        _ rows: [ForestRow], _ mean: Double, _ tau: Double, _ labels: LabelFormat
    ) -> (rest: [FigureModel.Point], named: [FigureModel.Point]) {
        let distances = rows.map { row in
            let se = row.se ?? 0
            return (row.estimate - mean).magnitude / (se * se + tau * tau).squareRoot()
        }
        let named = rows.indices.sorted { (distances[$0], $1) > (distances[$1], $0) }.prefix(5)
            .filter { distances[$0] > wide }
        func point(_ index: Int, _ callout: String) -> FigureModel.Point {
            let row = rows[index]
            let se = row.se ?? 0
            return .init(
                x: row.estimate, y: se, label: "\(row.label): \(labels.text(row.estimate)), error \(labels.text(se))",
                callout: callout)
        }
        return (
            rows.indices.filter { !named.contains($0) }.map { point($0, "") }, named.map { point($0, rows[$0].label) }
        )
    }
}

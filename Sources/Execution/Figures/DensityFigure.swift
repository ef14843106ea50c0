import Diagnostics
import Documents
import Results
import Values

/// Posterior densities over each other: of one quantity under several models, or of μ and τ side by side.
enum DensityFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let targets = try context.figureTargets()
        let wanted = context.options["parameter"]?.strings
        var panels: [(key: String, curves: [FigureModel.Mark])] = []
        var drawn = 0
        for target in targets {
            for curve in curves(of: target.value, path: target.path, wanted: wanted) {
                let series = FigureModel.Series(name: curve.model, label: EstimatorNames.short(curve.model))
                let mark = FigureModel.Mark.density(
                    x: curve.x, y: curve.y, median: curve.value.estimate, interval: curve.value.closedInterval, series)
                drawn += 1
                if let index = panels.firstIndex(where: { $0.key == curve.parameter }) {
                    panels[index].curves.append(mark)
                } else {
                    panels.append((curve.parameter, [mark]))
                }
            }
        }
        guard drawn > 0 else {
            throw context.fail(
                .error(
                    .badFigure, "Densities are drawn of posteriors: a `meta-analysis` with `method: bayes`",
                    at: context.range(of: "of")))
        }
        let made = panels.map { key, curves in
            FigureModel.Panel(
                title: panels.count > 1 ? title(key) : nil,
                x: context.axis("x", title: panels.count > 1 ? "" : title(key)),
                y: FigureModel.Axis("", scale: .hidden), marks: curves)
        }
        return FigureModel(
            kind: "density", panels: made, columns: min(made.count, 2),
            summary: "Posterior densities, with medians and 95% intervals, of "
                + panels.map { title($0.key) }.joined(separator: " and ") + ".")
    }

    private struct Curve {
        var model: String
        var parameter: String
        var x: [Double]
        var y: [Double]
        var value: Value
    }

    /// The densities at or below a path: the path's own, those of its parameters, those of its models' parameters.
    private static func curves(of value: Value, path: ResultPath, wanted: [String]?) -> [Curve] {
        func curve(_ value: Value, _ names: [String]) -> Curve? {
            guard let x = value["density"]?["x"]?.list?.compactMap(\.number),
                let y = value["density"]?["y"]?.list?.compactMap(\.number), !x.isEmpty, x.count == y.count
            else { return nil }
            let parameter = names.last ?? ""
            let model = names.dropLast().last ?? ""
            // That of a new effect is drawn where it is asked for.
            guard wanted?.contains(parameter) ?? (parameter != "prediction") else { return nil }
            return Curve(model: model, parameter: parameter, x: x, y: y, value: value)
        }
        let names = path.components.compactMap { if case .name(let name) = $0 { name } else { nil } }
        if let own = curve(value, names) { return [own] }
        var found: [Curve] = []
        for (key, member) in value.object ?? Object() {
            if let own = curve(member, names + [key]) {
                found.append(own)
            } else {
                for (inner, leaf) in member.object ?? Object() {
                    if let own = curve(leaf, names + [key, inner]) { found.append(own) }
                }
            }
        }
        return found
    }

    private static func title(_ parameter: String) -> String {
        switch parameter {
        case "mu": "μ, the mean effect"
        case "tau": "τ, the spread of effects"
        default: parameter
        }
    }
}

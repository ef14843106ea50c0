import Diagnostics
import Documents
import Results
import Values

/// Posterior densities over each other, with their priors: of one quantity under several models, or of μ and τ side by
/// side.
enum DensityFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let targets = try context.figureTargets()
        let wanted = context.options["parameter"]?.strings
        let curves = targets.flatMap { DrawnDensity.all(of: $0.value, path: $0.path, wanted: wanted) }
        var parameters: [String] = []
        for curve in curves where !parameters.contains(curve.parameter) { parameters.append(curve.parameter) }
        guard !parameters.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "Densities are drawn of posteriors: a `meta-analysis` with `method: bayes`",
                    at: context.range(of: "of")))
        }
        var hasPrior = false
        let panels = parameters.map { parameter in
            let own = curves.filter { $0.parameter == parameter }
            let priors = context.options["priors"]?.boolean == false ? [] : DrawnDensity.priors(own)
            hasPrior = hasPrior || !priors.isEmpty
            let title = ParameterNames.title(parameter)
            return FigureModel.Panel(
                title: parameters.count > 1 ? title : nil,
                x: context.axis("x", title: parameters.count > 1 ? "" : title),
                y: FigureModel.Axis("", scale: .hidden), marks: priors + own.map(\.mark))
        }
        let level = targets.first?.value.levelText ?? "95%"
        return FigureModel(
            kind: "density", panels: panels, columns: min(panels.count, 2),
            summary: "Posterior densities, with medians, 66% and \(level) intervals"
                + (hasPrior ? " and their priors" : "") + ", of "
                + parameters.map(ParameterNames.title).joined(separator: " and ") + "." + medians(curves))
    }

    /// What the curves stand about, where they are few enough to be told.
    private static func medians(_ curves: [DrawnDensity]) -> String {
        let told = curves.compactMap { curve in
            curve.value.estimate.map { estimate in
                let format = LabelFormat(intervals: [curve.value.intervalEnds].compactMap { $0 })
                let model = curve.model.isEmpty ? "" : " (\(EstimatorNames.short(curve.model)))"
                return "\(ParameterNames.short(curve.parameter))\(model) \(format.text(estimate))"
            }
        }
        return told.isEmpty || told.count > 6 ? "" : " Medians: " + told.joined(separator: ", ") + "."
    }
}

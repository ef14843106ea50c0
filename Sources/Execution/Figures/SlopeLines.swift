import Diagnostics
import Documents
import Results
import Values

/// Lines with the slopes that `lines` leads to: estimators of a `proxy`, or numbers.
enum SlopeLines {
    /// - Parameters:
    ///   - proxy: the metric that runs along x; an estimator's slope is its coefficient, others held fixed.
    ///   - centre: where the lines pass through; nil for each estimator's own intercept.
    static func marks(
        _ nodes: [OptionNode], proxy: String, through centre: (x: Double, y: Double)?, _ context: inout StepContext
    ) throws(StepFailure) -> [FigureModel.Mark] {
        var marks: [FigureModel.Mark] = []
        let labels = format(context)
        for node in nodes {
            let target = try PathTarget(node, &context)
            guard let slope = target.value["coefficients"]?[proxy]?.estimate ?? target.value.estimate else {
                let known = target.value["coefficients"]?.object?.keys ?? []
                throw context.fail(
                    .error(
                        .badFigure, "A line is a number, or an estimator of a `proxy` with a coefficient for \(proxy)",
                        at: node.range,
                        notes: [
                            .init(
                                known.isEmpty
                                    ? "for instance slopes.jive"
                                    : "\(target.path) has coefficients for \(known.joined(separator: ", "))")
                        ]))
            }
            let name = name(target.path)
            let intercept = centre.map { $0.y - slope * $0.x } ?? target.value["intercept"]?.estimate ?? 0
            marks.append(
                .slope(
                    slope: slope, intercept: intercept,
                    .init(name: name, label: "\(EstimatorNames.short(name)) \(labels.text(slope))")))
        }
        return marks
    }

    /// `label-format`, or two decimals.
    static func format(_ context: StepContext) -> NumberFormat {
        context.options["label-format"]?.string.flatMap { NumberFormat(parsing: $0) } ?? NumberFormat(.fixed, digits: 2)
    }

    /// The estimator of `slopes.jive`, of `slopes.jive.coefficients.x` and of `slopes.jive.coefficients.x.estimate`.
    private static func name(_ path: ResultPath) -> String {
        let names = path.components.compactMap { if case .name(let name) = $0 { name } else { nil } }
        if let index = names.lastIndex(of: "coefficients"), index > 0 { return names[index - 1] }
        return names.last { !["estimate", "median"].contains($0) } ?? path.lastName
    }
}

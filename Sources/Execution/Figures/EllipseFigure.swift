import Diagnostics
import Documents
import Results
import Values

/// Covariances of two metrics as ellipses, with the directions that estimators take from them.
enum EllipseFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        var panels: [FigureModel.Panel] = []
        var told: [String] = []
        var repaired: [String] = []
        for options in PanelOptions.all(of: context) {
            let ellipses = try CovarianceEllipses(try options.nodes(&context), options, &context)
            let x = context.options["x"]?.string ?? ""
            let y = context.options["y"]?.string ?? ""
            var marks: [FigureModel.Mark] = []
            if let node = options["points"] {
                let points = try ScatterFigure.points(try PathTarget(node, &context), &context).map { point in
                    FigureModel.Point(x: point.x, y: point.y, label: point.label)
                }
                marks.append(.points(points, .init(name: "effects", label: "", isMuted: true)))
            }
            marks += ellipses.marks
            marks += try SlopeLines.marks(
                options["lines"]?.items ?? [], proxy: x, through: ellipses.centre, &context)
            let limits = ["x-domain", "y-domain"].map { options[$0]?.value }
            panels.append(
                FigureModel.Panel(
                    title: options.title, x: options.axis("x", title: "Effect on \(x)", null: 0),
                    y: options.axis("y", title: "Effect on \(y)", null: 0), marks: marks,
                    isSquare: limits[0] == limits[1]))
            told += ellipses.marks.compactMap { if case .ellipse(_, let series) = $0 { series.label } else { nil } }
            repaired += ellipses.repaired
        }
        let level = NumberText.percent(context.options["level"]?.number ?? 0.95)
        var summary =
            "Ellipses of covariances that hold \(level) of a normal distribution: "
            + told.joined(separator: "; ") + "."
        if !repaired.isEmpty {
            let names = repaired.joined(separator: " and ")
            summary += " Dotted: the positive part of what is not positive semi-definite (\(names))."
            context.findings.append(
                "The covariance drawn as \(names) is not positive semi-definite and has no ellipse; the dotted one is "
                    + "of its positive part.")
        }
        return FigureModel(
            kind: "ellipse", panels: panels,
            columns: Int(context.options["columns"]?.number ?? Double(min(panels.count, 2))), summary: summary)
    }
}

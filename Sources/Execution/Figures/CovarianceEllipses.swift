import Diagnostics
import Documents
import LinearAlgebra
import Probability
import Results
import Values

/// Ellipses of covariances: {v : vᵀ Λ⁻¹ v ≤ χ²₂(level)}, with the directions that each has.
struct CovarianceEllipses {
    /// Below the directions, so that these are seen.
    var marks: [FigureModel.Mark] = []
    /// The labels of those that are drawn of their positive part.
    var repaired: [String] = []
    /// Where the first stands.
    var centre: (x: Double, y: Double)?
    /// Names of series, so that each has its own.
    private var names: [String] = []

    init(_ nodes: [OptionNode], _ panel: PanelOptions, _ context: inout StepContext) throws(StepFailure) {
        let labels = try CovarianceEllipses.labels(panel, count: nodes.count, &context)
        var lines: [FigureModel.Mark] = []
        for (index, node) in nodes.enumerated() {
            let matrix = try MetricMatrix.read(node, &context)
            let label = labels.map { $0[index] } ?? EstimatorNames.short(matrix.name)
            try add(matrix, label: label, panel, &lines, &context)
        }
        marks += lines
    }

    private mutating func add(
        _ matrix: MetricMatrix, label: String, _ panel: PanelOptions, _ lines: inout [FigureModel.Mark],
        _ context: inout StepContext
    ) throws(StepFailure) {
        let x = try matrix.index("x", &context)
        let y = try matrix.index("y", &context)
        let isCentred = context.options["centred"]?.string == "mean"
        if isCentred, matrix.mean == nil {
            throw context.fail(
                .error(.badFigure, "\(matrix.target.path) has no `mean` to stand about", at: matrix.target.range))
        }
        let centre = isCentred ? (matrix.mean?[x] ?? 0, matrix.mean?[y] ?? 0) : (0, 0)
        guard let xx = matrix.rows[x][x], let xy = matrix.rows[x][y], let yx = matrix.rows[y][x],
            let yy = matrix.rows[y][y], let made = ellipse([xx, xy, yx, yy], centre, context)
        else {
            throw context.fail(
                .error(
                    .badFigure, "\(matrix.target.path) holds numbers for \(matrix.metrics[x]) and \(matrix.metrics[y])",
                    at: matrix.target.range))
        }
        let name = names.contains(matrix.name) ? matrix.target.path.description : matrix.name
        names.append(name)
        if self.centre == nil { self.centre = centre }
        if made.isRepaired { repaired.append(label) }
        let directions = CovarianceEllipses.directions(panel)
        // The regression of y on x; a covariance without variance along x has none.
        let slope = directions.contains("regression") && xx > 0 ? xy / xx : nil
        let text = slope.map { "\(label), slope \(SlopeLines.format(context).text($0))" } ?? label
        marks.append(.ellipse(made, .init(name: name, label: text)))
        if let slope {
            // It meets the ellipse where the tangent is vertical.
            let reach = made.reach.x
            lines.append(
                .line(
                    x: [centre.0 - reach, centre.0 + reach], y: [centre.1 - slope * reach, centre.1 + slope * reach],
                    .init(name: name, label: "")))
        }
        if directions.contains("principal") {
            lines.append(
                .line(
                    x: [centre.0 - made.major.x, centre.0 + made.major.x],
                    y: [centre.1 - made.major.y, centre.1 + made.major.y], .init(name: name, label: "")))
        }
    }

    private func ellipse(
        _ matrix: [Double], _ centre: (Double, Double), _ context: StepContext
    ) -> FigureModel.Ellipse? {
        CovarianceEllipses.ellipse(
            (matrix[0], (matrix[1] + matrix[2]) / 2, matrix[3]), centre: centre,
            level: context.options["level"]?.number ?? 0.95)
    }

    /// Λ = V diag(λ) Vᵀ has the half axes √(λ χ²) v; a negative λ counts as 0.
    ///
    /// - Parameter matrix: Its entries xx, xy and yy.
    static func ellipse(
        _ matrix: (Double, Double, Double), centre: (Double, Double), level: Double
    ) -> FigureModel.Ellipse? {
        guard let eigen = try? SymmetricEigen(Matrix([[matrix.0, matrix.1], [matrix.1, matrix.2]])) else { return nil }
        // The quantile of χ² with two degrees of freedom: −2 log(1 − level).
        let quantile = -2 * Elementary.log1p(-level)
        let tolerance = 1e-12 * max(eigen.values[0].magnitude, eigen.values[1].magnitude)
        func axis(_ index: Int) -> (x: Double, y: Double) {
            let length = (max(0, eigen.values[index]) * quantile).squareRoot()
            return (length * eigen.vectors[0, index], length * eigen.vectors[1, index])
        }
        return FigureModel.Ellipse(
            centre: (centre.0, centre.1), major: axis(1), minor: axis(0), level: level,
            isRepaired: eigen.values[0] < -tolerance)
    }

    private static func directions(_ panel: PanelOptions) -> [String] {
        guard let node = panel["directions"] else { return [] }
        if let flag = node.boolean { return flag ? ["regression"] : [] }
        return node.strings
    }

    private static func labels(
        _ panel: PanelOptions, count: Int, _ context: inout StepContext
    ) throws(StepFailure) -> [String]? {
        guard let node = panel["labels"] else { return nil }
        guard node.items.count == count else {
            throw context.fail(
                .error(
                    .badFigure, "There is a label for each ellipse: \(count), not \(node.items.count)", at: node.range))
        }
        return node.strings
    }
}

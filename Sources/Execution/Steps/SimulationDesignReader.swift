import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Values

/// Reads the parameters of a `simulation`'s design.
enum SimulationDesignReader {
    /// - Parameter axes: The grid, whose first values stand in for numbers that the design leaves to it.
    static func read(
        _ axes: [(key: SimulationGrid.Key, values: [Value])], _ context: inout StepContext
    ) throws(StepFailure) -> SimulationDesign {
        guard let node = context.options["design"] else { throw StepFailure() }
        func first(_ key: SimulationGrid.Key) -> Value? {
            node[key.rawValue]?.value ?? axes.first { $0.key == key }?.values.first
        }
        guard let experiments = first(.experiments)?.number, let units = first(.n)?.number else {
            let key = first(.experiments) == nil ? "experiments" : "n"
            throw context.fail(
                .error(.missingOption, "A design needs `\(key)`, here or in the grid", at: node.range))
        }
        let effects = try matrix(node["effects"], &context)
        let unitCovariance = try matrix(node["units"], &context)
        do throws(EstimationError) {
            return try SimulationDesign(
                metrics: node["metrics"]?.strings ?? [], effectCovariance: effects, unitCovariance: unitCovariance,
                mean: node["mean"]?.items.compactMap(\.number), experiments: Int(experiments),
                arms: Int(first(.arms)?.number ?? 1), unitsPerArm: Int(units),
                hasDirectEffects: first(.directEffects)?.boolean ?? true)
        } catch {
            throw context.fail(.badDesign(error, context))
        }
    }

    /// A covariance matrix by its rows, or by standard deviations and correlations.
    private static func matrix(_ node: OptionNode?, _ context: inout StepContext) throws(StepFailure) -> Matrix {
        guard let node else { throw StepFailure() }
        guard let deviations = node["sd"]?.items.compactMap(\.number) else { return try rows(node, &context) }
        guard let correlation = node["correlation"] else { throw StepFailure() }
        var matrix = Matrix.identity(deviations.count)
        if let common = correlation.number {
            for i in 0..<matrix.rows { for j in 0..<matrix.rows where i != j { matrix[i, j] = common } }
        } else {
            matrix = try rows(correlation, &context)
            guard matrix.rows == deviations.count, matrix.columns == matrix.rows else {
                throw context.fail(
                    .error(
                        .badDesign, "Correlations have one row and one column for every standard deviation",
                        at: correlation.range))
            }
            guard matrix.diagonal.allSatisfy({ $0 == 1 }) else {
                throw context.fail(
                    .error(.badDesign, "A metric's correlation with itself is 1", at: correlation.range))
            }
        }
        return SimulationDesign.covariance(standardDeviations: deviations, correlation: matrix)
    }

    private static func rows(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) -> Matrix {
        let rows = node.items.map { $0.items.compactMap(\.number) }
        guard let length = rows.first?.count, rows.allSatisfy({ $0.count == length }) else {
            throw context.fail(.error(.badDesign, "The rows of a matrix are of one length", at: node.range))
        }
        return Matrix(rows)
    }
}

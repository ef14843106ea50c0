internal import LinearAlgebra
internal import Parallelism
internal import Probability

/// The fit without each experiment in turn.
///
/// An experiment's fitted mean and mean residual weigh its arms by B_k⁻¹1 at the components fitted without it. Where it has
/// one arm every number is that of metafor's `influence` and `baujat`.
/// Source: Viechtbauer and Cheung, Research Synthesis Methods 1(2), 2010; Baujat et al., Statistics in Medicine 21, 2002.
struct LeaveOneOut: Sendable {
    let data: MetaAnalysisData
    let fit: FittedModel
    let design: Design
    /// Above this many experiments the refits take too long.
    static let limit = 2000

    /// - Throws: what a refit throws; `dependentOnExperiment` where coefficients are not determined without one.
    func influences() throws(EstimationError) -> [ExperimentInfluence] {
        let made = concurrentMap(fit.model.blockCount) { k -> Result<ExperimentInfluence, EstimationError> in
            do throws(EstimationError) {
                return .success(try influence(k))
            } catch {
                return .failure(error)
            }
        }
        var result: [ExperimentInfluence] = []
        for one in made { result.append(try one.get()) }
        return result
    }

    private func influence(_ k: Int) throws(EstimationError) -> ExperimentInfluence {
        let model = fit.model
        let name = data.experiments[model.experiments[k]]
        let rest = EffectModel(model, without: k)
        let p = model.columnCount
        guard rest.count > p else { throw .tooFewEffects(needed: p + 2, found: model.count) }
        guard rest.isDetermined else { throw .dependentOnExperiment(name) }
        let refit = try FittedModel(rest, fit.options, near: fit.components)
        let change = zip(fit.point.beta, refit.point.beta).map { $0 - $1 }
        let block = BlockMean(model, fit.components, k, residualsOf: fit.point.beta)
        let without = BlockMean(model, refit.components, k, residualsOf: refit.point.beta)
        let (original, errors) = design.original(refit.coefficients, refit.covariance)
        let shift = dot(without.design, change)
        let fittedVariance = refit.covariance.quadraticForm(without.design, without.design)
        let ratio = block.information / without.information
        let leverage = fit.point.inverse.quadraticForm(without.design, without.design) * ratio * refit.inflation
        let hat = (fit.point.inverse * block.designInformation).trace
        let cook = fit.covariance.quadraticSolve(change)
        let dffits = shift / leverage.squareRoot()
        let heterogeneity = try Inconsistency(refit)
        let unit = model.unit
        return ExperimentInfluence(
            experiment: name, estimate: original[0] * unit, standardError: errors[0] * unit,
            tau: refit.components.total.squareRoot() * unit, q: heterogeneity.q, iSquared: heterogeneity.iSquared,
            hat: hat, cook: cook, dffits: dffits,
            studentised: without.residual
                / (refit.inflation / without.information + fittedVariance).squareRoot(),
            contribution: block.square, shift: shift * shift / fittedVariance,
            isInfluential: try isInfluential(change, refit, dffits: dffits, cook: cook, hat: hat))
    }

    private func isInfluential(
        _ change: [Double], _ refit: FittedModel, dffits: Double, cook: Double, hat: Double
    ) throws(EstimationError) -> Bool {
        let (p, count) = (Double(fit.model.columnCount), Double(fit.model.blockCount))
        if dffits.magnitude > 3 * (p / max(1, count - p)).squareRoot() || hat > 3 * p / count { return true }
        if ChiSquared(degreesOfFreedom: p).cumulative(cook) > 0.5 { return true }
        let whole = try LikelihoodPoint(fit.model, refit.components)
        let (moved, errors) = design.original(change, refit.inflation * whole.inverse)
        return zip(moved, errors).contains { $0.magnitude > $1 }
    }
}

/// One block's mean, weighted by B_k⁻¹1.
private struct BlockMean {
    /// 1ᵀB_k⁻¹1.
    let information: Double
    /// X_k's and the residuals' means.
    let design: [Double]
    let residual: Double
    /// X_kᵀB_k⁻¹X_k, r_kᵀB_k⁻¹r_k.
    let designInformation: Matrix
    let square: Double

    init(_ model: EffectModel, _ components: Components, _ k: Int, residualsOf beta: [Double]) {
        var solver = BlockSolver(model, components)
        solver.load(k)
        let range = model.range(k)
        let columns = beta.indices.map { a in range.map { model.column(a, $0) } }
        let solved = columns.map { column in
            var x = column
            solver.solve(&x)
            return x
        }
        let residuals = model.residuals(k, beta)
        var solvedResiduals = residuals
        solver.solve(&solvedResiduals)
        let weights = solved[0]
        let total = dot(columns[0], weights)
        information = total
        design = columns.map { dot($0, weights) / total }
        residual = dot(residuals, weights) / total
        square = dot(residuals, solvedResiduals)
        designInformation = Matrix(columns.map { column in solved.map { dot(column, $0) } })
    }
}

extension EffectModel {
    /// Whether XᵀX is regular, as it may not be without an experiment.
    fileprivate var isDetermined: Bool {
        var gram = Matrix(rows: columnCount, columns: columnCount)
        for j in effects.indices {
            for a in 0..<columnCount {
                for b in 0..<columnCount { gram[a, b] += column(a, j) * column(b, j) }
            }
        }
        return (try? Cholesky(gram, tolerance: 1e-10)) != nil
    }
}

extension Matrix {
    /// xᵀA⁻¹x of a positive definite matrix; infinite for a singular one.
    func quadraticSolve(_ x: [Double]) -> Double {
        guard let factor = try? Cholesky(self) else { return .infinity }
        let half = factor.solveLower(x)
        return dot(half, half)
    }
}

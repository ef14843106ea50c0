internal import LinearAlgebra
internal import Parallelism

/// Every true effect given the fit, by best linear unbiased prediction.
///
/// θ̂ = Xβ̂ + GB⁻¹r with G = τ²I + σ²11ᵀ, and Var[θ | δ] = G − GB⁻¹G plus E V Eᵀ for the error of β̂, E = ΣB⁻¹X. Without
/// differences of large numbers: G − GB⁻¹G = τ² diag(s²_t w) + τ⁴Σκ_rz_rz_rᵀ over the noise's terms plus
/// κ(1 − τ²z)(1 − τ²z)ᵀ of the experiments' term.
struct Shrinkage: Sendable {
    let data: MetaAnalysisData
    let model: EffectModel
    let components: Components
    /// 1ᵀB⁻¹1.
    let precision: Double
    /// Of the effects less their offset, and of the effects.
    let beta: [Double]
    let coefficients: [Double]
    let covariance: Matrix
    /// The quantile that reaches from a mean to its interval's ends.
    let multiple: Double

    init(data: MetaAnalysisData, fit: FittedModel) {
        self.data = data
        (model, components, precision) = (fit.model, fit.components, fit.point.sums.forms[0])
        (beta, coefficients, covariance) = (fit.point.beta, fit.coefficients, fit.covariance)
        multiple = fit.multiple
    }

    /// Of a model whose mean is not estimated from these effects alone, with its variance, both in the model's unit.
    init(
        data: MetaAnalysisData, model: EffectModel, point: LikelihoodPoint, beta: Double, variance: Double,
        multiple: Double
    ) {
        self.data = data
        (self.model, components, precision) = (model, point.components, point.sums.forms[0])
        self.beta = [beta]
        coefficients = [beta + model.offset[0]]
        covariance = Matrix(rows: 1, columns: 1, repeating: variance)
        self.multiple = multiple
    }

    var effects: [ShrunkenEffect] {
        let chunks = Chunks(of: model.blockCount, size: EffectModel.chunk)
        let parts = concurrentMap(chunks.count) { chunk in block(chunks[chunk]) }
        var result: [ShrunkenEffect] = []
        result.reserveCapacity(model.count)
        for part in parts { result += part }
        return result
    }

    private func block(_ blocks: Range<Int>) -> [ShrunkenEffect] {
        var result: [ShrunkenEffect] = []
        result.reserveCapacity(model.offsets[blocks.upperBound] - model.offsets[blocks.lowerBound])
        var solver = BlockSolver(model, components)
        let unit = model.unit
        var moments = ShrinkageMoments()
        for k in blocks {
            solver.load(k)
            moments.load(k, &solver, beta, coefficients, covariance)
            for (i, j) in model.range(k).enumerated() {
                let index = model.indices[j]
                let mean = moments.means[i] * unit
                let deviation = moments.variances[i].squareRoot() * unit
                result.append(
                    ShrunkenEffect(
                        experiment: data.experiments[data.experimentIndices[index]], arm: data.arms[index],
                        effect: data.effects[index], standardError: data.standardError(index),
                        weight: moments.ones[i] / precision, mean: mean, standardDeviation: deviation,
                        interval: .init(lower: mean - multiple * deviation, upper: mean + multiple * deviation)))
            }
        }
        return result
    }
}

/// Means and variances of one block's true effects; storage is kept between blocks.
private struct ShrinkageMoments {
    private(set) var means: [Double] = []
    private(set) var variances: [Double] = []
    /// B⁻¹1.
    private(set) var ones: [Double] = []
    private var column: [Double] = []
    private var residuals: [Double] = []
    private var slopes: [[Double]] = []

    mutating func load(
        _ k: Int, _ solver: inout BlockSolver, _ beta: [Double], _ coefficients: [Double], _ covariance: Matrix
    ) {
        let model = solver.model
        let (range, n, p) = (model.range(k), solver.count, beta.count)
        means.removeAll(keepingCapacity: true)
        residuals.removeAll(keepingCapacity: true)
        for j in range {
            var (mean, fitted) = (0.0, 0.0)
            for a in 0..<p {
                mean += model.column(a, j) * coefficients[a]
                fitted += model.column(a, j) * beta[a]
            }
            means.append(mean)
            residuals.append(model.effects[j] - fitted)
        }
        solver.solve(&residuals)
        var common = 0.0
        let components = solver.components
        if components.experiment > 0 {
            for i in 0..<n { common += model.one(range.lowerBound + i) * residuals[i] }
        }
        for i in 0..<n {
            means[i] += components.arm * residuals[i]
            if common != 0 { means[i] += components.experiment * common * model.one(range.lowerBound + i) }
        }
        if slopes.count != p { slopes = Array(repeating: [], count: p) }
        for a in 0..<p {
            column.removeAll(keepingCapacity: true)
            for j in range { column.append(model.column(a, j)) }
            solver.solve(&column)
            if a == 0 {
                ones.removeAll(keepingCapacity: true)
                ones.append(contentsOf: column)
            }
            setSlope(a, solver)
        }
        if !model.rotations.isEmpty, let turn = model.rotations[k] {
            (means, ones) = (turn * means, turn * ones)
            for a in 0..<p { slopes[a] = turn * slopes[a] }
            setTurnedVariances(solver, turn)
        } else {
            setVariances(solver)
        }
        for i in 0..<n {
            for a in 0..<p { for b in 0..<p { variances[i] += slopes[a][i] * covariance[a, b] * slopes[b][i] } }
        }
    }

    /// Σ times `column`, the block's B⁻¹x.
    private mutating func setSlope(_ a: Int, _ solver: BlockSolver) {
        slopes[a].removeAll(keepingCapacity: true)
        for (i, j) in solver.range.enumerated() { slopes[a].append(solver.model.own[j] * column[i]) }
        for term in solver.active where !term.isExperiment {
            var share = 0.0
            for i in column.indices { share += term.direction[i] * column[i] }
            for i in column.indices { slopes[a][i] += term.coefficient * share * term.direction[i] }
        }
    }

    /// Element i of a term's vector in Var[θ | δ, β], before κ.
    private func element(_ term: BlockSolver.Term, _ i: Int, _ tauSquared: Double) -> Double {
        term.isExperiment ? term.direction[i] - tauSquared * term.solved[i] : tauSquared * term.solved[i]
    }

    private mutating func setVariances(_ solver: BlockSolver) {
        let tauSquared = solver.components.arm
        variances.removeAll(keepingCapacity: true)
        for (i, j) in solver.range.enumerated() {
            var variance = tauSquared * solver.model.own[j] * solver.weights[i]
            for term in solver.active {
                let value = element(term, i, tauSquared)
                variance += term.kappa * value * value
            }
            variances.append(variance)
        }
    }

    private mutating func setTurnedVariances(_ solver: BlockSolver, _ turn: Matrix) {
        let tauSquared = solver.components.arm
        variances = Array(repeating: 0, count: solver.count)
        for (m, j) in solver.range.enumerated() {
            let variance = tauSquared * solver.model.own[j] * solver.weights[m]
            for i in variances.indices { variances[i] += turn[i, m] * turn[i, m] * variance }
        }
        for term in solver.active {
            let vector = turn * (0..<solver.count).map { element(term, $0, tauSquared) }
            for i in variances.indices { variances[i] += term.kappa * vector[i] * vector[i] }
        }
    }
}

internal import LinearAlgebra
internal import Parallelism
internal import Probability

/// The model at one value of its variance components: β̂ by generalised least squares, likelihood, derivatives.
struct LikelihoodPoint: Sendable {
    let components: Components
    let sums: ModelSums
    /// N.
    let count: Int
    /// (XᵀB⁻¹X)⁻¹.
    let inverse: Matrix
    let logDeterminant: Double
    /// Of the effects less their offset.
    let beta: [Double]
    /// yᵀPy.
    let residual: Double

    /// - Throws: `cancelled`; `noConvergence` where sums are not finite or XᵀB⁻¹X is singular.
    init(
        _ model: EffectModel, _ components: Components, _ order: ModelSums.Order = .likelihood
    ) throws(EstimationError) {
        guard !Cancellation.isRequested else { throw .cancelled }
        self.components = components
        count = model.count
        let sums = model.sums(components, order)
        self.sums = sums
        let p = sums.size - 1
        let right = (0..<p).map { sums.forms[$0 * (p + 1) + p] }
        guard sums.forms.allSatisfy(\.isFinite), sums.logDeterminant.isFinite else {
            throw .noConvergence(method: "Generalised least squares")
        }
        if p == 1 {
            // The same operations as the factor's, without its matrices: short fits are made of little else.
            let root = sums.forms[0].squareRoot()
            guard root > 0 else { throw .noConvergence(method: "Generalised least squares") }
            inverse = Matrix(rows: 1, columns: 1, elements: [1 / root / root])
            beta = [right[0] / root / root]
            logDeterminant = 2 * Elementary.log(root)
        } else {
            var information = Matrix(rows: p, columns: p)
            for a in 0..<p { for b in 0..<p { information[a, b] = sums.forms[a * (p + 1) + b] } }
            guard let factor = try? Cholesky(information) else {
                throw .noConvergence(method: "Generalised least squares")
            }
            inverse = factor.inverse
            beta = factor.solve(right)
            logDeterminant = 2 * factor.lower.diagonal.reduce(0) { $0 + Elementary.log($1) }
        }
        residual = max(0, sums.forms[sums.forms.count - 1] - dot(beta, right))
        guard residual.isFinite, inverse.isFinite else { throw .noConvergence(method: "Generalised least squares") }
    }

    /// N − p.
    var degreesOfFreedom: Double { Double(count - beta.count) }

    /// Without constants in the components: −½(log |B| + yᵀPy), and −½ log |XᵀB⁻¹X| where restricted.
    func logLikelihood(restricted: Bool) -> Double {
        -(sums.logDeterminant + residual + (restricted ? logDeterminant : 0)) / 2
    }

    // MARK: Projections of sums, M = ZᵀAZ

    /// XᵀAX.
    private func design(_ matrix: [Double]) -> Matrix {
        let p = beta.count
        return Matrix(rows: p, columns: p, elements: (0..<p * p).map { matrix[$0 / p * (p + 1) + $0 % p] })
    }

    /// XᵀAr, r = y − Xβ̂.
    private func cross(_ matrix: [Double]) -> [Double] {
        let p = beta.count
        return (0..<p).map { a in
            var sum = matrix[a * (p + 1) + p]
            for b in 0..<p { sum -= matrix[a * (p + 1) + b] * beta[b] }
            return sum
        }
    }

    /// rᵀAr.
    private func square(_ matrix: [Double]) -> Double {
        let p = beta.count
        var sum = matrix[p * (p + 1) + p] - dot(beta, cross(matrix))
        for b in 0..<p { sum -= matrix[p * (p + 1) + b] * beta[b] }
        return sum
    }

    // MARK: Derivatives

    /// tr PD.
    func projectedTrace(_ d: Int) -> Double { sums.traces[d] - (inverse * design(sums.scores[d])).trace }

    /// tr PDPE; pairs are numbered as `ModelSums` has them.
    func projectedSquareTrace(_ d: Int, _ e: Int) -> Double {
        let first = inverse * design(sums.scores[d])
        let second = inverse * design(sums.scores[e])
        return sums.squareTraces[d + e] - 2 * (inverse * design(sums.curvatures[d + e])).trace + (first * second).trace
    }

    /// The likelihood's derivative: ½(yᵀPDPy − tr PD), tr B⁻¹D unless restricted.
    func score(_ d: Int = 0, restricted: Bool) -> Double {
        (square(sums.scores[d]) - (restricted ? projectedTrace(d) : sums.traces[d])) / 2
    }

    /// Minus its expected second derivative: ½ tr PDPE, ½ tr B⁻¹DB⁻¹E unless restricted.
    func expectedInformation(_ d: Int, _ e: Int, restricted: Bool) -> Double {
        (restricted ? projectedSquareTrace(d, e) : sums.squareTraces[d + e]) / 2
    }

    /// Minus its second derivative: yᵀPDPEPy less the expected information.
    func observedInformation(_ d: Int, _ e: Int, restricted: Bool) -> Double {
        let (left, right) = (cross(sums.scores[d]), cross(sums.scores[e]))
        let form = square(sums.curvatures[d + e]) - dot(left, inverse * right)
        return form - expectedInformation(d, e, restricted: restricted)
    }
}

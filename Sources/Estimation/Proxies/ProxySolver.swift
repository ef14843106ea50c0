internal import LinearAlgebra

/// Coefficients by one estimator from any number of vectors of sums, without allocating for each.
///
/// Made once and used by one thread; jackknife and bootstrap solve a system for every experiment or draw.
final class ProxySolver {
    /// Why a vector of sums gives no coefficients.
    enum Fault: Error {
        case tooFewEffects
        case singularNoise
        case notPositiveDefinite
    }

    let estimator: ProxyEstimator
    let order: Int
    private let layout: SumsLayout
    private let intercept: Bool
    private let shift: [Double]
    /// Solve whatever system stands there, definite or not.
    private let acceptsIndefinite: Bool
    /// Find κ also where the estimator does not need it.
    private let findsRoot: Bool
    private let eigen: SmallestEigenpair
    private let memory: UnsafeMutablePointer<Double>
    /// β and, last, α.
    let solution: UnsafeMutablePointer<Double>
    private let matrix: UnsafeMutablePointer<Double>
    private let noise: UnsafeMutablePointer<Double>
    private let scaledMatrix: UnsafeMutablePointer<Double>
    private let scaledNoise: UnsafeMutablePointer<Double>
    private let roots: UnsafeMutablePointer<Double>
    private let means: UnsafeMutablePointer<Double>
    private(set) var kappa: Double?
    private(set) var subtracted: Double?

    /// - Parameter reference: The eigenvector of a first solution, from which those of others are begun.
    init(
        _ estimator: ProxyEstimator, layout: SumsLayout, intercept: Bool, shift: [Double],
        acceptsIndefinite: Bool = false, findsRoot: Bool = false, reference: [Double]? = nil
    ) {
        self.estimator = estimator
        self.layout = layout
        self.intercept = intercept
        self.shift = shift
        self.acceptsIndefinite = acceptsIndefinite
        self.findsRoot = findsRoot
        order = layout.order
        eigen = SmallestEigenpair(order: order, reference: reference)
        let square = order * order
        memory = .allocate(capacity: 4 * square + 3 * order)
        memory.initialize(repeating: 0, count: 4 * square + 3 * order)
        matrix = memory
        noise = matrix + square
        scaledMatrix = noise + square
        scaledNoise = scaledMatrix + square
        roots = scaledNoise + square
        means = roots + order
        solution = means + order
    }

    deinit { memory.deallocate() }

    /// Where the next solver for similar sums may begin.
    var reference: [Double]? { eigen.start }

    /// β and α of the last solution.
    var values: [Double] { Array(UnsafeBufferPointer(start: solution, count: order)) }

    /// Solves for `solution`.
    func solve(_ sums: UnsafePointer<Double>) -> Fault? {
        estimator.covarianceEstimator == nil ? solveScatter(sums) : solveCovariance(sums)
    }

    /// Λ̂_SS⁻¹Λ̂_SY.
    private func solveCovariance(_ sums: UnsafePointer<Double>) -> Fault? {
        let weight = sums[SumsLayout.weight]
        let divisor = intercept ? 1 - sums[SumsLayout.weightSquare] / (weight * weight) : 1
        guard divisor > 1e-12 else { return .tooFewEffects }
        let kind = estimator.covarianceEstimator
        var factor = sums[SumsLayout.unitNoise] / weight
        if intercept { factor -= sums[SumsLayout.unitNoiseSquare] / (weight * weight) }
        let pooled = kind == .tc ? factor / sums[SumsLayout.degreesOfFreedom] : 0
        for m in 0..<order { means[m] = sums[layout.mean + m] / weight }
        var p = 0
        for a in 0..<order {
            for b in 0..<(a + 1) {
                var element = sums[layout.second + p] / weight
                if intercept { element -= means[a] * means[b] }
                if a == b { roots[a] = element > 0 ? element.squareRoot() : 1 }
                if kind == .jive {
                    element -= sums[layout.noise + p] / weight
                    if intercept { element += sums[layout.noiseSquare + p] / (weight * weight) }
                } else {
                    element -= pooled * sums[layout.pooled + p]
                }
                matrix[a * order + b] = element / divisor
                matrix[b * order + a] = element / divisor
                p += 1
            }
        }
        return divide()
    }

    /// (M_SS − cN_SS)⁻¹(M_SY − cN_SY).
    private func solveScatter(_ sums: UnsafePointer<Double>) -> Fault? {
        let precision = sums[SumsLayout.precision]
        let isRobust = estimator.takesOwnNoise
        let degrees = sums[SumsLayout.degreesOfFreedom]
        for m in 0..<order { means[m] = intercept ? sums[layout.scatterMean + m] / precision : 0 }
        var p = 0
        for a in 0..<order {
            for b in 0..<(a + 1) {
                var (scatter, own) = (sums[layout.scatter + p], sums[layout.pooled + p] / degrees)
                if intercept { scatter -= means[a] * sums[layout.scatterMean + b] }
                if isRobust {
                    own = sums[layout.scatterNoise + p]
                    if intercept { own -= sums[layout.scatterMeanNoise + p] / precision }
                }
                matrix[a * order + b] = scatter
                matrix[b * order + a] = scatter
                noise[a * order + b] = own
                noise[b * order + a] = own
                p += 1
            }
        }
        let degreesOfScatter = sums[SumsLayout.effects] - (intercept ? 1 : 0)
        var multiple = 0.0
        switch estimator {
        case .kClass(let k): multiple = (k - 1) * degrees
        case .liml, .fuller, .hliml, .hfuller:
            guard let root = smallestRoot() else { return .singularNoise }
            multiple = root
            if case .fuller(let alpha) = estimator { multiple -= alpha }
            if case .hfuller(let alpha) = estimator { multiple -= alpha / degreesOfScatter }
        default: if findsRoot, smallestRoot() == nil { return .singularNoise }
        }
        subtracted = multiple
        for a in 0..<order { roots[a] = matrix[a * order + a] > 0 ? matrix[a * order + a].squareRoot() : 1 }
        for index in 0..<order * order { matrix[index] -= multiple * noise[index] }
        return divide()
    }

    /// κ of M against N, both in units of N's diagonal.
    private func smallestRoot() -> Double? {
        for a in 0..<order {
            guard noise[a * order + a] > 0 else { return nil }
            roots[a] = noise[a * order + a].squareRoot()
        }
        for a in 0..<order {
            for b in 0..<order {
                scaledMatrix[a * order + b] = matrix[a * order + b] / (roots[a] * roots[b])
                scaledNoise[a * order + b] = noise[a * order + b] / (roots[a] * roots[b])
            }
        }
        kappa = eigen.value(scaledMatrix, scaledNoise)
        return kappa
    }

    /// Solves the system of the proxies in units of `roots`, and takes α from the means.
    private func divide() -> Fault? {
        let count = order - 1
        for a in 0..<count {
            for b in 0..<count {
                scaledMatrix[a * count + b] = matrix[(a + 1) * order + b + 1] / (roots[a + 1] * roots[b + 1])
            }
            solution[a] = matrix[(a + 1) * order] / roots[a + 1]
        }
        if SmallSystems.cholesky(scaledMatrix, count, limit: 1e-10) {
            SmallSystems.solve(cholesky: scaledMatrix, count, solution)
        } else {
            guard acceptsIndefinite else { return .notPositiveDefinite }
            for a in 0..<count {
                for b in 0..<count {
                    scaledMatrix[a * count + b] = matrix[(a + 1) * order + b + 1] / (roots[a + 1] * roots[b + 1])
                }
                solution[a] = matrix[(a + 1) * order] / roots[a + 1]
            }
            guard SmallSystems.eliminate(scaledMatrix, count, solution) else { return .notPositiveDefinite }
        }
        solution[count] = intercept ? means[0] + shift[0] : 0
        for a in 0..<count {
            solution[a] /= roots[a + 1]
            guard solution[a].isFinite else { return .notPositiveDefinite }
            if intercept { solution[count] -= solution[a] * (means[a + 1] + shift[a + 1]) }
        }
        return nil
    }

    /// The matrix of the last solution, Λ̂ or M − cN.
    var lastMatrix: Matrix { Matrix(copying: matrix, order) }
}

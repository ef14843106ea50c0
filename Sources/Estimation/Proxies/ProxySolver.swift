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
    private let root: SmallestRoot
    private let memory: UnsafeMutablePointer<Double>
    /// β and, last, α.
    let solution: UnsafeMutablePointer<Double>
    /// Its lower triangle is the matrix that is divided by; the upper one is not used. So is `noise`.
    private let matrix: UnsafeMutablePointer<Double>
    private let noise: UnsafeMutablePointer<Double>
    private let scaledMatrix: UnsafeMutablePointer<Double>
    private let scaledNoise: UnsafeMutablePointer<Double>
    private let inverseRoots: UnsafeMutablePointer<Double>
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
        root = SmallestRoot(order: order, reference: reference)
        let square = order * order
        memory = .allocate(capacity: 4 * square + 3 * order)
        memory.initialize(repeating: 0, count: 4 * square + 3 * order)
        matrix = memory
        noise = matrix + square
        scaledMatrix = noise + square
        scaledNoise = scaledMatrix + square
        inverseRoots = scaledNoise + square
        means = inverseRoots + order
        solution = means + order
    }

    deinit { memory.deallocate() }

    /// Where the next solver for similar sums may begin.
    var reference: [Double]? { root.reference }

    /// β and α of the last solution.
    var values: [Double] { Array(UnsafeBufferPointer(start: solution, count: order)) }

    /// Solves for `solution`.
    func solve(_ sums: UnsafePointer<Double>) -> Fault? {
        withKnownOrder(order) { order in
            estimator.covarianceEstimator == nil ? solveScatter(sums, order) : solveCovariance(sums, order)
        }
    }

    /// Λ̂_SS⁻¹Λ̂_SY.
    @inline(__always)
    private func solveCovariance(_ sums: UnsafePointer<Double>, _ order: Int) -> Fault? {
        let inverse = 1 / sums[SumsLayout.weight]
        let square = intercept ? inverse * inverse : 0
        let divisor = 1 - sums[SumsLayout.weightSquare] * square
        guard divisor > 1e-12 else { return .tooFewEffects }
        let scale = 1 / divisor
        var pooled = 0.0
        var own = 0.0
        switch estimator {
        case .tc:
            let factor = sums[SumsLayout.unitNoise] * inverse - sums[SumsLayout.unitNoiseSquare] * square
            pooled = factor / sums[SumsLayout.degreesOfFreedom]
        case .jive: own = 1
        default: break
        }
        for m in 0..<order { means[m] = sums[layout.mean + m] * inverse }
        let (second, units) = (sums + layout.second, sums + layout.pooled)
        let (noise, noiseSquare) = (sums + layout.noise, sums + layout.noiseSquare)
        var p = 0
        for a in 0..<order {
            let mean = intercept ? means[a] : 0
            for b in 0..<(a + 1) {
                let spread = second[p] * inverse - mean * means[b]
                if a == b { inverseRoots[a] = spread > 0 ? 1 / spread.squareRoot() : 1 }
                let taken = own * (noise[p] * inverse - noiseSquare[p] * square) + pooled * units[p]
                matrix[a * order + b] = (spread - taken) * scale
                p += 1
            }
        }
        return divide()
    }

    /// (M_SS − cN_SS)⁻¹(M_SY − cN_SY).
    @inline(__always)
    private func solveScatter(_ sums: UnsafePointer<Double>, _ order: Int) -> Fault? {
        let precision = intercept ? 1 / sums[SumsLayout.precision] : 0
        let isRobust = estimator.takesOwnNoise
        let degrees = sums[SumsLayout.degreesOfFreedom]
        let inverseDegrees = 1 / degrees
        for m in 0..<order { means[m] = sums[layout.scatterMean + m] * precision }
        var p = 0
        for a in 0..<order {
            for b in 0..<(a + 1) {
                matrix[a * order + b] = sums[layout.scatter + p] - means[a] * sums[layout.scatterMean + b]
                noise[a * order + b] =
                    isRobust
                    ? sums[layout.scatterNoise + p] - sums[layout.scatterMeanNoise + p] * precision
                    : sums[layout.pooled + p] * inverseDegrees
                p += 1
            }
        }
        let degreesOfScatter = sums[SumsLayout.effects] - (intercept ? 1 : 0)
        var multiple = 0.0
        switch estimator {
        case .kClass(let k): multiple = (k - 1) * degrees
        case .liml, .fuller, .hliml, .hfuller:
            guard let smallest = smallestRoot() else { return .singularNoise }
            multiple = smallest
            if case .fuller(let alpha) = estimator { multiple -= alpha }
            if case .hfuller(let alpha) = estimator { multiple -= alpha / degreesOfScatter }
        default: if findsRoot, smallestRoot() == nil { return .singularNoise }
        }
        subtracted = multiple
        for a in 0..<order {
            let spread = matrix[a * order + a]
            inverseRoots[a] = spread > 0 ? 1 / spread.squareRoot() : 1
        }
        for a in 0..<order { for b in 0..<(a + 1) { matrix[a * order + b] -= multiple * noise[a * order + b] } }
        return divide()
    }

    /// κ of M against N, both in units of N's diagonal.
    private func smallestRoot() -> Double? {
        for a in 0..<order {
            guard noise[a * order + a] > 0 else { return nil }
            inverseRoots[a] = 1 / noise[a * order + a].squareRoot()
        }
        for a in 0..<order {
            for b in 0..<(a + 1) {
                let factor = inverseRoots[a] * inverseRoots[b]
                scaledMatrix[a * order + b] = matrix[a * order + b] * factor
                scaledMatrix[b * order + a] = scaledMatrix[a * order + b]
                scaledNoise[a * order + b] = noise[a * order + b] * factor
                scaledNoise[b * order + a] = scaledNoise[a * order + b]
            }
        }
        kappa = root.value(scaledMatrix, scaledNoise)
        return kappa
    }

    /// Solves the system of the proxies in units of their spread, and takes α from the means.
    private func divide() -> Fault? {
        let count = order - 1
        withKnownOrder(order, loadSystem)
        if SmallSystems.cholesky(scaledMatrix, count, limit: 1e-10) {
            SmallSystems.solve(cholesky: scaledMatrix, count, solution)
        } else {
            guard acceptsIndefinite else { return .notPositiveDefinite }
            loadSystem(order)
            guard SmallSystems.eliminate(scaledMatrix, count, solution) else { return .notPositiveDefinite }
        }
        var constant = intercept ? means[0] + shift[0] : 0
        for a in 0..<count {
            solution[a] *= inverseRoots[a + 1]
            guard solution[a].isFinite else { return .notPositiveDefinite }
            if intercept { constant -= solution[a] * (means[a + 1] + shift[a + 1]) }
        }
        solution[count] = constant
        return nil
    }

    @inline(__always)
    private func loadSystem(_ order: Int) {
        let count = order - 1
        for a in 0..<count {
            for b in 0..<(a + 1) {
                let value = matrix[(a + 1) * order + b + 1] * (inverseRoots[a + 1] * inverseRoots[b + 1])
                scaledMatrix[a * count + b] = value
                scaledMatrix[b * count + a] = value
            }
            solution[a] = matrix[(a + 1) * order] * inverseRoots[a + 1]
        }
    }

    /// The matrix of the last solution, Λ̂ or M − cN.
    var lastMatrix: Matrix {
        var result = Matrix(copying: matrix, order)
        for a in 0..<order { for b in 0..<a { result[b, a] = result[a, b] } }
        return result
    }
}

internal import LinearAlgebra

/// Sums of deviations of leave-one-out estimates from the estimate of all, and of their products.
///
/// They add up over parts of the experiments, so parts can be computed at once.
struct DeviationSums: Sendable {
    private typealias Four = SIMD4<Double>

    private let count: Int
    private var sums: [Double]
    /// The lower triangle by rows, each filled up to a multiple of four.
    private var products: [SIMD4<Double>]
    /// What is added, filled up with zeros.
    private var deviation: [SIMD4<Double>]

    init(count: Int) {
        self.count = count
        sums = Array(repeating: 0, count: count)
        products = Array(repeating: .zero, count: (0..<count).reduce(0) { $0 + $1 / 4 + 1 })
        deviation = Array(repeating: .zero, count: (count + 3) / 4)
    }

    /// Once for every experiment and estimator, so without the checks of array indices and without a count of references,
    /// which processors would fight over; four products at a time.
    mutating func add(_ estimate: UnsafePointer<Double>, from full: UnsafePointer<Double>) {
        let count = count
        sums.withUnsafeMutableBufferPointer { sums in
            deviation.withUnsafeMutableBufferPointer { deviation in
                deviation.withMemoryRebound(to: Double.self) { scalars in
                    for a in 0..<count {
                        scalars[a] = estimate[a] - full[a]
                        sums[a] += scalars[a]
                    }
                }
                products.withUnsafeMutableBufferPointer { products in
                    var p = 0
                    for a in 0..<count {
                        let x = Four(repeating: deviation[a / 4][a % 4])
                        for b in 0..<(a / 4 + 1) {
                            products[p] += x * deviation[b]
                            p += 1
                        }
                    }
                }
            }
        }
    }

    mutating func add(_ other: DeviationSums) {
        for index in sums.indices { sums[index] += other.sums[index] }
        for index in products.indices { products[index] += other.products[index] }
    }

    private var packedProducts: [Double] {
        var result: [Double] = []
        var p = 0
        for a in 0..<count {
            for b in 0..<(a + 1) { result.append(products[p + b / 4][b % 4]) }
            p += a / 4 + 1
        }
        return result
    }

    /// (K − 1)/K Σ_k (θ₍₋k₎ − θ̄)(θ₍₋k₎ − θ̄)ᵀ of K deviations.
    ///
    /// Source: Efron and Stein, "The Jackknife Estimate of Variance", Annals of Statistics 9(3), 1981.
    func jackknifeCovariance(count experiments: Int) -> Matrix {
        let number = Double(experiments)
        let second = PackedSymmetric.unpack(packedProducts, order: count)
        return ((number - 1) / number) * (second - Matrix.outer(sums, sums) / number)
    }
}

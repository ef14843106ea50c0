internal import LinearAlgebra

/// Sums of deviations of leave-one-out estimates from the estimate of all, and of their products.
///
/// They add up over parts of the experiments, so parts can be computed at once.
struct DeviationSums: Sendable {
    private let count: Int
    private var sums: [Double]
    /// Packed.
    private var products: [Double]

    init(count: Int) {
        self.count = count
        sums = Array(repeating: 0, count: count)
        products = Array(repeating: 0, count: PackedSymmetric.count(order: count))
    }

    /// Once for every experiment and estimator, so without the checks of array indices and without a count of references,
    /// which processors would fight over.
    mutating func add(_ estimate: UnsafePointer<Double>, from full: UnsafePointer<Double>) {
        let count = count
        sums.withUnsafeMutableBufferPointer { sums in
            products.withUnsafeMutableBufferPointer { products in
                var p = 0
                for a in 0..<count {
                    let x = estimate[a] - full[a]
                    sums[a] += x
                    for b in 0..<(a + 1) {
                        products[p] += x * (estimate[b] - full[b])
                        p += 1
                    }
                }
            }
        }
    }

    mutating func add(_ other: DeviationSums) {
        for index in sums.indices { sums[index] += other.sums[index] }
        for index in products.indices { products[index] += other.products[index] }
    }

    /// (K − 1)/K Σ_k (θ₍₋k₎ − θ̄)(θ₍₋k₎ − θ̄)ᵀ of K deviations.
    ///
    /// Source: Efron and Stein, "The Jackknife Estimate of Variance", Annals of Statistics 9(3), 1981.
    func jackknifeCovariance(count experiments: Int) -> Matrix {
        let number = Double(experiments)
        let second = PackedSymmetric.unpack(products, order: count)
        return ((number - 1) / number) * (second - Matrix.outer(sums, sums) / number)
    }
}

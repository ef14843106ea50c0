internal import LinearAlgebra
internal import Probability

/// Draws Wishart(ν, Σ) matrices, Σ positive semi-definite, times a factor.
///
/// From ν ≥ G on by Bartlett's decomposition (LA)(LA)ᵀ, Σ = LLᵀ, A lower triangular with normals below its diagonal and
/// roots of chi-squared on ν − i degrees of freedom on it (i from 0); below as the sum of ν outer products. ν is a whole
/// number, 0 included. Source: Bartlett, "On the theory of statistical regression", Proceedings of the Royal Society of
/// Edinburgh 53, 1933.
struct WishartSampler: Sendable {
    let order: Int
    private let packed: Int
    private let degreesOfFreedom: Double
    private let scale: Double
    private let factor: [Double]
    private let gammas: [GammaSampler]

    /// - Parameters:
    ///   - degreesOfFreedom: ν.
    ///   - covariance: Σ.
    ///   - scale: What every draw is multiplied by.
    init(degreesOfFreedom: Double, covariance: Matrix, scale: Double = 1) {
        order = covariance.rows
        packed = PackedSymmetric.count(order: covariance.rows)
        self.degreesOfFreedom = degreesOfFreedom
        self.scale = scale
        factor = NormalSampler.factor(of: covariance)
        gammas =
            degreesOfFreedom >= Double(covariance.rows)
            ? (0..<covariance.rows).map { GammaSampler(shape: (degreesOfFreedom - Double($0)) / 2) } : []
    }

    static func scratchCount(order: Int) -> Int { 2 * PackedSymmetric.count(order: order) }

    /// Overwrites `target`, a packed triangle, with a draw; `scratch` has room for `scratchCount`.
    func draw(
        _ cursor: inout RandomCursor, into target: UnsafeMutablePointer<Double>, scratch: UnsafeMutablePointer<Double>
    ) {
        if gammas.isEmpty {
            target.update(repeating: 0, count: packed)
            for _ in 0..<Int(degreesOfFreedom) { addOuterProduct(&cursor, to: target, scratch) }
            return
        }
        let (triangle, product) = (scratch, scratch + packed)
        var p = 0
        for i in 0..<order {
            for _ in 0..<i {
                triangle[p] = cursor.normal()
                p += 1
            }
            triangle[p] = (2 * gammas[i].draw(&cursor)).squareRoot()
            p += 1
        }
        finish(triangle, product, into: target)
    }

    /// How many matrices `draws` makes at a time, and the room that it needs.
    static let run = 64
    static func runScratchCount(order: Int) -> Int {
        run * (PackedSymmetric.count(order: order) + 4) + scratchCount(order: order)
    }

    /// `count` draws one after another at `target`, at less cost than one by one; other draws than those, of the same law.
    ///
    /// - Parameter scratch: Room for `runScratchCount`.
    func draws(
        _ cursor: inout RandomCursor, into target: UnsafeMutablePointer<Double>, count: Int,
        scratch: UnsafeMutablePointer<Double>
    ) {
        let small = scratch + WishartSampler.run * (packed + 4)
        if gammas.isEmpty {
            for index in 0..<count { draw(&cursor, into: target + index * packed, scratch: small) }
            return
        }
        var done = 0
        while done < count {
            let size = min(WishartSampler.run, count - done)
            drawRun(&cursor, into: target + done * packed, count: size, scratch: scratch, small: small)
            done += size
        }
    }

    private func drawRun(
        _ cursor: inout RandomCursor, into target: UnsafeMutablePointer<Double>, count: Int,
        scratch: UnsafeMutablePointer<Double>, small: UnsafeMutablePointer<Double>
    ) {
        // A's elements, each for all matrices of the run, then room for one element's and for making them.
        let column = scratch + WishartSampler.run * packed
        let rest = column + WishartSampler.run
        var p = 0
        for i in 0..<order {
            for j in 0..<(i + 1) {
                if j < i {
                    cursor.normals(into: column, count: count, scratch: rest)
                } else {
                    gammas[i].draws(&cursor, into: column, count: count, scratch: rest)
                    for index in 0..<count { column[index] = (2 * column[index]).squareRoot() }
                }
                for index in 0..<count { scratch[index * packed + p] = column[index] }
                p += 1
            }
        }
        for index in 0..<count {
            finish(scratch + index * packed, small, into: target + index * packed)
        }
    }

    /// (LA)(LA)ᵀ times the factor; `product` has room for LA.
    private func finish(
        _ triangle: UnsafePointer<Double>, _ product: UnsafeMutablePointer<Double>,
        into target: UnsafeMutablePointer<Double>
    ) {
        multiply(triangle, into: product)
        var p = 0
        var row = product
        for i in 0..<order {
            var column = product
            for j in 0..<(i + 1) {
                var sum = 0.0
                for k in 0..<(j + 1) { sum += row[k] * column[k] }
                target[p] = scale * sum
                p += 1
                column += j + 1
            }
            row += i + 1
        }
    }

    /// LA, both packed lower triangles.
    private func multiply(_ triangle: UnsafePointer<Double>, into product: UnsafeMutablePointer<Double>) {
        factor.withUnsafeBufferPointer { factor in
            var p = 0
            for i in 0..<order {
                let start = i * (i + 1) / 2
                for j in 0..<(i + 1) {
                    var sum = 0.0
                    for k in j..<(i + 1) { sum += factor[start + k] * triangle[k * (k + 1) / 2 + j] }
                    product[p] = sum
                    p += 1
                }
            }
        }
    }

    private func addOuterProduct(
        _ cursor: inout RandomCursor, to target: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
    ) {
        let (z, x) = (scratch, scratch + order)
        for i in 0..<order { z[i] = cursor.normal() }
        var p = 0
        for i in 0..<order {
            x[i] = 0
            for k in 0..<(i + 1) { x[i] += factor[i * (i + 1) / 2 + k] * z[k] }
            for j in 0..<(i + 1) {
                target[p] += scale * x[i] * x[j]
                p += 1
            }
        }
    }
}

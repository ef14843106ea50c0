/// Draws from the gamma distribution of one shape and scale 1, exact in law.
///
/// Marsaglia and Tsang's rejection from a transformed normal, d(1 + cz)³ with d = a − 1/3 and c = 1/√(9d); for a < 1 the
/// draw of shape a + 1 times U^(1/a). A draw takes a random number of uniforms, fewer than 1.1 pairs on average, so it
/// walks a `RandomCursor`. Source: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM
/// Transactions on Mathematical Software 26(3), 2000.
package struct GammaSampler: Sendable {
    private let d: Double
    private let c: Double
    /// 1/a where a < 1.
    private let exponent: Double?

    /// - Parameter shape: a > 0.
    package init(shape: Double) {
        d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
        c = 1 / (9 * d).squareRoot()
        exponent = shape < 1 ? 1 / shape : nil
    }

    package func draw(_ cursor: inout RandomCursor) -> Double {
        let value = basic(&cursor)
        guard let exponent else { return value }
        return value * Elementary.pow(cursor.uniform(), exponent)
    }

    private func basic(_ cursor: inout RandomCursor) -> Double {
        while true {
            let z = cursor.normal()
            let root = 1 + c * z
            guard root > 0 else { continue }
            let v = root * root * root
            let u = cursor.uniform()
            let square = z * z
            // The squeeze spares the logarithms nearly always.
            if u < 1 - 0.0331 * square * square { return d * v }
            if Elementary.log(u) < square / 2 + d * (1 - v + Elementary.log(v)) { return d * v }
        }
    }

    /// `count` draws, at less cost than one by one; other draws than those, of the same law.
    ///
    /// - Parameter scratch: Room for 2 `count` numbers.
    package func draws(
        _ cursor: inout RandomCursor, into target: UnsafeMutablePointer<Double>, count: Int,
        scratch: UnsafeMutablePointer<Double>
    ) {
        guard exponent == nil else {
            for index in 0..<count { target[index] = draw(&cursor) }
            return
        }
        let (z, u) = (scratch, scratch + count)
        cursor.normals(into: z, count: count, scratch: u)
        cursor.uniforms(into: u, count: count)
        for index in 0..<count {
            let root = 1 + c * z[index]
            let v = root * root * root
            let square = z[index] * z[index]
            let passes =
                root > 0
                && (u[index] < 1 - 0.0331 * square * square
                    || Elementary.log(u[index]) < square / 2 + d * (1 - v + Elementary.log(v)))
            target[index] = passes ? d * v : basic(&cursor)
        }
    }
}

/// Sums of products over many short rows, eight columns at a time; the order of additions is fixed.
enum ProductTiles {
    /// The smallest multiple of 8 that is not below a count.
    static func padded(_ count: Int) -> Int { (count + 7) / 8 * 8 }

    /// Adds Σ_n left[n][s]·right[n][t] to target[s][t], t over `tiles` times eight columns.
    ///
    /// - Parameters:
    ///   - left: The element s of the first row; rows are `leftStride` apart.
    ///   - right: The first row, `rightStride` apart.
    ///   - target: Where row s of the sums stands.
    static func add(
        _ left: UnsafePointer<Double>, _ leftStride: Int, _ right: UnsafePointer<Double>, _ rightStride: Int,
        count: Int, tiles: Int, to target: UnsafeMutablePointer<Double>
    ) {
        for tile in 0..<tiles {
            var sum = SIMD8<Double>.zero
            var (x, y) = (left, right + 8 * tile)
            for _ in 0..<count {
                sum += x.pointee * UnsafeRawPointer(y).loadUnaligned(as: SIMD8<Double>.self)
                x += leftStride
                y += rightStride
            }
            for column in 0..<8 { target[8 * tile + column] += sum[column] }
        }
    }

    /// Σ x_iy_i over `tiles` times eight elements.
    static func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, tiles: Int) -> Double {
        var sum = SIMD8<Double>.zero
        for tile in 0..<tiles {
            sum +=
                UnsafeRawPointer(x + 8 * tile).loadUnaligned(as: SIMD8<Double>.self)
                * UnsafeRawPointer(y + 8 * tile).loadUnaligned(as: SIMD8<Double>.self)
        }
        return (sum[0] + sum[1] + (sum[2] + sum[3])) + (sum[4] + sum[5] + (sum[6] + sum[7]))
    }
}

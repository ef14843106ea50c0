internal import LinearAlgebra

/// F with S = FFᵀ, lower triangular and packed, of a packed positive semi-definite S; a zero pivot makes a zero column.
///
/// nil where S has a clearly negative direction: a pivot below −1e-8 of its diagonal element, or a zero pivot beside
/// which the rest of the column is not zero.
func semidefiniteRoot(_ packed: ArraySlice<Double>, order: Int) -> [Double]? {
    let start = packed.startIndex
    var root = Array(repeating: 0.0, count: packed.count)
    for j in 0..<order {
        let size = packed[start + PackedSymmetric.index(j, j)]
        var pivot = size
        for k in 0..<j { pivot -= root[PackedSymmetric.index(j, k)] * root[PackedSymmetric.index(j, k)] }
        guard size >= 0, pivot >= -1e-8 * size else { return nil }
        let isZero = pivot <= 1e-13 * size
        root[PackedSymmetric.index(j, j)] = isZero ? 0 : pivot.squareRoot()
        for i in (j + 1)..<max(order, j + 1) {
            var rest = packed[start + PackedSymmetric.index(i, j)]
            for k in 0..<j { rest -= root[PackedSymmetric.index(i, k)] * root[PackedSymmetric.index(j, k)] }
            if isZero {
                let bound = (size * packed[start + PackedSymmetric.index(i, i)]).squareRoot()
                guard rest.magnitude <= 1e-4 * bound else { return nil }
            } else {
                root[PackedSymmetric.index(i, j)] = rest / pivot.squareRoot()
            }
        }
    }
    return root
}

/// Integrals of several functions of one variable at once, by bisection with Gauss and Kronrod's 7 and 15 points.
///
/// Source: Piessens et al., *QUADPACK*, 1983, for the nodes.
enum VectorQuadrature {
    private static let nodes = [
        0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
        0.741531185599394439863864773280788, 0.586087235467691130294144838258730, 0.405845151377397166906606412076961,
        0.207784955007898467600689403773245, 0,
    ]
    private static let kronrod = [
        0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
        0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
        0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
    ]
    private static let gauss = [
        0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975,
        0.417959183673469387755102040816327,
    ]

    /// - Parameters:
    ///   - breaks: The ends of the first panels, ascending.
    ///   - tolerances: A panel is halved while the two rules differ by more, for any function.
    ///   - body: Writes every function's value at a point.
    /// - Returns: nil where 5,000 panels do not do.
    static func integrals(
        breaks: [Double], tolerances: [Double], _ body: (Double, inout [Double]) -> Void
    ) -> [Double]? {
        let count = tolerances.count
        var total = Array(repeating: 0.0, count: count)
        var values = total
        var (fine, coarse) = (total, total)
        var pending = zip(breaks, breaks.dropFirst()).reversed().map { ($0, $1) }
        var panels = 0
        while let (a, b) = pending.popLast() {
            panels += 1
            guard panels <= 5000 else { return nil }
            let (centre, half) = (a / 2 + b / 2, b / 2 - a / 2)
            for f in 0..<count { (fine[f], coarse[f]) = (0, 0) }
            for (index, node) in nodes.enumerated() {
                for side in node == 0 ? [0.0] : [-1, 1] {
                    body(centre + side * half * node, &values)
                    for f in 0..<count {
                        fine[f] += kronrod[index] * values[f]
                        if index % 2 == 1 { coarse[f] += gauss[index / 2] * values[f] }
                    }
                }
            }
            let isGood = (0..<count).allSatisfy { half * (fine[$0] - coarse[$0]).magnitude <= tolerances[$0] }
            if isGood || !(centre > a && centre < b) {
                for f in 0..<count { total[f] += half * fine[f] }
            } else {
                pending.append((centre, b))
                pending.append((a, centre))
            }
        }
        return total
    }
}

internal import Probability

/// Quadrature over what the effects of one experiment share: given the control's error e they are independent.
///
/// δ_i = θ_i + u_i e + own noise, so a block's likelihood is ∫ φ(e; 0, s²_c) Π_i f_i(δ_i − u_i e) de. Every factor is
/// smoother than a normal of variance s²_t/u²; the trapezoidal rule with 0.85 of the narrowest width of the product as its
/// step errs by about 1e-11. On the standardised scale there are two such errors and a square of nodes. A block that shares
/// nothing has one node.
struct SharedNoiseNodes: Sendable {
    private(set) var logWeights: [Double] = [0]
    /// shifts[node · n + i]: what the node takes off effect i.
    private(set) var shifts: [Double]

    var count: Int { logWeights.count }

    /// - Parameter location: About which true effects lie.
    /// - Throws: `noConvergence` where the control is so much noisier than the treatments that 100,000 nodes do not do.
    init(_ blocks: NoiseBlocks, _ k: Int, location: Double) throws(EstimationError) {
        let range = blocks.range(k)
        shifts = Array(repeating: 0, count: range.count)
        guard !blocks.shared.isEmpty else { return }
        try add(blocks.shared[k], Array(blocks.multipliers[range]), blocks, range, location)
        guard !blocks.scaleNoise.isEmpty else { return }
        try add(blocks.scaleNoise[k], Array(blocks.scaleMultipliers[range]), blocks, range, location)
    }

    private mutating func add(
        _ variance: Double, _ multipliers: [Double], _ blocks: NoiseBlocks, _ range: Range<Int>, _ location: Double
    ) throws(EstimationError) {
        guard variance > 0 else { return }
        let deviation = variance.squareRoot()
        var ratio = 0.0
        var (low, high) = (0.0, 0.0)
        for (i, j) in range.enumerated() where multipliers[i] != 0 {
            ratio += variance * multipliers[i] * multipliers[i] / blocks.own[j]
            let whole = (blocks.effects[j] - location) / multipliers[i]
            low = min(low, whole)
            high = max(high, whole)
        }
        // The errors that would explain the effects entirely bound its posterior; beyond √(40n) standard errors that
        // costs more than any law with heavy tails asks for an outlier.
        let cap = (40 * Double(range.count)).squareRoot() * deviation
        let step = 0.85 * deviation / (1 + ratio).squareRoot()
        let first = ((max(low, -cap) - 7 * deviation) / step).rounded(.down)
        let last = ((min(high, cap) + 7 * deviation) / step).rounded(.up)
        guard step > 0, (last - first) * Double(count) <= 100_000 else {
            throw .noConvergence(method: "The integral over the control's error")
        }
        var (newWeights, newShifts): ([Double], [Double]) = ([], [])
        let constant = Elementary.log(step / deviation) - Elementary.logTwoPi / 2
        for q in 0..<count {
            for index in Int(first)...Int(last) {
                let error = Double(index) * step
                let z = error / deviation
                newWeights.append(logWeights[q] + constant - z * z / 2)
                for i in 0..<range.count { newShifts.append(shifts[q * range.count + i] + multipliers[i] * error) }
            }
        }
        (logWeights, shifts) = (newWeights, newShifts)
    }

    /// Leaves out nodes.
    mutating func keep(_ isKept: [Bool]) {
        let size = shifts.count / count
        shifts = shifts.indices.filter { isKept[$0 / size] }.map { shifts[$0] }
        logWeights = logWeights.indices.filter { isKept[$0] }.map { logWeights[$0] }
    }
}

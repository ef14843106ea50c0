internal import Parallelism

/// Sums over all blocks of what likelihoods and their derivatives are made of, with Z = [X, y] (p + 1 columns).
///
/// Derivatives of B are I (arms) and J = ⊕11ᵀ (experiments), in that order; matrices are full, by rows.
struct ModelSums: Sendable {
    /// How far the sums go.
    enum Order: Int, Sendable {
        /// log |B| and ZᵀB⁻¹Z.
        case likelihood = 1
        /// And tr B⁻¹D and ZᵀB⁻¹DB⁻¹Z for both derivatives D.
        case score
        /// And tr B⁻¹DB⁻¹E and ZᵀB⁻¹DB⁻¹EB⁻¹Z (symmetrised) for the pairs II, IJ, JJ.
        case information
    }

    /// p + 1.
    let size: Int
    var logDeterminant = 0.0
    var forms: [Double]
    var traces = [0.0, 0.0]
    var scores: [[Double]]
    var squareTraces = [0.0, 0.0, 0.0]
    var curvatures: [[Double]]

    init(size: Int) {
        self.size = size
        let zeros = Array(repeating: 0.0, count: size * size)
        forms = zeros
        scores = [zeros, zeros]
        curvatures = [zeros, zeros, zeros]
    }

    mutating func add(_ other: ModelSums) {
        func add(_ x: inout [Double], _ y: [Double]) { for i in x.indices { x[i] += y[i] } }
        logDeterminant += other.logDeterminant
        add(&forms, other.forms)
        add(&traces, other.traces)
        add(&squareTraces, other.squareTraces)
        for d in scores.indices { add(&scores[d], other.scores[d]) }
        for d in curvatures.indices { add(&curvatures[d], other.curvatures[d]) }
    }
}

extension EffectModel {
    /// Blocks that are summed together; fixed, so that sums have the same bits on every machine.
    static let chunk = 2048

    /// The sums at one point, in one pass over the effects.
    func sums(_ components: Components, _ order: ModelSums.Order) -> ModelSums {
        let isPlain = design.isEmpty && scaleNoise.isEmpty && (components.experiment == 0 || multipliers.isEmpty)
        let chunks = Chunks(of: blockCount, size: EffectModel.chunk)
        @Sendable func sums(_ chunk: Int) -> ModelSums {
            isPlain && order != .information
                ? plainSums(components, order, chunks[chunk]) : generalSums(components, order, chunks[chunk])
        }
        var result = ModelSums(size: columnCount + 1)
        if chunks.count == 1 {
            result.add(sums(0))
            return result
        }
        let parts = concurrentMap(chunks.count, sums)
        for part in parts { result.add(part) }
        return result
    }

    private func generalSums(_ components: Components, _ order: ModelSums.Order, _ blocks: Range<Int>) -> ModelSums {
        let size = columnCount + 1
        var result = ModelSums(size: size)
        var solver = BlockSolver(self, components)
        var product = LogProduct()
        var columns = Array(repeating: [Double](), count: size)
        var block = BlockForms(size: size)
        for k in blocks {
            solver.load(k)
            solver.multiplyDeterminant(into: &product)
            for a in 0..<size {
                columns[a].removeAll(keepingCapacity: true)
                for j in range(k) { columns[a].append(a == columnCount ? effects[j] : column(a, j)) }
            }
            block.load(&columns, &solver, order)
            block.add(to: &result, solver, order)
        }
        result.logDeterminant = product.value
        return result
    }
}

/// ZᵀB⁻¹Z, ZᵀB⁻²Z and ZᵀB⁻³Z of one block.
private struct BlockForms {
    let size: Int
    private var first: [Double]
    private var second: [Double]
    private var third: [Double]
    private var solved: [[Double]]

    init(size: Int) {
        self.size = size
        first = Array(repeating: 0, count: size * size)
        second = first
        third = first
        solved = Array(repeating: [], count: size)
    }

    /// - Parameter columns: Z; B⁻¹Z on return.
    mutating func load(_ columns: inout [[Double]], _ solver: inout BlockSolver, _ order: ModelSums.Order) {
        for a in 0..<size {
            solved[a].removeAll(keepingCapacity: true)
            solved[a].append(contentsOf: columns[a])
            solver.solve(&solved[a])
        }
        products(columns, solved, &first)
        guard order != .likelihood else { return }
        products(solved, solved, &second)
        guard order == .information else { return }
        for a in 0..<size {
            columns[a].removeAll(keepingCapacity: true)
            columns[a].append(contentsOf: solved[a])
            solver.solve(&columns[a])
        }
        products(columns, solved, &third)
    }

    private func products(_ x: [[Double]], _ y: [[Double]], _ target: inout [Double]) {
        for a in 0..<size {
            for b in 0...a {
                var sum = 0.0
                for i in x[a].indices { sum += x[a][i] * y[b][i] }
                target[a * size + b] = sum
                target[b * size + a] = sum
            }
        }
    }

    /// J's terms follow from the first column, which is that of ones: 1ᵀB⁻¹Z is `first`'s row, 1ᵀB⁻²Z `second`'s.
    func add(to sums: inout ModelSums, _ solver: BlockSolver, _ order: ModelSums.Order) {
        for i in first.indices { sums.forms[i] += first[i] }
        guard order != .likelihood else { return }
        sums.traces[0] += solver.trace
        sums.traces[1] += first[0]
        for a in 0..<size {
            for b in 0..<size {
                sums.scores[0][a * size + b] += second[a * size + b]
                sums.scores[1][a * size + b] += first[a] * first[b]
            }
        }
        guard order == .information else { return }
        sums.squareTraces[0] += solver.traceOfSquare
        sums.squareTraces[1] += second[0]
        sums.squareTraces[2] += first[0] * first[0]
        for a in 0..<size {
            for b in 0..<size {
                sums.curvatures[0][a * size + b] += third[a * size + b]
                sums.curvatures[1][a * size + b] += (second[a] * first[b] + first[a] * second[b]) / 2
                sums.curvatures[2][a * size + b] += first[0] * first[a] * first[b]
            }
        }
    }
}

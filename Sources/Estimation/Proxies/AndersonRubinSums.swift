internal import LinearAlgebra
internal import Parallelism

/// Traces of the noise of whitened effects, for combinations of some symmetric noise matrices B_0, B_1, … per experiment.
///
/// With R = W less WW11ᵀW/P where there is an intercept, W = diag(W_k), and B_i block diagonal, these give
/// tr(RB_i) and tr(RB_iRB_j) without forming R: with c = W1, tr(RB) = Σtr(W_kB_k) − Σc_kᵀB_kc_k/P and
/// tr(RBRB′) = Σtr(W_kB_kW_kB′_k) − 2Σc_kᵀB_kW_kB′_kc_k/P + (Σc_kᵀB_kc_k)(Σc_kᵀB′_kc_k)/P².
struct AndersonRubinSums: Sendable {
    private let size: Int
    private var traces: [Double]
    private var products: [Double]
    private var forms: [Double]
    private var formProducts: [Double]
    /// P.
    private var precision = 0.0

    private init(size: Int) {
        self.size = size
        traces = Array(repeating: 0, count: size)
        products = Array(repeating: 0, count: size * size)
        forms = traces
        formProducts = products
    }

    /// - Parameters:
    ///   - effects: With counts.
    ///   - counts: Its counts.
    ///   - size: How many matrices there are per experiment.
    ///   - noise: Element (j, l) of matrix i, by i, j, l, effects j and l of one experiment; symmetric in j and l.
    init(
        _ effects: TreatmentEffects, counts: TreatmentEffects.Counts, size: Int,
        noise: @Sendable (Int, Int, Int) -> Double
    ) {
        let chunks = Chunks(of: effects.experimentCount, size: 512)
        let parts = concurrentMap(chunks.count) { index in
            var part = AndersonRubinSums(size: size)
            for k in chunks[index] { part.add(effects, counts, experiment: k, noise) }
            return part
        }
        self.init(size: size)
        for part in parts {
            precision += part.precision
            for i in 0..<size {
                traces[i] += part.traces[i]
                forms[i] += part.forms[i]
            }
            for i in products.indices {
                products[i] += part.products[i]
                formProducts[i] += part.formProducts[i]
            }
        }
    }

    /// tr(RB_i).
    func trace(_ i: Int, intercept: Bool) -> Double { intercept ? traces[i] - forms[i] / precision : traces[i] }

    /// tr(RB_iRB_j).
    func trace(_ i: Int, _ j: Int, intercept: Bool) -> Double {
        guard intercept else { return products[i * size + j] }
        return products[i * size + j] - 2 * formProducts[i * size + j] / precision
            + forms[i] / precision * (forms[j] / precision)
    }

    /// W = diag(n) − nnᵀ/(n₀ + Σn), so (WB)_jl = n_j(B_jl − Σ_m n_mB_ml/(n₀ + Σn)) and c = n n₀/(n₀ + Σn).
    private mutating func add(
        _ effects: TreatmentEffects, _ counts: TreatmentEffects.Counts, experiment k: Int,
        _ noise: (Int, Int, Int) -> Double
    ) {
        let arms = effects.effects(of: k)
        let count = arms.count
        let control = Double(counts.control[k])
        let units = arms.map { Double(counts.treatment[$0]) }
        let total = control + units.reduce(0, +)
        precision += (total - control) * control / total
        // Row j, column l of W_kB_i, and B_ic.
        var whitened = Array(repeating: 0.0, count: size * count * count)
        var images = Array(repeating: 0.0, count: size * count)
        for i in 0..<size {
            for l in 0..<count {
                let column = (0..<count).map { noise(i, arms.lowerBound + $0, arms.lowerBound + l) }
                let mean = dot(units, column) / total
                images[i * count + l] = mean * control
                for j in 0..<count { whitened[(i * count + j) * count + l] = units[j] * (column[j] - mean) }
                traces[i] += whitened[(i * count + l) * count + l]
                forms[i] += mean * control * units[l] * control / total
            }
        }
        for i in 0..<size {
            for j in 0..<size {
                var (product, image, sum) = (0.0, 0.0, 0.0)
                for a in 0..<count {
                    for b in 0..<count {
                        product += whitened[(i * count + a) * count + b] * whitened[(j * count + b) * count + a]
                    }
                    image += units[a] * images[i * count + a] * images[j * count + a]
                    sum += units[a] * images[i * count + a]
                }
                let other = dot(units, Array(images[j * count..<(j + 1) * count]))
                products[i * size + j] += product
                formProducts[i * size + j] += image - sum * other / total
            }
        }
    }
}

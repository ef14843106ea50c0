/// τ² between arms and σ² between experiments.
struct Components: Sendable, Equatable {
    var arm: Double
    var experiment: Double = 0

    var total: Double { arm + experiment }
}

/// One block of B at a time, solved for: B = diag(1/w) + Σ_r c_r u_ru_rᵀ, at most three terms.
///
/// With z_r = B₍r₋₁₎⁻¹u_r, f_r = u_rᵀz_r and α = z_rᵀx/f_r, B₍r₎⁻¹x = B₍r₋₁₎⁻¹(x − αu_r) + αz_r/(1 + c_rf_r): Sherman and
/// Morrison's formula written so that a large c_r subtracts no two large numbers. Storage is kept between blocks.
struct BlockSolver {
    let model: EffectModel
    let components: Components
    private(set) var range = 0..<0
    private(set) var weights: [Double] = []
    private(set) var terms: [Term] = []
    private(set) var termCount = 0
    private var shares: [Double] = [0, 0, 0]

    struct Term {
        var isExperiment = false
        var coefficient = 0.0
        var direction: [Double] = []
        var solved: [Double] = []
        var form = 0.0

        /// κ = c/(1 + cf): B₍r₎⁻¹ = B₍r₋₁₎⁻¹ − κzzᵀ.
        var kappa: Double { coefficient / (1 + coefficient * form) }
    }

    init(_ model: EffectModel, _ components: Components) {
        self.model = model
        self.components = components
        terms = Array(repeating: Term(), count: 3)
    }

    var count: Int { range.count }
    /// The terms in use.
    var active: ArraySlice<Term> { terms[..<termCount] }

    mutating func load(_ k: Int) {
        range = model.range(k)
        let (model, first, n) = (model, range.lowerBound, range.count)
        weights.removeAll(keepingCapacity: true)
        for j in range { weights.append(1 / (model.own[j] + components.arm)) }
        termCount = 0
        if !model.shared.isEmpty, model.shared[k] > 0 {
            add(model.shared[k], n) { model.multipliers.isEmpty ? 1 : model.multipliers[first + $0] }
        }
        if !model.scaleNoise.isEmpty, model.scaleNoise[k] > 0 {
            add(model.scaleNoise[k], n) { model.scaleMultipliers[first + $0] }
        }
        if components.experiment > 0 {
            add(components.experiment, n) { model.one(first + $0) }
            terms[termCount - 1].isExperiment = true
        }
    }

    private mutating func add(_ coefficient: Double, _ n: Int, _ direction: (Int) -> Double) {
        // Taken out and put back, so that its arrays are not copied.
        var term = Term()
        swap(&term, &terms[termCount])
        term.isExperiment = false
        term.direction.removeAll(keepingCapacity: true)
        for i in 0..<n { term.direction.append(direction(i)) }
        term.solved.removeAll(keepingCapacity: true)
        term.solved.append(contentsOf: term.direction)
        solve(&term.solved)
        term.coefficient = coefficient
        term.form = 0
        for i in 0..<n { term.form += term.direction[i] * term.solved[i] }
        swap(&term, &terms[termCount])
        termCount += 1
    }

    /// B⁻¹x in place.
    mutating func solve(_ x: inout [Double]) {
        let n = range.count
        for r in stride(from: termCount - 1, through: 0, by: -1) {
            var share = 0.0
            for i in 0..<n { share += terms[r].solved[i] * x[i] }
            share = terms[r].form > 0 ? share / terms[r].form : 0
            shares[r] = share
            for i in 0..<n { x[i] -= share * terms[r].direction[i] }
        }
        for i in 0..<n { x[i] *= weights[i] }
        for r in 0..<termCount {
            let factor = shares[r] / (1 + terms[r].coefficient * terms[r].form)
            for i in 0..<n { x[i] += factor * terms[r].solved[i] }
        }
    }

    /// log |B| of the block, as factors of a product.
    func multiplyDeterminant(into product: inout LogProduct) {
        for weight in weights { product.multiply(by: 1 / weight) }
        for term in active { product.multiply(by: 1 + term.coefficient * term.form) }
    }

    /// tr B⁻¹.
    var trace: Double {
        var sum = weights.reduce(0, +)
        for term in active { for z in term.solved { sum -= term.kappa * z * z } }
        return sum
    }

    /// tr B⁻².
    var traceOfSquare: Double {
        var sum = weights.reduce(0) { $0 + $1 * $1 }
        for term in active {
            for (i, z) in term.solved.enumerated() { sum -= 2 * term.kappa * z * z * weights[i] }
            for other in active {
                var product = 0.0
                for i in 0..<count { product += term.solved[i] * other.solved[i] }
                sum += term.kappa * other.kappa * product * product
            }
        }
        return sum
    }
}

extension EffectModel {
    /// The column of ones, turned.
    func one(_ j: Int) -> Double { design.isEmpty ? 1 : design[j * columnCount] }

    /// X's element.
    func column(_ a: Int, _ j: Int) -> Double { design.isEmpty ? 1 : design[j * columnCount + a] }
}

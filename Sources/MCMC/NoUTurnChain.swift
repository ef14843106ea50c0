internal import Probability

/// One chain of the multinomial No-U-Turn sampler with a diagonal mass matrix.
///
/// A trajectory doubles in a random direction until it turns back: until p♯·ρ ≤ 0 at an end, for the whole, for each half
/// extended by the other's nearest point, and so within every half; p♯ = M⁻¹p, ρ the sum of momenta. The next draw is
/// multinomial with weights exp(−H), biased towards the newest half. Weights are kept relative to the start's, those above
/// e⁶⁹⁰ as e⁶⁹⁰. Nothing is allocated between draws. Sources: Hoffman and Gelman, JMLR 15, 2014; Betancourt, "A Conceptual
/// Introduction to Hamiltonian Monte Carlo", arXiv 1701.02434, 2017, appendix A; Stan 2.21 (the extended checks).
final class NoUTurnChain<Density: LogDensity> {
    private let density: Density
    private let dimension: Int
    private let maximumDepth: Int
    private let slab: UnsafeMutablePointer<Double>
    /// At d rooms for the later half of a stretch of depth d + 1; then those of the newest half, of the whole trajectory.
    private let stretches: UnsafeMutablePointer<Subtree>
    /// The diagonal of M⁻¹.
    let inverseMetric: UnsafeMutablePointer<Double>
    private var moving: PhasePoint
    private var forward: PhasePoint
    private var backward: PhasePoint
    private var cursor: RandomCursor
    var stepSize = 1.0
    // Of the last trajectory.
    private(set) var isDivergent = false
    private(set) var depth = 0
    private(set) var steps = 0
    private(set) var acceptance = 0.0
    private var startEnergy = 0.0

    init(_ density: Density, maximumDepth: Int, cursor: RandomCursor) {
        self.density = density
        self.maximumDepth = maximumDepth
        self.cursor = cursor
        let dimension = density.dimension
        self.dimension = dimension
        let count = maximumDepth + 2
        let size = dimension * (1 + 3 * PhasePoint.rooms + count * Subtree.rooms)
        slab = .allocate(capacity: size)
        slab.initialize(repeating: 0, count: size)
        inverseMetric = slab
        inverseMetric.update(repeating: 1, count: dimension)
        let points = slab + dimension
        moving = PhasePoint(points, dimension: dimension)
        forward = PhasePoint(points + PhasePoint.rooms * dimension, dimension: dimension)
        backward = PhasePoint(points + 2 * PhasePoint.rooms * dimension, dimension: dimension)
        let trees = points + 3 * PhasePoint.rooms * dimension
        stretches = .allocate(capacity: count)
        for index in 0..<count {
            (stretches + index).initialize(
                to: Subtree(trees + index * Subtree.rooms * dimension, dimension: dimension))
        }
    }

    deinit {
        slab.deallocate()
        stretches.deallocate()
    }

    private var newest: UnsafeMutablePointer<Subtree> { stretches + maximumDepth }
    private var whole: UnsafeMutablePointer<Subtree> { stretches + maximumDepth + 1 }

    /// The chain's place, and its energy with the momentum that led there.
    var position: UnsafePointer<Double> { UnsafePointer(whole.pointee.position) }
    var energy: Double { whole.pointee.energy }

    /// Finds a first place, uniform within `radius` of 0 in every coordinate.
    ///
    /// - Returns: Whether one of 100 has a finite density and gradient.
    func start(radius: Double) -> Bool {
        for _ in 0..<100 {
            for i in 0..<dimension { whole.pointee.position[i] = radius * (2 * cursor.uniform() - 1) }
            let value = density.value(at: whole.pointee.position, gradient: whole.pointee.gradient)
            var isFinite = value.isFinite
            for i in 0..<dimension where !whole.pointee.gradient[i].isFinite { isFinite = false }
            if isFinite {
                whole.pointee.logDensity = value
                return true
            }
        }
        return false
    }

    /// Doubles or halves the step size until one step's acceptance crosses 0.8.
    func findStepSize() {
        let threshold = Elementary.log(0.8)
        var isGrowing: Bool?
        while stepSize > 1e-150, stepSize < 1e7 {
            begin()
            let before = energy(moving)
            step(stepSize)
            let change = before - energy(moving)
            let isEasy = change > threshold
            guard isEasy == (isGrowing ?? isEasy) else { return }
            isGrowing = isEasy
            stepSize *= isEasy ? 2 : 0.5
        }
    }

    /// Moves the chain by one trajectory.
    func advance() {
        begin()
        startEnergy = energy(moving)
        forward.copy(moving, dimension: dimension)
        backward.copy(moving, dimension: dimension)
        whole.pointee.first.update(from: moving.momentum, count: dimension)
        whole.pointee.last.update(from: moving.momentum, count: dimension)
        whole.pointee.sum.update(from: moving.momentum, count: dimension)
        whole.pointee.energy = startEnergy
        whole.pointee.weight = 1
        (depth, steps, isDivergent) = (0, 0, false)
        var accepted = 0.0
        while depth < maximumDepth {
            let isForward = cursor.uniform() > 0.5
            moving.copy(isForward ? forward : backward, dimension: dimension)
            guard build(newest, depth: depth, step: isForward ? stepSize : -stepSize, &accepted) else { break }
            if isForward {
                forward.copy(moving, dimension: dimension)
            } else {
                backward.copy(moving, dimension: dimension)
            }
            depth += 1
            let (far, near) =
                isForward ? (whole.pointee.first, whole.pointee.last) : (whole.pointee.last, whole.pointee.first)
            if cursor.uniform() * whole.pointee.weight < newest.pointee.weight {
                whole.pointee.takePoint(of: newest.pointee, dimension: dimension)
            }
            whole.pointee.weight += newest.pointee.weight
            let goesOn = continues(far: far, near: near, sum: whole.pointee.sum, newest.pointee)
            for i in 0..<dimension { whole.pointee.sum[i] += newest.pointee.sum[i] }
            near.update(from: (isForward ? forward : backward).momentum, count: dimension)
            guard goesOn else { break }
        }
        acceptance = accepted / Double(steps)
    }

    /// Puts the chain's place into `moving`, with a new momentum.
    private func begin() {
        moving.position.update(from: whole.pointee.position, count: dimension)
        moving.gradient.update(from: whole.pointee.gradient, count: dimension)
        moving.logDensity = whole.pointee.logDensity
        for i in 0..<dimension { moving.momentum[i] = cursor.normal() / inverseMetric[i].squareRoot() }
    }

    /// H; infinite where there is no density.
    private func energy(_ point: PhasePoint) -> Double {
        var kinetic = 0.0
        for i in 0..<dimension { kinetic += inverseMetric[i] * point.momentum[i] * point.momentum[i] }
        let value = kinetic / 2 - point.logDensity
        return value.isNaN ? .infinity : value
    }

    /// One leapfrog step of `moving`.
    private func step(_ size: Double) {
        let (position, momentum, gradient) = (moving.position, moving.momentum, moving.gradient)
        for i in 0..<dimension {
            momentum[i] += size / 2 * gradient[i]
            position[i] += size * inverseMetric[i] * momentum[i]
        }
        moving.logDensity = density.value(at: position, gradient: gradient)
        for i in 0..<dimension { momentum[i] += size / 2 * gradient[i] }
    }

    /// Extends `moving` by 2^depth steps, summed into `tree`.
    ///
    /// - Returns: Whether the stretch neither diverged nor turned back.
    private func build(
        _ tree: UnsafeMutablePointer<Subtree>, depth: Int, step size: Double, _ accepted: inout Double
    ) -> Bool {
        guard depth > 0 else { return leaf(tree, step: size, &accepted) }
        let later = stretches + (depth - 1)
        guard build(tree, depth: depth - 1, step: size, &accepted) else { return false }
        guard build(later, depth: depth - 1, step: size, &accepted) else { return false }
        let total = tree.pointee.weight + later.pointee.weight
        if cursor.uniform() * total < later.pointee.weight {
            tree.pointee.takePoint(of: later.pointee, dimension: dimension)
        }
        tree.pointee.weight = total
        let goesOn = continues(
            far: tree.pointee.first, near: tree.pointee.last, sum: tree.pointee.sum, later.pointee)
        for i in 0..<dimension { tree.pointee.sum[i] += later.pointee.sum[i] }
        tree.pointee.last.update(from: later.pointee.last, count: dimension)
        return goesOn
    }

    private func leaf(_ tree: UnsafeMutablePointer<Subtree>, step size: Double, _ accepted: inout Double) -> Bool {
        step(size)
        steps += 1
        let energy = energy(moving)
        let weight = Elementary.exp(min(startEnergy - energy, 690))
        accepted += min(1, weight)
        tree.pointee.weight = weight
        tree.pointee.energy = energy
        tree.pointee.logDensity = moving.logDensity
        tree.pointee.position.update(from: moving.position, count: dimension)
        tree.pointee.gradient.update(from: moving.gradient, count: dimension)
        tree.pointee.first.update(from: moving.momentum, count: dimension)
        tree.pointee.last.update(from: moving.momentum, count: dimension)
        tree.pointee.sum.update(from: moving.momentum, count: dimension)
        if energy - startEnergy > 1000 { isDivergent = true }
        return !isDivergent
    }

    /// Whether a trajectory with these ends and sum, continued from `near` by `part`, has not turned back.
    private func continues(
        far: UnsafePointer<Double>, near: UnsafePointer<Double>, sum: UnsafePointer<Double>, _ part: Subtree
    ) -> Bool {
        advances(far, part.last, sum, part.sum) && advances(far, part.first, sum, part.first)
            && advances(near, part.last, part.sum, near)
    }

    /// Whether both momenta point along a + b in the inverse metric.
    private func advances(
        _ one: UnsafePointer<Double>, _ other: UnsafePointer<Double>, _ a: UnsafePointer<Double>,
        _ b: UnsafePointer<Double>
    ) -> Bool {
        var (first, second) = (0.0, 0.0)
        for i in 0..<dimension {
            let along = inverseMetric[i] * (a[i] + b[i])
            first += one[i] * along
            second += other[i] * along
        }
        return first > 0 && second > 0
    }
}

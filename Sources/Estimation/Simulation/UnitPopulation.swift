internal import Probability

/// Units of experiments whose true effects are known: each a function of the seed and its number, so that any part of any
/// number of them can be drawn alone.
///
/// With standard normal numbers drawn for cluster c, unit u, and metric m, and σ = 2:
///
/// | column | law |
/// | --- | --- |
/// | prior x_um | √0.2 c_m + √0.8 z_um, without clusters z_um |
/// | before | mean + σx |
/// | metric | mean + σ(0.7x + √0.51(√0.3 f_u + √0.7 e_um)) + τ |
/// | sessions | 1 + Poisson(3e^(0.5x_u1 − 0.125)) |
/// | clicks | Binomial(sessions, p_u), p_u uniform in p/2 … 3p/2 and independent of sessions |
/// | spend | 5e^(1.2s)(1 + γ), its prior 5e^(1.2t), s and t with correlation 0.7 |
/// | weight | 1, 2 or 3 |
///
/// So before explains 0.49 of a metric's variance, and an arm's clicks over its sessions estimate p. Effects of an arm are
/// τ_m = σδ(√0.5 g + √0.5 h_m), p = 0.2 + 0.2δ·g_p kept within 0.05 … 0.6, and γ = δ·g_γ above −0.9, δ being `effect`; the
/// control's are 0 and p = 0.2. Arms come to units, or to clusters where there are any, with equal probabilities.
package struct UnitPopulation: Sendable {
    package let units: Int
    package let experiments: Int
    package let metrics: Int
    /// Treatments of an experiment.
    package let arms: Int
    /// Clusters of an experiment; 0 for none.
    package let clusters: Int
    package let mean: Double
    package let effect: Double
    private let stream: RandomStream
    private let effects: RandomStream
    private let groups: RandomStream
    private let assignments: RandomStream

    package static let sigma = 2.0
    package static let baseRate = 0.2
    /// E spend of the control.
    package static let baseSpend = 5 * Elementary.exp(0.72)

    package init(
        units: Int, experiments: Int, metrics: Int, arms: Int = 1, clusters: Int = 0, mean: Double = 10,
        effect: Double = 0.1, seed: UInt64
    ) {
        self.units = units
        self.experiments = experiments
        self.metrics = metrics
        self.arms = arms
        self.clusters = clusters
        self.mean = mean
        self.effect = effect
        stream = RandomStream(seed: seed, identifier: "units")
        effects = RandomStream(seed: seed, identifier: "effects")
        groups = RandomStream(seed: seed, identifier: "clusters")
        assignments = RandomStream(seed: seed, identifier: "assignments")
    }

    /// One unit.
    package struct Unit: Sendable {
        package var experiment = 0
        /// 0 for the control.
        package var arm = 0
        package var cluster = 0
        package var weight = 1
        package var metrics: [Double]
        package var before: [Double]
        package var sessions = 1
        package var clicks = 0
        package var spend = 0.0
        package var spendBefore = 0.0
    }

    /// The effects of an arm against the control.
    package struct Truth: Sendable, Equatable {
        package var metrics: [Double]
        /// Of clicks over sessions.
        package var clickRate: Double
        /// Of the mean of spend.
        package var spend: Double
    }

    package func emptyUnit() -> Unit {
        Unit(metrics: Array(repeating: 0, count: metrics), before: Array(repeating: 0, count: metrics))
    }

    /// Experiments' units stand together, the first experiments having one more where they do not divide evenly.
    package func experiment(of unit: Int) -> Int {
        let (size, larger) = units.quotientAndRemainder(dividingBy: experiments)
        let edge = larger * (size + 1)
        return unit < edge ? unit / (size + 1) : larger + (unit - edge) / max(1, size)
    }

    package func truth(experiment: Int, arm: Int) -> Truth {
        guard arm > 0 else { return Truth(metrics: Array(repeating: 0, count: metrics), clickRate: 0, spend: 0) }
        let start = (experiment * arms + arm - 1) * (metrics + 3)
        let shared = effects.normal(start)
        let half = 0.5.squareRoot()
        let rate = min(max(0.2 + 0.2 * effect * effects.normal(start + 1), 0.05), 0.6)
        return Truth(
            metrics: (0..<metrics).map { m in
                UnitPopulation.sigma * effect * (half * shared + half * effects.normal(start + 3 + m))
            },
            clickRate: rate - UnitPopulation.baseRate,
            spend: UnitPopulation.baseSpend * max(-0.9, effect * effects.normal(start + 2)))
    }

    /// Draws a unit over `unit`; `truth` is that of its arm, which is told first.
    package func draw(_ index: Int, into unit: inout Unit, truth: (_ experiment: Int, _ arm: Int) -> Truth) {
        var cursor = RandomCursor(stream, substream: index)
        unit.experiment = experiment(of: index)
        let (own, shared) = (cursor.bits(), cursor.bits())
        unit.cluster = clusters > 0 ? UnitPopulation.integer(shared, below: clusters) : 0
        let group = unit.experiment * max(1, clusters) + unit.cluster
        unit.arm =
            clusters > 0
            ? assignments.integer(group, below: arms + 1) : UnitPopulation.integer(own, below: arms + 1)
        let truth = truth(unit.experiment, unit.arm)
        unit.weight = 1 + UnitPopulation.integer(cursor.bits(), below: 3)
        let factor = cursor.normal()
        var activity = 0.0
        for m in 0..<metrics {
            var x = cursor.normal()
            if clusters > 0 { x = 0.2.squareRoot() * groups.normal(group * metrics + m) + 0.8.squareRoot() * x }
            if m == 0 { activity = x }
            let rest = 0.3.squareRoot() * factor + 0.7.squareRoot() * cursor.normal()
            unit.before[m] = mean + UnitPopulation.sigma * x
            unit.metrics[m] =
                mean + UnitPopulation.sigma * (0.7 * x + 0.51.squareRoot() * rest) + truth.metrics[m]
        }
        let (t, s) = (cursor.normal(), cursor.normal())
        unit.spendBefore = 5 * Elementary.exp(1.2 * t)
        unit.spend =
            5 * Elementary.exp(1.2 * (0.7 * t + 0.51.squareRoot() * s))
            * (1 + truth.spend / UnitPopulation.baseSpend)
        unit.sessions = 1 + UnitPopulation.poisson(3 * Elementary.exp(0.5 * activity - 0.125), &cursor)
        let rate = (UnitPopulation.baseRate + truth.clickRate) * (0.5 + cursor.uniform())
        unit.clicks = (0..<unit.sessions).reduce(0) { clicks, _ in clicks + (cursor.uniform() < rate ? 1 : 0) }
    }

    private static func integer(_ bits: UInt64, below bound: Int) -> Int {
        Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// By multiplying uniforms until they fall below e^−λ (Knuth), for small λ.
    private static func poisson(_ rate: Double, _ cursor: inout RandomCursor) -> Int {
        let limit = Elementary.exp(-rate)
        var (product, count) = (cursor.uniform(), 0)
        while product > limit {
            product *= cursor.uniform()
            count += 1
        }
        return count
    }
}

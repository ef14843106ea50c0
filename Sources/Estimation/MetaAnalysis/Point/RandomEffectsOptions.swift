/// What a point fit of the random-effects model is asked for.
package struct RandomEffectsOptions: Sendable, Equatable {
    package var estimator: HeterogeneityEstimator
    /// Between effects that share a control.
    package var correlation: EffectCorrelation
    package var levels: HeterogeneityLevels
    package var test: CoefficientTest
    /// Of all intervals.
    package var level: Double
    /// Beside the intercept.
    package var moderators: [Moderator]
    package var parts: Parts
    /// Draws of one variant from each experiment, for their spread; 0 for none. Only with one per experiment.
    package var repeats: Int

    package init(
        _ estimator: HeterogeneityEstimator = .reml, correlation: EffectCorrelation = .sharedControl,
        levels: HeterogeneityLevels = .effects, test: CoefficientTest = .z, level: Double = 0.95,
        moderators: [Moderator] = [], parts: Parts = .standard, repeats: Int = 0
    ) {
        self.estimator = estimator
        self.correlation = correlation
        self.levels = levels
        self.test = test
        self.level = level
        self.moderators = moderators
        self.parts = parts
        self.repeats = repeats
    }

    /// What is computed beside the coefficients and τ².
    package struct Parts: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Intervals of the variance components.
        package static let intervals = Parts(rawValue: 1)
        /// Every effect shrunken.
        package static let effects = Parts(rawValue: 2)
        /// The Q-profile's curve.
        package static let profile = Parts(rawValue: 4)
        /// Cluster-robust errors by experiment.
        package static let robust = Parts(rawValue: 8)
        /// Each experiment left out.
        package static let influence = Parts(rawValue: 16)

        package static let standard: Parts = [.intervals, .effects]
    }
}

/// Where true effects vary.
package enum HeterogeneityLevels: Sendable, Equatable {
    /// Between all effects alike: θ_ki = μ + e_ki.
    case effects
    /// Between experiments, and between arms within one: θ_ki = μ + u_k + e_ki.
    case experimentsAndArms
}

/// What coefficients are held against.
package enum CoefficientTest: String, Sendable, CaseIterable {
    /// Standard normal.
    case z
    /// Knapp and Hartung's error √(Q(τ̂²)/(N − p))·se with t_{N−p}.
    case knappHartung = "knapp-hartung"
}

/// A numeric column that effects are regressed on.
package struct Moderator: Sendable, Equatable {
    package var name: String
    /// One for each effect of the data, in its order.
    package var values: [Double]

    package init(name: String, values: [Double]) {
        self.name = name
        self.values = values
    }
}

/// What a shared control does to a meta-analysis.
package struct SharedControlDiagnostics: Sendable, Equatable {
    package let experiments: [ExperimentDiagnostics]
    /// An experiment is flagged where its information inflation exceeds this.
    package let inflationThreshold: Double
    /// A control is flagged where |z| exceeds this: Bonferroni's normal bound over the controls tested, at least 3.
    package let outlierThreshold: Double
    package let verdict: SharedControlVerdict
    /// τ̂² under the shared control, at which everything else is computed.
    package let tauSquared: Double

    /// Experiments whose arms the ignoring model counts too often.
    package var inflated: [ExperimentDiagnostics] { experiments.filter(isInflated) }
    /// Experiments whose arms lie together too far from where the others put them.
    package var outlying: [ExperimentDiagnostics] { experiments.filter(isOutlying) }
    /// Those that are either, the most inflated first.
    package var standing: [ExperimentDiagnostics] {
        experiments.enumerated().filter { isInflated($1) || isOutlying($1) }
            .sorted { ($1.element.informationInflation, $0.offset) < ($0.element.informationInflation, $1.offset) }
            .map(\.element)
    }

    /// Whether any two effects have correlated noise.
    package var isShared: Bool { experiments.contains { $0.correlations.map { $0 != 0...0 } ?? false } }

    package func isInflated(_ experiment: ExperimentDiagnostics) -> Bool {
        experiment.informationInflation > inflationThreshold
    }

    package func isOutlying(_ experiment: ExperimentDiagnostics) -> Bool {
        experiment.outlyingControl.map { $0.magnitude > outlierThreshold } ?? false
    }
}

/// One experiment under a shared control.
package struct ExperimentDiagnostics: Sendable, Equatable {
    package let experiment: String
    package let armCount: Int
    /// The least and the greatest correlation ρ_ij = u_iu_js²_c/√(V_iiV_jj) between noises of two arms; nil for one arm.
    package let correlations: ClosedRange<Double>?
    /// 1ᵀB⁻¹1, the information on μ under the shared control.
    package let correlatedInformation: Double
    /// Σ 1/B_ii, what the ignoring model counts.
    package let independentInformation: Double
    /// 1/s²_c, which the information on μ stays below whatever the number of arms; nil without control noise and where
    /// it enters arms with multipliers.
    package let informationBound: Double?
    /// z = 1ᵀB⁻¹(δ − μ̂1)/√(I + I²/Σ_{l≠k}I_l), τ̂ and μ̂ fitted without the experiment; nil for one arm, or where not
    /// computed.
    package let outlyingControl: Double?

    /// Independent over correlated information.
    package var informationInflation: Double { independentInformation / correlatedInformation }
}

/// Which way, and how far, ignoring the shared control misstates the error of its own μ̂.
package struct SharedControlVerdict: Sendable, Equatable {
    package enum Direction: String, Sendable {
        case tooSmall
        case tooLarge
        case equal
    }

    /// The ignoring model's μ̂.
    package let ignoringMean: Double
    /// Its stated standard error.
    package let stated: Double
    /// The true sampling error of that same μ̂ under the shared control, √Σ w_kᵀB_kw_k.
    package let actual: Double

    package var ratio: Double { stated / actual }
    /// `equal` within 1 per cent.
    package var direction: Direction {
        if (ratio - 1).magnitude <= 0.01 { .equal } else { ratio < 1 ? .tooSmall : .tooLarge }
    }
}

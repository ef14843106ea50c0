/// What diagnostics of chains find wrong, and what to do about it.
///
/// Bounds: R̂ below 1.01 and at least 400 effective draws (Vehtari et al. 2021), no divergence, no trajectory cut off,
/// E-BFMI of 0.2 or more in every chain (Stan).
struct SamplingFindings {
    private let report: SamplingReport
    private let parameters: [(name: String, summary: SampledSummary)]

    init(_ report: SamplingReport, mean: SampledSummary, tau: SampledSummary, effects: [SampledEffect]) {
        self.report = report
        parameters =
            [("μ", mean), ("τ", tau)]
            + effects.map { ("the effect of \($0.experiment), \($0.arm)", $0.summary) }
    }

    var sentences: [String] {
        [
            agreement, size(\.essBulk, of: "in the bulk"), size(\.essTail, of: "in the tails"), divergences, depth,
            energy,
        ]
        .compactMap { $0 }
    }

    private var agreement: String? {
        guard report.chains > 1 else { return "One chain cannot show that chains agree: R̂ needs two, better four." }
        if let stuck = parameters.first(where: { $0.summary.rHat == nil }) {
            return "A chain of \(stuck.name) has not moved: take more warm-up draws, or the other parameterisation."
        }
        guard let worst = parameters.max(by: { ($0.summary.rHat ?? 0) < ($1.summary.rHat ?? 0) }),
            let rHat = worst.summary.rHat, rHat >= 1.01
        else { return nil }
        return "R̂ of \(worst.name) is \(SamplingFindings.text(rHat)) and should lie below 1.01, so the chains do not "
            + "agree yet: take more draws and a longer warm-up."
    }

    private func size(_ kind: KeyPath<SampledSummary, Double?>, of part: String) -> String? {
        let known = parameters.compactMap { item in item.summary[keyPath: kind].map { (item.name, $0) } }
        guard let (name, size) = known.min(by: { $0.1 < $1.1 }), size < 400 else { return nil }
        let factor = Int((400 / size).rounded(.up))
        return "The draws of \(name) are worth \(Int(size)) independent ones \(part), below 400: "
            + "take \(factor) times as many draws."
    }

    private var divergences: String? {
        guard report.divergences > 0 else { return nil }
        let acceptance =
            report.targetAcceptance < 0.99
            ? "raise the target acceptance from \(report.targetAcceptance) to 0.99" : "take a longer warm-up"
        let other = report.parameterisation == .nonCentred ? ", or take the integrated parameterisation" : ""
        return "\(report.divergences) of \(report.chains * report.draws) trajectories diverged, so a part of the "
            + "posterior may be missing from the draws: \(acceptance)\(other)."
    }

    private var depth: String? {
        guard report.maxTreeDepthHits > 0 else { return nil }
        return "\(report.maxTreeDepthHits) of \(report.chains * report.draws) trajectories were cut off before they "
            + "turned back, so draws are costly and alike: take a longer warm-up or a lower target acceptance."
    }

    private var energy: String? {
        let known = report.ebfmi.enumerated().compactMap { chain, value in value.map { (chain, $0) } }
        guard let (chain, value) = known.min(by: { $0.1 < $1.1 }), value < 0.2 else { return nil }
        let other = report.parameterisation == .nonCentred ? "take the integrated parameterisation, or " : ""
        return "E-BFMI is \(SamplingFindings.text(value)) in chain \(chain + 1), below 0.2: the chain cannot reach the "
            + "posterior's tails in its stride; \(other)take more draws, or a prior of τ with lighter tails."
    }

    /// Three decimals.
    private static func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}

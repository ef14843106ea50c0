import Documents
import Estimation
import Values

/// What the numbers of a `decision-rule` rest on.
enum DecisionAssumptions {
    static func sentences(_ request: DecisionRequest, _ set: EffectSet, hasClosedForms: Bool) -> [String] {
        var sentences: [String] = []
        if request.hasNaive { sentences.append("Naive: \(rules("naive"))") }
        if request.hasCrossValidation {
            sentences.append(
                "Cross-validation: it is unbiased for the rule that decides on \(request.folds - 1) of \(request.folds) "
                    + "folds of the units; experiments are independent, and future ones are like these.")
            let isUnitLevel = if case .reported = set.noise { set.units != nil } else { false }
            if !isUnitLevel {
                sentences.append(
                    "Folds are drawn from the arms' moments, not from units: this is exact where arm means are normal with "
                        + "known covariance\(set.scale == .difference ? "" : ", and to first order on this scale").")
            }
        }
        if hasClosedForms, let law = request.law {
            sentences.append(
                "Closed forms: true effects are normal and independent between arms, with mean and covariance by "
                    + "\(EstimatorNames.title(law))\(law == "reml" ? "" : " (made positive semi-definite where it is not)"), and so is the noise."
            )
        }
        return sentences
    }

    private static func rules(_ name: String) -> String {
        let rules = EstimatorDescription.named(name, in: .decisions)?.assumptions ?? []
        return rules.map { $0 + "." }.joined(separator: " ")
    }
}

/// What must be said beside the numbers, gathered over all assumptions on the noise so that it is said once.
struct DecisionFindings {
    let assumptions: NoiseAssumptions
    var withoutLaw: [(noise: String, error: EstimationError)] = []
    var emptyGrids: [String] = []
    private(set) var hasClosedForms = false
    private var repaired: [String] = []
    private var curses: [(rule: String, noise: String, mean: MeanEstimate)] = []

    init(_ assumptions: NoiseAssumptions) { self.assumptions = assumptions }

    mutating func noteLaw(under noise: String, isRepaired: Bool) {
        hasClosedForms = true
        if isRepaired { repaired.append(noise) }
    }

    mutating func note(_ curse: MeanEstimate, of rule: String, under noise: String) {
        curses.append((rule, noise, curse))
    }

    func sentences(_ request: DecisionRequest, scale: EffectScale) -> [String] {
        var sentences: [String] = []
        let rules = request.rules.compactMap { curse(of: $0.name, scale) }
        if !rules.isEmpty {
            sentences.append(
                "Winner's curse: the naive reward of an experiment exceeds that of cross-validation, with "
                    + "\(NumberText.percent(request.level)) intervals: \(rules.joined(separator: "; ")).")
        }
        if !repaired.isEmpty {
            sentences.append(
                "The covariance of true effects is not positive semi-definite\(assumptions.under(repaired)); closed forms use the nearest "
                    + "matrix that is.")
        }
        if let first = withoutLaw.first {
            sentences.append(
                "There are no closed forms\(assumptions.under(withoutLaw.map(\.noise))). \(first.error.message).")
        }
        if !emptyGrids.isEmpty {
            sentences.append(
                "There is no grid\(assumptions.under(emptyGrids)): the rule's score has no variance, true or observed.")
        }
        return sentences
    }

    /// A rule whose naive estimate is clearly too high: by how much, and under which assumptions.
    private func curse(of rule: String, _ scale: EffectScale) -> String? {
        let all = curses.filter { $0.rule == rule }
        let clear = all.filter { $0.mean.interval.lower > 0 }
        guard let first = clear.first else { return nil }
        func text(_ number: Double) -> String {
            scale == .relative ? NumberText.short(number * 100) + "%" : NumberText.short(number)
        }
        let interval = first.mean.interval
        var sentence = "\(rule) by \(text(first.mean.estimate)) [\(text(interval.lower)), \(text(interval.upper))]"
        if !first.noise.isEmpty { sentence += " at noise correlation \(first.noise)" }
        if clear.count > 1 {
            sentence +=
                ", and also at \(NoiseAssumptions.runs(of: clear.dropFirst().map(\.noise), among: assumptions.cases.map(\.name)))"
        }
        return sentence
    }
}

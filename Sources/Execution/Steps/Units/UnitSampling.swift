import Datasets
import Diagnostics
import Digests
import Documents
import Estimation

/// Which units of a draft an `effects` directive reads: those of the sample, clusters whole, chosen where the rows lie.
enum UnitSampling {
    /// - Throws: where rows have no names to choose by. Rows alone tell no unit: their order is an engine's own, and by what
    ///   they hold equal rows would all be in the sample, or none.
    static func sampled(_ frame: Frame, _ context: inout StepContext) throws(StepFailure) -> Frame {
        guard let sample = context.sample, context.options["layout"]?.string == "units" else { return frame }
        guard let name = (context.options["cluster"] ?? context.options["unit"])?.string else {
            throw context.fail(
                .error(
                    .namelessUnits, "A draft of some units chooses them by their names, and no column names these",
                    at: context.directive.wordRange,
                    notes: [
                        .init("`unit` tells the column that names units, `cluster` that of clusters"),
                        .init("without --sample all units are used, named or not"),
                    ]))
        }
        // A column that is not there is told by who reads it.
        return frame.sampled(sample, by: name)
    }

    /// Of the experiments of a draft those that few units left something to estimate of: a control and a treatment, and
    /// denominators that are not near 0. Without a draft, all.
    static func estimable(
        _ sums: [ExperimentSums], _ request: UnitsRequest, _ context: inout StepContext
    ) throws(StepFailure) -> [ExperimentSums] {
        guard let sample = context.sample else { return sums }
        let kept = sums.filter { experiment in
            let arms = experiment.arms.filter { $0.count > 1 }
            let controls = arms.count { $0.name == request.rows.control }
            guard controls == 1, arms.count > 1 else { return false }
            return (try? DesignedExperiment(experiment, request.design)) != nil
        }
        let lost = sums.count - kept.count
        guard lost > 0 || kept.isEmpty else { return kept }
        let note = Diagnostic.Note("a larger share of --sample has more of them")
        if kept.isEmpty {
            throw context.fail(
                .error(
                    .thinDraft,
                    "A draft of \(sample.words), has no experiment with a control, a treatment and denominators",
                    at: context.directive.wordRange, notes: [note]))
        }
        let known = Set(kept.map(\.name))
        let names = sums.map(\.name).filter { !known.contains($0) }
        context.warn(
            .thinDraft,
            "A draft of \(sample.words), lacks a control, a treatment or a denominator in \(lost) of \(sums.count) "
                + "experiments, and leaves them out",
            notes: [.init(names.prefix(12).joined(separator: ", ") + (lost > 12 ? ", …" : "")), note])
        return kept
    }
}

extension DiagnosticCode {
    static let thinDraft = DiagnosticCode(616, "thin-draft")
    static let namelessUnits = DiagnosticCode(618, "nameless-units")
}

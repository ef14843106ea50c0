import Diagnostics
import Documents
import Estimation

/// What a reader must know of units before trusting their effects: warnings where a split, a comparison or an adjustment
/// is not as it should be, and what was assumed.
struct UnitFindings {
    let report: UnitReport
    private var request: UnitsRequest { report.request }

    /// - Throws: where a covariate adjusts nothing in any experiment.
    func tell(_ context: inout StepContext) throws(StepFailure) {
        if report.leftOut > 0 {
            context.warn(
                .unreported,
                "\(report.leftOut) \(report.leftOut == 1 ? "unit lacks" : "units lack") a metric"
                    + (request.design.weight == nil ? "" : ", a weight")
                    + (request.design.covariates.isEmpty ? "" : " or a covariate")
                    + " and \(report.leftOut == 1 ? "is" : "are") left out", at: context.range(of: "metrics"))
        }
        try adjustments(&context)
        split(&context)
        compare(
            report.balance, "Before an experiment its arms are alike, and covariates differ between them in",
            at: "covariates", &context)
        compare(report.alike, "Arms of an A/A test are alike, and metrics differ between them in", at: "aa", &context)
        if let fewest = report.fewestClusters, fewest < 20 {
            context.findings.append(
                "The arm with the fewest clusters has \(fewest); with so few, normal intervals are too short.")
        }
        if report.filled > 0 {
            context.findings.append(
                "\(NumberText.told(Double(report.filled))) missing values of covariates count as "
                    + "\(NumberText.short(context.options["missing-covariate"]?.number ?? 0)).")
        }
    }

    private func split(_ context: inout StepContext) {
        let mismatched = report.splits.compactMap { split in
            split.test.flatMap { test in test.p < SampleRatioTest.threshold ? (split: split, test: test) : nil }
        }
        guard !mismatched.isEmpty else { return }
        let tested = report.splits.count { $0.test != nil }
        let what = request.cluster == nil ? "units" : "clusters"
        let notes = mismatched.prefix(5).map { split, test in
            let arms = zip(split.arms, test.expected).map { arm, expected in
                "\(arm.variant) \(NumberText.told(Double(arm.count))) of \(NumberText.told(expected))"
            }
            return Diagnostic.Note(
                "experiment \(split.experiment): \(NumberText.smallP(test.p)); \(arms.joined(separator: ", ")) \(what) expected"
            )
        }
        let shares = context.options["allocation"] == nil ? "in equal shares" : "as allocated"
        let p = tested == 1 ? " (\(NumberText.smallP(mismatched[0].test.p)))" : ""
        context.warn(
            .sampleRatioMismatch,
            "Sample ratio mismatch: \(what) are not split \(shares) in "
                + UnitFindings.experiments(mismatched.map(\.split.experiment), of: tested) + p
                + "; effects there may be biased by what is missing",
            at: context.range(of: context.options["allocation"] == nil ? "variant" : "allocation"),
            notes: notes + UnitFindings.rest(mismatched.count - notes.count))
    }

    private func compare(
        _ comparisons: [UnitReport.Comparison], _ message: String, at key: String, _ context: inout StepContext
    ) {
        let unlike = comparisons.filter { $0.test.p < SampleRatioTest.threshold }
        guard !unlike.isEmpty else { return }
        let notes = unlike.prefix(5).map { comparison in
            Diagnostic.Note("experiment \(comparison.experiment): \(NumberText.smallP(comparison.test.p))")
        }
        let p = comparisons.count == 1 ? " (\(NumberText.smallP(unlike[0].test.p)))" : ""
        context.warn(
            .unlikeArms,
            "\(message) \(UnitFindings.experiments(unlike.map(\.experiment), of: comparisons.count))\(p)",
            at: context.range(of: key), notes: notes + UnitFindings.rest(unlike.count - notes.count))
    }

    /// "experiment t3", or "3 of 1,000 experiments (t1, t2, t3; by chance about 1 would)".
    private static func experiments(_ names: [String], of tested: Int) -> String {
        guard tested > 1 else { return "experiment \(names[0])" }
        let shown = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
        let chance = Double(tested) * SampleRatioTest.threshold
        let expected = chance >= 0.05 ? "; by chance about \(NumberText.short(chance)) would" : ""
        return "\(names.count) of \(tested) experiments (\(shown)\(expected))"
    }

    private static func rest(_ count: Int) -> [Diagnostic.Note] { count > 0 ? [.init("and in \(count) more")] : [] }

    /// Covariates that do not vary, or follow from others.
    private func adjustments(_ context: inout StepContext) throws(StepFailure) {
        let design = request.design
        var isEverywhere = false
        for (c, covariate) in design.covariates.enumerated() {
            let without = report.adjustments.filter { $0.unused.contains { $0.contains(c) } }
            guard !without.isEmpty else { continue }
            let place = place(of: covariate.name, context)
            let rule = "A covariate varies between units of an arm, and not only as other covariates do"
            if without.count == report.adjustments.count {
                isEverywhere = true
                _ = context.fail(
                    .error(
                        .constantCovariate, rule, at: place,
                        notes: [.init("\(covariate.name) does not in any experiment")]))
            } else {
                context.warn(
                    .constantCovariate,
                    rule + "; \(covariate.name) does not in "
                        + "\(without.count) of \(report.adjustments.count) experiments, which it does not adjust",
                    at: place,
                    notes: [
                        .init(
                            without.prefix(12).map(\.experiment).joined(separator: ", ")
                                + (without.count > 12 ? ", …" : ""))
                    ])
            }
        }
        if isEverywhere { throw StepFailure() }
    }

    private func place(of covariate: String, _ context: StepContext) -> SourceRange {
        guard let node = context.options["covariates"] else { return context.directive.wordRange }
        let items = node.entries.isEmpty ? node.items : node.entries.flatMap(\.value.items)
        return items.first { $0.string == covariate }?.range ?? node.range
    }
}

extension DiagnosticCode {
    static let sampleRatioMismatch = DiagnosticCode(609, "sample-ratio-mismatch")
    static let unlikeArms = DiagnosticCode(611, "unlike-arms")
    static let constantCovariate = DiagnosticCode(614, "constant-covariate")
}

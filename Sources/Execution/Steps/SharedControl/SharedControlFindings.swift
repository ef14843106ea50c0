import Documents
import Estimation

/// What is said beside a meta-analysis of arms that share a control.
enum SharedControlFindings {
    /// What is a warning: the verdict where it is not harmless, then the experiments that an ignoring model counts too
    /// often, then outlying controls.
    static func sentences(of found: SharedControlDiagnostics) -> [String] {
        [isHarmless(found) ? nil : verdict(of: found), inflated(found), outlying(found)].compactMap { $0 }
    }

    /// What stands beside the numbers and is no warning: a harmless verdict, and how a control is flagged.
    static func remarks(of found: SharedControlDiagnostics) -> [String] {
        (isHarmless(found) ? [verdict(of: found)] : []) + [rule(of: found)]
    }

    /// Whether ignoring the control would misstate the standard error by no more than a twentieth.
    private static func isHarmless(_ found: SharedControlDiagnostics) -> Bool {
        !found.isShared || (found.verdict.ratio - 1).magnitude <= 0.05
    }

    private static func rule(of found: SharedControlDiagnostics) -> String {
        "A control is called outlying where the arms of its experiment together lie further than "
            + "\(NumberText.short(found.outlierThreshold)) standard errors from what the other experiments expect: 3, or "
            + "more where so many controls are looked at that one in twenty analyses without an outlier would pass 3."
    }

    static func verdict(of found: SharedControlDiagnostics) -> String {
        guard found.isShared else {
            return "No two effects share a control's noise, so there is no correlation to ignore."
        }
        let (stated, actual) = (NumberText.short(found.verdict.stated), NumberText.short(found.verdict.actual))
        switch found.verdict.direction {
        case .equal:
            return
                "Ignoring the shared control would do little harm: it would state a standard error of \(stated) for an "
                + "estimate whose true one is \(actual)."
        case .tooSmall:
            return
                "Ignoring the shared control would state a standard error of \(stated) for an estimate whose true one "
                + "is \(actual)."
        case .tooLarge:
            return
                "Ignoring the shared control would state a standard error of \(stated) for an estimate whose true one "
                + "is only \(actual)."
        }
    }

    private static func inflated(_ found: SharedControlDiagnostics) -> String? {
        let inflated = found.inflated.sorted { $0.informationInflation > $1.informationInflation }
        guard let most = inflated.first else { return nil }
        let count = NumberFormat(grouped: true).text(Double(inflated.count))
        var sentence =
            inflated.count == 1 ? "One experiment would count" : "\(count) experiments would each count"
        sentence += " for more than \(NumberText.short(found.inflationThreshold)) times what it tells of μ"
        sentence += inflated.count == 1 ? ": " : ", most of all "
        sentence += "experiment \(most.experiment), whose \(most.armCount) arms would pass for "
        return sentence + "\(NumberText.short(most.informationInflation)) times their information."
    }

    private static func outlying(_ found: SharedControlDiagnostics) -> String? {
        let outlying = found.outlying.sorted {
            ($0.outlyingControl ?? 0).magnitude > ($1.outlyingControl ?? 0).magnitude
        }
        guard let most = outlying.first, let z = most.outlyingControl else { return nil }
        var sentence =
            "The control of experiment \(most.experiment) stands out: its \(most.armCount) arms together lie "
        sentence +=
            "\(NumberText.short(z.magnitude)) standard errors \(z > 0 ? "above" : "below") what the other experiments "
        sentence += "expect, as they would if the control came out \(z > 0 ? "low" : "high") by chance."
        let more = outlying.count - 1
        if more > 0 { sentence += " So \(more == 1 ? "does one other" : "do \(more) others")." }
        return sentence
    }
}

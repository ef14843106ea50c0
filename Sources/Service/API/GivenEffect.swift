import Estimation

/// An effect of a request.
struct GivenEffect: Sendable {
    var id: String?
    var experiment: String
    var variant: String
    var effect: Double
    /// The treatment arm's own variance, and the control's.
    var own: Double
    var control: Double

    /// Reads effects that are of the right form, and tells what in them contradicts.
    static func read(_ items: [JSONTree], _ faults: inout [Fault]) -> [GivenEffect] {
        var made: [GivenEffect] = []
        made.reserveCapacity(items.count)
        var ids: [String: Int] = [:]
        var experiments: [String: Members] = [:]
        for (index, item) in items.enumerated() {
            let experiment = item["experiment"]?.string ?? ""
            var members = experiments[experiment] ?? Members()
            let control = item["controlVariance"]?.number ?? 0
            let variant = item["variant"]?.string ?? String(members.variants.count + 1)
            let pointer = "/effects/\(index)"
            if let first = members.variants.updateValue(index, forKey: variant) {
                faults.append(
                    Fault(
                        pointer: pointer,
                        detail: "An experiment has a variant once, and effect \(first) is of this one too"))
            } else if let first = members.first, made[first].control != control {
                faults.append(
                    Fault(
                        pointer: pointer + "/controlVariance",
                        detail:
                            "Effects of one experiment share its control, whose variance is another in effect \(first)")
                )
            }
            if members.first == nil { members.first = index }
            experiments[experiment] = members
            let id = item["id"]?.string
            if let id, let first = ids.updateValue(index, forKey: id) {
                faults.append(
                    Fault(pointer: pointer + "/id", detail: "An id stands once, and effect \(first) has it too"))
            }
            let own = ownVariance(item, control: control)
            if own < 0 {
                faults.append(
                    Fault(
                        pointer: pointer + "/controlVariance",
                        detail: "A control's variance is no larger than the effect's total variance"))
            } else if own + control == 0 {
                faults.append(Fault(pointer: pointer, detail: "An effect needs a sampling variance above zero"))
            }
            made.append(
                GivenEffect(
                    id: id, experiment: experiment, variant: variant, effect: item["effect"]?.number ?? 0, own: own,
                    control: control))
        }
        return made
    }

    /// `variance` and `se` are totals, the control's share in them: the rules of layout `estimates`.
    private static func ownVariance(_ item: JSONTree, control: Double) -> Double {
        if let own = item["treatmentVariance"]?.number { return own }
        if let total = item["variance"]?.number { return total - control }
        let error = item["se"]?.number ?? 0
        return error * error - control
    }

    private struct Members {
        var first: Int?
        var variants: [String: Int] = [:]
    }
}

extension MetaAnalysisData {
    /// The effects of a request, and which of them each is: those of one experiment stand together.
    static func of(_ effects: [GivenEffect]) throws(EstimationError) -> (data: MetaAnalysisData, order: [Int]) {
        let data = try MetaAnalysisData(
            estimates: effects.map {
                EffectEstimate(
                    experiment: $0.experiment, arm: $0.variant, effect: $0.effect, treatmentVariance: $0.own,
                    controlVariance: $0.control)
            })
        var groups: [String: [Int]] = [:]
        for (index, effect) in effects.enumerated() { groups[effect.experiment, default: []].append(index) }
        return (data, data.experiments.flatMap { groups[$0] ?? [] })
    }
}

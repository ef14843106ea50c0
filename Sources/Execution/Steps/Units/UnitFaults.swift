import Diagnostics
import Documents

/// What is wrong with single units, gathered over all rows: how often, and where first.
struct UnitFaults: Sendable {
    private struct Places: Sendable {
        var count = 0
        var first: [String] = []

        mutating func add(_ place: String) {
            count += 1
            if first.count < 3 { first.append(place) }
        }

        var notes: [Diagnostic.Note] {
            first.map { .init("at \($0)") } + (count > first.count ? [.init("and \(count - first.count) more")] : [])
        }
    }

    /// Cells that are no numbers.
    var numbers: UnitNumberFaults?
    private var weights = Places()
    private var clusters = Places()

    mutating func negativeWeight(at place: String) { weights.add(place) }

    mutating func split(_ cluster: String, of experiment: String, at place: String) {
        clusters.add("\(place): \(cluster) of experiment \(experiment)")
    }

    /// Tells them; true where there were none.
    func tell(_ context: inout StepContext) -> Bool {
        let before = context.diagnostics.count
        numbers?.tell(&context)
        if weights.count > 0 {
            _ = context.fail(
                .error(
                    .badData, "A weight is not negative", at: context.range(of: "weight"), notes: weights.notes))
        }
        if clusters.count > 0 {
            _ = context.fail(
                .error(
                    .splitCluster, "All units of a cluster are in one arm of an experiment",
                    at: context.range(of: "cluster"), notes: clusters.notes))
        }
        return context.diagnostics.count == before
    }
}

extension DiagnosticCode {
    static let splitCluster = DiagnosticCode(613, "split-cluster")
}

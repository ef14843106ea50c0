import Estimation
import Values

extension [SimulationCoverage] {
    /// By interval: how often it contained the truth, and of how many.
    var values: Object {
        [
            "coverage": .object(Object(map { ($0.name, Value($0.rate)) })),
            "covered": .object(
                Object(map { ($0.name, ["draws": Value($0.draws), "hits": Value($0.hits)]) })),
        ]
    }
}

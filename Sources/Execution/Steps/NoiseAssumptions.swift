import Estimation
import Results
import Values

/// Runs a method once, or once for each assumed noise correlation, and nests the results by the correlation's name.
struct NoiseAssumptions {
    /// Name (empty for a single assumption or none) and correlation matrix over the set's metrics.
    let cases: [(name: String, correlation: [[Double]]?)]

    init(_ set: EffectSet) {
        switch set.noise {
        case .reported, .unknown: cases = [("", nil)]
        case .assumed(let assumed, let isList):
            cases = assumed.map { (isList ? $0.name : "", $0.correlation) }
        }
    }

    /// Whether results stand one level down, by name.
    var isNested: Bool { cases.count > 1 || cases.contains { !$0.name.isEmpty } }

    /// One case's values as they are, or several by their names.
    func nest(_ values: [(name: String, value: Value)]) -> Value {
        isNested ? .object(Object(values.map { ($0.name, $0.value) })) : values.first?.value ?? .null
    }
}

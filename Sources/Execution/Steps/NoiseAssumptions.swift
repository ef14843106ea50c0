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

    /// Where something holds, behind a sentence: " at noise correlation 0 to 0.5, 0.9"; nothing for a single assumption.
    func under(_ some: [String]) -> String {
        let named = some.filter { !$0.isEmpty }
        if named.isEmpty { return "" }
        if named.count == cases.count, cases.count > 1 { return " at every noise correlation" }
        return " at noise correlation \(NoiseAssumptions.runs(of: named, among: cases.map(\.name)))"
    }

    /// Names in the order in which they were assumed, three or more neighbours as "first to last".
    static func runs(of some: [String], among all: [String]) -> String {
        var texts: [String] = []
        var run: [String] = []
        func end() {
            if run.count > 2 { texts.append("\(run[0]) to \(run[run.count - 1])") } else { texts += run }
            run = []
        }
        for name in all {
            if some.contains(name) { run.append(name) } else { end() }
        }
        end()
        return texts.joined(separator: ", ")
    }
}

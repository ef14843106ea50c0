import Diagnostics
import Documents
import Results
import Values

extension PathTarget {
    /// The part of a result that a figure is drawn from.
    ///
    /// - Parameters:
    ///   - figure: What is drawn, for the message: `A trace plot`.
    ///   - hint: What makes the result have the part.
    func part(
        _ key: String, of figure: String, hint: String, _ context: inout StepContext
    ) throws(StepFailure) -> Value {
        if let part = value[key], part != .null { return part }
        let members = (value.object ?? Object()).filter { $0.value[key] != nil }.map { "\(path).\($0.key)" }
        throw context.fail(
            .error(
                .badFigure, "\(figure) is drawn of `\(key)`, which \(path) does not have", at: range,
                notes: [.init(members.isEmpty ? hint : "it is in: " + members.joined(separator: ", "))]))
    }
}

extension Value {
    /// The numbers of a list; nil where it is none or holds anything else.
    var numbers: [Double]? {
        guard let list else { return nil }
        let numbers = list.compactMap(\.number)
        return numbers.count == list.count && !numbers.isEmpty ? numbers : nil
    }

    /// Lists of numbers by name, of the same length within a name: `chains.mu[chain][draw]`.
    var numberTables: [(name: String, rows: [[Double]])] {
        (object ?? Object()).compactMap { key, value in
            let rows = (value.list ?? []).compactMap(\.numbers)
            guard let width = rows.first?.count, rows.count == value.list?.count,
                rows.allSatisfy({ $0.count == width })
            else { return nil }
            return (key, rows)
        }
    }

    /// How a result's interval is told: `95%`.
    var levelText: String { NumberText.percent(self["level"]?.number ?? 0.95) }
}

/// The names of the model's parameters for titles.
enum ParameterNames {
    static func short(_ parameter: String) -> String {
        switch parameter {
        case "mu": "μ"
        case "tau": "τ"
        case "logTau": "log τ"
        case "theta": "θ"
        case "prediction": "a new effect"
        default: parameter
        }
    }

    static func title(_ parameter: String) -> String {
        switch parameter {
        case "mu": "μ, the mean effect"
        case "tau": "τ, the spread of effects"
        case "logTau": "log τ, the logarithm of the spread"
        case "prediction": "A new effect"
        default: parameter
        }
    }
}

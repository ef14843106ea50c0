import Estimation
import Values

/// Priors as an analysis writes them: `normal(0, 5)`, `half-cauchy(5)`, `flat`.
enum PriorText {
    /// The word and its numbers; nil where the text is not of that form.
    private static func parse(_ text: String) -> (word: String, numbers: [Double])? {
        let text = text.trimming()
        guard let open = text.firstIndex(of: "(") else { return (text, []) }
        guard text.last == ")" else { return nil }
        let inner = text[text.index(after: open)..<text.index(before: text.endIndex)]
        let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Double($0.trimming()) }
        guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
        return (text[..<open].trimming(), numbers)
    }

    static func mean(_ text: String) -> MeanPrior? {
        guard let (word, numbers) = parse(text) else { return nil }
        switch (word, numbers.count) {
        case ("flat", 0): return .flat
        case ("normal", 2): return .normal(mean: numbers[0], standardDeviation: numbers[1])
        default: return nil
        }
    }

    static func heterogeneity(_ text: String) -> HeterogeneityPrior? {
        guard let (word, numbers) = parse(text) else { return nil }
        switch (word, numbers.count) {
        case ("flat", 0): return .flat
        case ("half-cauchy", 1): return .halfCauchy(scale: numbers[0])
        case ("half-normal", 1): return .halfNormal(scale: numbers[0])
        case ("half-t", 2): return .halfT(degreesOfFreedom: numbers[0], scale: numbers[1])
        case ("uniform", 2) where numbers[0] == 0: return .uniform(upper: numbers[1])
        case ("exponential", 1): return .exponential(rate: numbers[0])
        default: return nil
        }
    }
}

extension MeanPrior {
    var text: String {
        switch self {
        case .normal(let mean, let deviation): "Normal(\(NumberText.short(mean)), \(NumberText.short(deviation))²)"
        case .flat: "flat"
        }
    }
}

extension HeterogeneityPrior {
    var text: String {
        switch self {
        case .halfCauchy(let scale): "half-Cauchy(\(NumberText.short(scale)))"
        case .halfNormal(let scale): "half-Normal(\(NumberText.short(scale)))"
        case .halfT(let degrees, let scale): "half-t(\(NumberText.short(degrees)), \(NumberText.short(scale)))"
        case .uniform(let upper): "Uniform(0, \(NumberText.short(upper)))"
        case .exponential(let rate): "Exponential(\(NumberText.short(rate)))"
        case .flat: "flat"
        }
    }
}

extension Prior {
    /// By the names of the results file.
    var value: Value { ["mu": .string(mean.text), "tau": .string(heterogeneity.text)] }
}

import Estimation
import Values

/// A posterior in a few numbers, exact or of draws.
protocol PosteriorNumbers {
    var median: Double { get }
    var mean: Double? { get }
    var standardDeviation: Double? { get }
    var interval: ConfidenceInterval { get }
    var shortestInterval: ConfidenceInterval { get }
    var probabilityAboveZero: Double { get }
    var probabilityAbove: Double { get }
}

extension PosteriorSummary: PosteriorNumbers {}
extension SampledSummary: PosteriorNumbers {}

extension PosteriorNumbers {
    /// By the names of the results file; `estimate` is the median.
    func values(hasProbabilities: Bool = true) -> Object {
        var object: Object = ["estimate": Value(median), "median": Value(median)]
        if let mean { object["mean"] = Value(mean) }
        if let standardDeviation { object["sd"] = Value(standardDeviation) }
        object["interval"] = interval.value
        object["shortestInterval"] = shortestInterval.value
        guard hasProbabilities else { return object }
        object["probabilityAboveZero"] = Value(probabilityAboveZero)
        object["probabilityAbove"] = Value(probabilityAbove)
        return object
    }
}

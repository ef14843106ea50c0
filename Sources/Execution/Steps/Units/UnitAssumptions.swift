import Digests
import Documents
import Estimation

/// What a unit-level design takes for granted, in sentences for the reader of its effects.
enum UnitAssumptions {
    static func sentences(_ request: UnitsRequest, _ options: OptionNode, _ sample: UnitSample?) -> [String] {
        let design = request.design
        var sentences: [String] = []
        if let sample {
            let what = options["cluster"] == nil ? "" : "; clusters are taken whole"
            sentences.append("A draft: \(sample.words), chosen by a hash of their names\(what).")
        }
        let ratios = design.metrics.filter { $0.denominator != nil }.map(\.name)
        if !ratios.isEmpty {
            sentences.append(
                "\(list(ratios)) \(ratios.count == 1 ? "is a ratio" : "are ratios") of totals; errors are the delta method's, "
                    + "from units' numerators and denominators together.")
        }
        if let cluster = options["cluster"]?.string {
            sentences.append(
                "Units of one \(cluster) may depend on each other: clusters were assigned, means are ratios of clusters' "
                    + "totals, and errors are robust to what happens within clusters.")
        }
        if let weight = options["weight"]?.string {
            sentences.append("Units count by \(weight); errors take the weights as they are.")
        }
        if !request.bounds.isEmpty {
            sentences.append(
                "Effects are on winsorised values: " + request.bounds.map(told).joined(separator: "; ")
                    + ". The bounds count as known.")
        }
        if !design.covariates.isEmpty {
            sentences.append(
                "Effects are adjusted by \(list(design.covariates.map(\.name))) (CUPED) with coefficients from within the arms "
                    + "of each experiment; the treatment cannot have moved what adjusts them.")
        }
        sentences.append(
            options["allocation"] == nil
                ? "The split of units is tested against equal shares for all arms of an experiment."
                : "The split of units is tested against the shares that the directive tells.")
        return sentences
    }

    private static func told(_ bound: UnitBound) -> String {
        func side(_ value: Double?, _ quantile: Double?) -> String? {
            if let value { return NumberText.short(value) }
            return quantile.map { "the \(NumberText.percent($0)) quantile" }
        }
        let sides = [
            side(bound.lower, bound.lowerQuantile).map { "from \($0)" },
            side(bound.upper, bound.upperQuantile).map { "up to \($0)" },
        ].compactMap { $0 }
        let pooled = bound.needsQuantiles ? " of its experiment's units, all arms together" : ""
        return "\(bound.column) \(sides.joined(separator: " "))\(pooled)"
    }

    private static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}

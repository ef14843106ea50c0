import Datasets
import Diagnostics
import Documents
import Estimation
import Workspace

/// How one column is winsorised.
struct UnitBound: Sendable {
    /// The column, and where its numbers stand among a unit's values.
    let column: String
    let place: Int
    let lower: Double?
    let upper: Double?
    let lowerQuantile: Double?
    let upperQuantile: Double?
    let range: SourceRange

    /// The bounds of one experiment.
    struct Values: Sendable, Equatable {
        var lower: Double?
        var upper: Double?
    }

    /// nil, with a diagnostic, where nothing uses the column.
    init?(_ entry: OptionNode.Entry, among columns: UnitColumns, _ reader: inout EffectsReader) {
        guard let place = columns.names.firstIndex(of: entry.key) else {
            let near = nearestWord(to: entry.key, among: columns.names)
            _ = reader.fail(
                .error(
                    .badBounds, "Winsorised are columns that metrics or covariates use, and \(entry.key) is none",
                    at: entry.keyRange, notes: [.init("they use " + columns.names.joined(separator: ", "))],
                    fixIts: near.map { [.init("did you mean \($0)?", replacing: entry.keyRange, with: $0)] } ?? []))
            return nil
        }
        column = entry.key
        self.place = place
        range = entry.value.range
        lower = entry.value["lower"]?.number
        upper = entry.value["upper"]?.number
        lowerQuantile = entry.value["lower-quantile"]?.number
        upperQuantile = entry.value["upper-quantile"]?.number
    }

    var needsQuantiles: Bool { lowerQuantile != nil || upperQuantile != nil }
}

/// Bounds of every experiment. Quantiles are of all its units together, whatever their arm, so that no arm is cut more
/// than another; they take two passes of their own, one that counts units and one that keeps the tails beyond them.
enum UnitBounds {
    static func read(
        _ request: UnitsRequest, in files: any FileSystem
    ) throws(DataFault) -> [String: [UnitBound.Values]] {
        let bounds = request.bounds
        guard bounds.contains(where: \.needsQuantiles) else { return [:] }
        var experiments = NameTable()
        var counts: [Int] = []
        try request.rows.forEach(in: files) { experiment, _, unit in
            guard unit != nil else { return }
            let e = experiments.place(of: experiment)
            if e == counts.count { counts.append(0) }
            counts[e] += 1
        }
        // By experiment, bound and side.
        var tails: [[TailQuantile?]] = counts.map { count in
            bounds.flatMap { bound in
                [bound.lowerQuantile, bound.upperQuantile].map { p in p.map { TailQuantile($0, count: count) } }
            }
        }
        try request.rows.forEach(in: files) { experiment, _, unit in
            guard let unit, let e = experiments.known(experiment) else { return }
            for (index, bound) in bounds.enumerated() {
                tails[e][2 * index]?.add(unit[bound.place])
                tails[e][2 * index + 1]?.add(unit[bound.place])
            }
        }
        var result: [String: [UnitBound.Values]] = [:]
        for (e, name) in experiments.names.enumerated() {
            result[name] = bounds.enumerated().map { index, bound in
                UnitBound.Values(
                    lower: tails[e][2 * index]?.value ?? bound.lower,
                    upper: tails[e][2 * index + 1]?.value ?? bound.upper)
            }
        }
        return result
    }

    /// Those of an experiment without quantiles.
    static func fixed(_ request: UnitsRequest) -> [UnitBound.Values] {
        request.bounds.map { UnitBound.Values(lower: $0.lower, upper: $0.upper) }
    }
}

extension DiagnosticCode {
    static let badBounds = DiagnosticCode(617, "bad-bounds")
}

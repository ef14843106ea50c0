import Datasets
import Estimation
import LinearAlgebra

/// The moments of an arm, or of a part of its rows, as `PlainMomentsSQL` asks for them.
struct PlainArm: Sendable {
    var experiment: String
    var variant: String
    var units: Int
    var mean: [Double]
    /// nil of one row.
    var covariance: Matrix?
    /// Whether it has names, and all its numbers are numbers.
    var isWhole: Bool

    /// How many cells a row has.
    static func cells(_ width: Int, hasExperiment: Bool) -> Int {
        (hasExperiment ? 2 : 1) + 1 + 3 * width + width * (width - 1) / 2
    }

    init(_ record: inout Record, _ width: Int, hasExperiment: Bool, of engine: String) throws(DataFault) {
        var cells = ArmCells(record, of: engine)
        let names = (hasExperiment ? cells.text() : "1", cells.text())
        (experiment, variant) = (names.0 ?? "", names.1 ?? "")
        isWhole = names.0 != nil && names.1 != nil
        let units = try cells.count()
        self.units = units
        mean = [Double](repeating: 0, count: width)
        var matrix = Matrix(rows: width, columns: width)
        for i in 0..<width {
            let count = try cells.count()
            mean[i] = try cells.number() ?? .nan
            let variance = try cells.number()
            matrix[i, i] = units > 1 ? variance ?? .nan : 0
            isWhole = isWhole && count == units && mean[i].isFinite && matrix[i, i].isFinite
        }
        for i in 0..<width {
            for j in 0..<i {
                let value = try cells.number()
                matrix[i, j] = units > 1 ? value ?? .nan : 0
                matrix[j, i] = matrix[i, j]
                isWhole = isWhole && matrix[i, j].isFinite
            }
        }
        covariance = units > 1 ? matrix : nil
    }

    /// Whether the variances have the digits that they are to have.
    var keepsDigits: Bool {
        guard let covariance else { return true }
        return mean.indices.allSatisfy { !LostDigits.areMany(mean: mean[$0], variance: covariance[$0, $0]) }
    }

    /// The arms of all parts, those of one experiment one after another; nil where one is not whole.
    static func merged(_ parts: [[PlainArm]]) -> [PlainArm]? {
        guard parts.allSatisfy({ $0.allSatisfy(\.isWhole) }) else { return nil }
        guard parts.count > 1 else { return parts.first ?? [] }
        // By bytes: to Swift two names that are written differently may be one.
        var places: [[UInt8]: [[UInt8]: Int]] = [:]
        var sums: [(arm: PlainArm, moments: MomentAccumulator)] = []
        for arm in parts.joined() {
            let (experiment, variant) = (Array(arm.experiment.utf8), Array(arm.variant.utf8))
            let moments = MomentAccumulator(count: arm.units, mean: arm.mean, covariance: arm.covariance)
            if let place = places[experiment]?[variant] {
                sums[place].moments.merge(moments)
            } else {
                places[experiment, default: [:]][variant] = sums.count
                sums.append((arm, moments))
            }
        }
        for place in sums.indices {
            sums[place].arm.units = sums[place].moments.count
            sums[place].arm.mean = sums[place].moments.mean
            sums[place].arm.covariance = sums[place].moments.covariance
        }
        return sums.map(\.arm).sorted { $0.experiment.utf8.lexicographicallyPrecedes($1.experiment.utf8) }
    }
}

import Datasets
import Estimation
import LinearAlgebra

/// The cells of one arm's row, taken one after another.
struct ArmCells {
    private let record: Record
    private let engine: String
    private var place = 0

    init(_ record: Record, of engine: String) {
        self.record = record
        self.engine = engine
    }

    mutating func text() -> String? {
        defer { place += 1 }
        return record.isAbsent(place) ? nil : String(decoding: record.cell(place), as: UTF8.self)
    }

    /// nil for a missing one.
    mutating func number() throws(DataFault) -> Double? {
        defer { place += 1 }
        guard !record.isAbsent(place) else { return nil }
        switch DecimalNumber.read(record.cell(place)) {
        case .number(let number): return number
        case .notFinite: return .nan
        case .notANumber:
            throw .engine(engine, "An aggregate is a number", String(decoding: record.cell(place), as: UTF8.self))
        }
    }

    /// A count, 0 where nothing was counted.
    mutating func count() throws(DataFault) -> Int {
        let value = try number() ?? 0
        guard let count = Int(exactly: value), count >= 0 else { throw .engine(engine, "A count is a whole number") }
        return count
    }
}

/// How many digits sums may lose to rounding before they are taken again about means.
enum LostDigits {
    /// The square of a mean relative to its variance costs as many digits of the variance: three here, of sixteen.
    private static let most = 1e3

    static func areMany(mean: Double, variance: Double) -> Bool { mean * mean > most * variance }

    /// Of an arm under a design: of its columns, and of what is left of a ratio's numerator without its denominator.
    static func areMany(_ arm: ArmSums, _ design: UnitDesign) -> Bool {
        guard let covariance = arm.covariance, arm.count > 1 else { return false }
        for place in arm.mean.indices where areMany(mean: arm.mean[place], variance: covariance[place, place]) {
            return true
        }
        for (z, d) in design.denominatorPlaces.enumerated() {
            guard let d, arm.mean[d] != 0 else { continue }
            let ratio = arm.mean[z] / arm.mean[d]
            let own = covariance[z, z]
            let left = own - 2 * ratio * covariance[z, d] + ratio * ratio * covariance[d, d]
            if own > 1e2 * left { return true }
        }
        return false
    }
}

import Engines
import Estimation
import Parallelism

/// Generated units as rows of text, drawn as they are asked for.
struct GeneratedUnits {
    let population: UnitPopulation
    /// Units of one piece.
    private static let chunk = 8192
    private static let chunksAtOnce = 16

    init(_ options: UnitDataOptions) {
        population = UnitPopulation(
            units: options.units, experiments: options.experiments, metrics: options.metrics, arms: options.arms,
            clusters: options.clusters, mean: options.mean, effect: options.effect, seed: options.seed)
    }

    var columns: [NewTable.Column] {
        let reals =
            (0..<population.metrics).map { "metric\($0 + 1)" }
            + (0..<population.metrics).map { "metric\($0 + 1)_before" }
        return [.init("unit", .text), .init("experiment", .text), .init("variant", .text)]
            + (population.clusters > 0 ? [.init("cluster", .text)] : []) + [.init("weight", .whole)]
            + reals.map { .init($0, .real) }
            + [.init("sessions", .whole), .init("clicks", .whole), .init("spend", .real), .init("spend_before", .real)]
    }

    /// The rows piece by piece: nil behind the last one.
    func pieces() -> () -> [UInt8]? {
        var next = 0
        return {
            defer { next += 1 }
            return rows(next)
        }
    }

    /// Piece number `index` of the rows; nil behind the last one.
    private func rows(_ index: Int) -> [UInt8]? {
        let start = index * GeneratedUnits.chunk * GeneratedUnits.chunksAtOnce
        guard start < population.units else { return nil }
        let left = (population.units - start + GeneratedUnits.chunk - 1) / GeneratedUnits.chunk
        let pieces = concurrentMap(min(left, GeneratedUnits.chunksAtOnce)) { piece in
            let first = start + piece * GeneratedUnits.chunk
            return text(of: first..<min(first + GeneratedUnits.chunk, population.units))
        }
        return Array(pieces.joined())
    }

    private func text(of range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count * (60 + 24 * population.metrics))
        var unit = population.emptyUnit()
        var known: (experiment: Int, truths: [UnitPopulation.Truth]) = (-1, [])
        for index in range {
            population.draw(index, into: &unit) { experiment, arm in
                if known.experiment != experiment {
                    known = (
                        experiment, (0...population.arms).map { population.truth(experiment: experiment, arm: $0) }
                    )
                }
                return known.truths[arm]
            }
            bytes.append(UInt8(ascii: "u"))
            GeneratedUnits.append(index + 1, to: &bytes)
            bytes += ",t".utf8
            GeneratedUnits.append(unit.experiment + 1, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            bytes += UnitDataTruth.variant(unit.arm, of: population.arms).utf8
            if population.clusters > 0 {
                bytes += ",c".utf8
                GeneratedUnits.append(unit.cluster + 1, to: &bytes)
            }
            bytes.append(UInt8(ascii: ","))
            GeneratedUnits.append(unit.weight, to: &bytes)
            for value in unit.metrics { GeneratedUnits.append(value, to: &bytes) }
            for value in unit.before { GeneratedUnits.append(value, to: &bytes) }
            for count in [unit.sessions, unit.clicks] {
                bytes.append(UInt8(ascii: ","))
                GeneratedUnits.append(count, to: &bytes)
            }
            GeneratedUnits.append(unit.spend, to: &bytes)
            GeneratedUnits.append(unit.spendBefore, to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// A whole number that is not negative.
    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// A comma and the number with four decimals.
    private static func append(_ number: Double, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: ","))
        let scaled = Int((number * 10_000).rounded())
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: 10_000)
        append(Int(whole), to: &bytes)
        bytes.append(UInt8(ascii: "."))
        for divisor in [UInt(1000), 100, 10, 1] { bytes.append(UInt8(ascii: "0") + UInt8(part / divisor % 10)) }
    }
}

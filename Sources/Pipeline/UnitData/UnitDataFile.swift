package import Diagnostics
import Estimation
import Parallelism
import Values
package import Workspace

/// What units are to be generated.
package struct UnitDataOptions: Sendable {
    package var units: Int
    package var experiments = 1
    package var metrics = 1
    /// Treatments of an experiment.
    package var arms = 1
    /// Of an experiment; 0 for none.
    package var clusters = 0
    package var mean = 10.0
    /// The standard deviation of true effects, in those of units.
    package var effect = 0.1
    package var seed: UInt64 = 1

    package init(units: Int) { self.units = units }
}

/// A file of generated units, written as it is drawn, and beside it what is true of them.
package struct UnitDataFile {
    private let population: UnitPopulation
    private let seed: UInt64
    private let workspace: WorkspaceContext
    /// Units of one piece of the file.
    private static let chunk = 8192
    private static let chunksAtOnce = 16

    package init(_ options: UnitDataOptions, in workspace: WorkspaceContext) {
        population = UnitPopulation(
            units: options.units, experiments: options.experiments, metrics: options.metrics, arms: options.arms,
            clusters: options.clusters, mean: options.mean, effect: options.effect, seed: options.seed)
        seed = options.seed
        self.workspace = workspace
    }

    /// Writes the file and its truth: `units.csv` and `units.truth.json`.
    ///
    /// - Parameter replaces: Whether files that are there may be written over.
    /// - Returns: Their absolute paths.
    package func write(to typed: String, replaces: Bool) throws(Diagnostic) -> [String] {
        let path = Paths.normalised(workspace.absolute(typed))
        guard path.hasSuffix(".csv"), Paths.lastComponent(of: path).utf8.count > 4 else {
            throw .error(.dataTarget, "Generated units are a file that ends in .csv; \(typed) does not", at: nil)
        }
        let beside = String(path.dropLast(4)) + ".truth.json"
        for file in [path, beside] {
            switch workspace.files.linkStatus(of: file)?.kind {
            case nil: break
            case .file where replaces: break
            case .file:
                throw .error(
                    .dataTarget, "\(Paths.relative(file, to: workspace.workingFolder)) is there already", at: nil,
                    notes: [.init("--out names another file, --force writes over this one")])
            default: throw .error(.dataTarget, "Something that is no file stands at \(file)", at: nil)
            }
        }
        let truth = Array((UnitDataTruth(population, seed: seed).value.compactJSON + "\n").utf8)
        var next = -1
        do throws(FileError) {
            try workspace.files.write(path) {
                defer { next += 1 }
                return next < 0 ? Array((columns.joined(separator: ",") + "\n").utf8) : rows(next)
            }
            try workspace.files.replace([FileContent(path: beside, bytes: truth)])
        } catch {
            throw .error(.unwritableOutput, "The data cannot be written: \(error.path): \(error.reason)", at: nil)
        }
        return [path, beside]
    }

    private var columns: [String] {
        ["unit", "experiment", "variant"] + (population.clusters > 0 ? ["cluster"] : []) + ["weight"]
            + (0..<population.metrics).map { "metric\($0 + 1)" }
            + (0..<population.metrics).map { "metric\($0 + 1)_before" }
            + ["sessions", "clicks", "spend", "spend_before"]
    }

    /// Piece number `index` of the rows; nil behind the last one.
    private func rows(_ index: Int) -> [UInt8]? {
        let start = index * UnitDataFile.chunk * UnitDataFile.chunksAtOnce
        guard start < population.units else { return nil }
        let left = (population.units - start + UnitDataFile.chunk - 1) / UnitDataFile.chunk
        let pieces = concurrentMap(min(left, UnitDataFile.chunksAtOnce)) { piece in
            let first = start + piece * UnitDataFile.chunk
            return text(of: first..<min(first + UnitDataFile.chunk, population.units))
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
            UnitDataFile.append(index + 1, to: &bytes)
            bytes += ",t".utf8
            UnitDataFile.append(unit.experiment + 1, to: &bytes)
            bytes.append(UInt8(ascii: ","))
            bytes += UnitDataTruth.variant(unit.arm, of: population.arms).utf8
            if population.clusters > 0 {
                bytes += ",c".utf8
                UnitDataFile.append(unit.cluster + 1, to: &bytes)
            }
            bytes.append(UInt8(ascii: ","))
            UnitDataFile.append(unit.weight, to: &bytes)
            for value in unit.metrics { UnitDataFile.append(value, to: &bytes) }
            for value in unit.before { UnitDataFile.append(value, to: &bytes) }
            for count in [unit.sessions, unit.clicks] {
                bytes.append(UInt8(ascii: ","))
                UnitDataFile.append(count, to: &bytes)
            }
            UnitDataFile.append(unit.spend, to: &bytes)
            UnitDataFile.append(unit.spendBefore, to: &bytes)
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

extension DiagnosticCode {
    package static let dataTarget = DiagnosticCode(506, "data-target")
}

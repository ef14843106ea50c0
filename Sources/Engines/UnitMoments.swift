package import Datasets
package import Estimation
import LinearAlgebra

/// The sums of all arms as an engine made them, and what it counted on the way.
package struct UnitMoments: Sendable {
    package var experiments: [ExperimentSums] = []
    /// Rows of which a number is missing.
    package var leftOut = 0
    package var filled = 0
    package var negativeWeights = 0
    /// Rows that name no experiment, variant or cluster.
    package var nameless: (experiments: Int, variants: Int, clusters: Int) = (0, 0, 0)
    /// By number, cells that are none.
    package var bad: [Int] = []
    /// By experiment and number; empty where nothing bounds any.
    package var raised: [[Int]] = []
    package var lowered: [[Int]] = []

    /// One scan where that does, and others about each experiment's means where digits are lost or units left out.
    package static func read(_ query: UnitQuery) throws(DataFault) -> UnitMoments {
        if PlainMomentsSQL.reaches(query) {
            do throws(DataFault) {
                if let plain = try UnitMoments(plain: query) { return plain }
            } catch {
                // An infinity among numbers ends DuckDB's variance; sums tell how many there are.
                guard error.engine?.contains(where: { $0.lowercased().contains("out of range") }) == true else {
                    throw error
                }
            }
        }
        if !query.dialect.hasMoments || !PlainMomentsSQL.reaches(query) {
            let sums = try UnitMoments(sums: query, isCentred: false)
            let isExact = sums.experiments.allSatisfy { experiment in
                experiment.arms.allSatisfy { !LostDigits.areMany($0, query.design) }
            }
            if isExact { return sums }
        }
        return try UnitMoments(sums: query, isCentred: true)
    }

    private init() {}

    // MARK: Plain moments

    /// nil where units lack numbers, a number is none, or digits were lost.
    private init?(plain query: UnitQuery) throws(DataFault) {
        let width = query.numbers.count
        let engine = query.table.engine.name
        let hasExperiment = query.experiment != nil
        // Of other kinds two may be the same as text, which only one process would tell.
        let areTold = [query.experiment, query.variant].allSatisfy {
            $0.map { [.text, .number].contains($0.kind) } ?? true
        }
        let parts = try query.table.sendParts(
            try PlainMomentsSQL.text(query), inParts: areTold,
            columns: PlainArm.cells(width, hasExperiment: hasExperiment)
        ) { (record) throws(DataFault) in try PlainArm(&record, width, hasExperiment: hasExperiment, of: engine) }
        guard let all = PlainArm.merged(parts) else { return nil }
        var arms = ArmGroups(engine)
        let places = query.design.quantities.map(\.numerator)
        let origins = places.map { _ in 0.0 }
        for arm in all {
            guard arm.keepsDigits else { return nil }
            // A design may use a number twice.
            let chosen = arm.covariance?.submatrix(rows: places, columns: places)
            arms.add(
                ArmSums(
                    name: arm.variant, assigned: arm.units, units: arm.units, count: arm.units,
                    mean: places.map { arm.mean[$0] }, covariance: chosen),
                of: arm.experiment, origins: origins)
        }
        experiments = try arms.sorted().experiments
        bad = Array(repeating: 0, count: width)
    }

    // MARK: Sums

    private init(sums query: UnitQuery, isCentred: Bool) throws(DataFault) {
        let sql = UnitSumsSQL(query, isCentred: isCentred)
        let (numbers, width) = (query.numbers.count, query.design.width)
        let quantities = query.design.quantities.count
        let engine = query.table.engine.name
        let isBounded = query.numbers.contains(where: \.isBounded)
        var arms = ArmGroups(engine)
        bad = Array(repeating: 0, count: numbers)
        try query.table.send(try sql.text(), columns: sql.cellCount) { (record) throws(DataFault) in
            var cells = ArmCells(record, of: engine)
            let (experiment, variant) = (cells.text(), cells.text())
            let (assigned, units, count) = (try cells.count(), try cells.count(), try cells.count())
            let (filled, negative, unclustered) = (try cells.count(), try cells.count(), try cells.count())
            self.filled += filled
            negativeWeights += negative
            nameless.clusters += unclustered
            if query.cluster == nil { leftOut += assigned - units - negative }
            var (raised, lowered): ([Int], [Int]) = ([], [])
            for i in 0..<numbers {
                bad[i] += try cells.count()
                let (up, down) = (try cells.count(), try cells.count())
                if isBounded { (raised, lowered) = (raised + [up], lowered + [down]) }
            }
            var origins = [Double](repeating: 0, count: quantities)
            for q in 0..<quantities { origins[q] = try cells.number() ?? 0 }
            var mean = [Double](repeating: 0, count: width)
            var centre = mean
            let n = Double(count)
            for i in 0..<width {
                centre[i] = try cells.number() ?? 0
                mean[i] = count > 0 ? (try cells.number() ?? 0) / n : try cells.number() ?? 0
            }
            var covariance = Matrix(rows: width, columns: width)
            for i in 0..<width {
                for j in 0...i {
                    let sum = try cells.number() ?? 0
                    // Σab − n·āb̄ over n − 1, the product not rounded.
                    let value = count > 1 ? sum.addingProduct(-n * mean[i], mean[j]) / (n - 1) : 0
                    covariance[i, j] = i == j ? max(0, value) : value
                    covariance[j, i] = covariance[i, j]
                }
            }
            guard let experiment else {
                nameless.experiments += assigned
                return
            }
            guard let variant else {
                nameless.variants += assigned
                return
            }
            arms.add(
                ArmSums(
                    name: variant, assigned: assigned, units: units, count: count,
                    mean: zip(mean, centre).map { $0 + $1 }, covariance: count > 1 ? covariance : nil),
                of: experiment, origins: origins, raised: raised, lowered: lowered)
        }
        (experiments, self.raised, self.lowered) = try arms.sorted()
    }
}

import Datasets

/// The units of one block of rows, as far as sums need them.
struct UnitBatch: Sendable {
    struct Keys: Sendable {
        /// Numbers of names; that of the cluster 0 where there are none.
        var experiment: Int32
        var variant: Int32
        var cluster: Int32
        /// How many of its numbers were missing and filled; -1 for a unit that lacks one.
        var filled: Int32
        /// Counted from the block's beginning.
        var line: Int
    }

    /// A cell that should be a number and is none.
    struct BadCell: Sendable {
        /// Its column's place among those of numbers.
        var column: Int
        /// Counted from the block's beginning.
        var line: Int
        /// What it holds, between quotes.
        var text: String
        var fault: DataFault
    }

    private(set) var experiments: NameCodes
    private(set) var variants = NameCodes()
    private(set) var clusters = NameCodes()
    private(set) var keys: [Keys] = []
    /// By unit its numbers; of one that lacks some nothing is to be read of them.
    private(set) var numbers: [Double] = []
    /// By unit what its name and experiment are known by; none where units have no names.
    private(set) var hashes: [UInt64] = []
    /// By column how many cells are no numbers, and the first of all.
    private(set) var badCounts: [Int]
    private(set) var bad: [BadCell] = []
    /// What ended the block, its line counted from the block's beginning.
    private(set) var fault: DataFault?
    private let block: FrameBlock

    init(_ block: FrameBlock, _ request: UnitsRequest) {
        self.block = block
        let rows = request.rows
        experiments = NameCodes(rows.experiment == nil ? ["1"] : [])
        badCounts = Array(repeating: 0, count: rows.columns.count)
        var unit = [Double](repeating: 0, count: rows.columns.count)
        do throws(DataFault) {
            try block.forEachRow { (row) throws(DataFault) in
                var experiment = 0
                if let column = rows.experiment {
                    experiment = try row.code(column, in: &experiments, rule: "Every row names its experiment")
                }
                let variant = try row.code(rows.variant, in: &variants, rule: "Every row names its variant")
                let filled = rows.read(&unit, of: row) { place, fault in add(place, row, rows, fault) }
                if let column = request.unit {
                    guard let name = try row.utf8(column) else {
                        throw row.fault(column, "Every row names its unit")
                    }
                    hashes.append(UnitNames.hash(name, of: experiments.names[experiment]))
                }
                var cluster = 0
                if let column = request.cluster {
                    cluster = try row.code(column, in: &clusters, rule: "Every row names its cluster")
                }
                keys.append(
                    Keys(
                        experiment: Int32(experiment), variant: Int32(variant), cluster: Int32(cluster),
                        filled: Int32(filled ?? -1), line: row.line))
                numbers.append(contentsOf: unit)
            }
        } catch {
            fault = error
        }
    }

    private mutating func add(_ column: Int, _ row: Row, _ rows: UnitRows, _ fault: DataFault) {
        badCounts[column] += 1
        guard bad.count < UnitNumberFaults.limit else { return }
        bad.append(BadCell(column: column, line: row.line, text: row.quoted(rows.columns[column]), fault: fault))
    }

    /// Where a line of the block stands, the block behind so many lines.
    func place(ofLine line: Int, linesBefore: Int) -> String { block.place(ofLine: line + linesBefore) }
}

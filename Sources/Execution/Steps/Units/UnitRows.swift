import Datasets
import Documents
import Workspace

/// The units of an `effects` directive with layout `units`, as rows that can be read again and are never held whole.
struct UnitRows: Sendable {
    let frame: Frame
    /// nil where all rows are one experiment.
    let experiment: Int?
    let variant: Int
    /// The columns whose numbers are used, those of plain metrics first and in the order of the set's metrics.
    let columns: [Int]
    /// By column, what a missing cell counts as; nil where it leaves its unit out.
    var fills: [Double?] = []
    /// The name of the control variant.
    let control: String

    /// Calls the body for every unit in the order of the data, with nil for one that lacks a number, or has none where one
    /// should be.
    func forEach(
        in files: any FileSystem, _ body: (_ experiment: String, _ variant: String, _ unit: [Double]?) -> Void
    ) throws(DataFault) {
        try forEachRow(in: files) { (_, experiment, variant, unit, _) throws(DataFault) in
            body(experiment, variant, unit)
        }
    }

    /// The same with the row itself, and how many of its numbers were missing and filled.
    func forEachRow(
        in files: any FileSystem,
        _ body: (_ row: Row, _ experiment: String, _ variant: String, _ unit: [Double]?, _ filled: Int)
            throws(DataFault)
            -> Void
    ) throws(DataFault) {
        var unit = [Double](repeating: 0, count: columns.count)
        try frame.forEachRow(in: files) { (row) throws(DataFault) in
            var experimentName = "1"
            if let experiment {
                guard let text = try row.text(experiment) else {
                    throw row.fault(experiment, "Every row names its experiment")
                }
                experimentName = text
            }
            guard let variantName = try row.text(variant) else {
                throw row.fault(variant, "Every row names its variant")
            }
            let filled = read(&unit, of: row)
            try body(row, experimentName, variantName, filled == nil ? nil : unit, filled ?? 0)
        }
    }

    /// Reads a unit's numbers.
    ///
    /// - Parameter onBad: Told of every cell that is no number, and by place among `columns` of which.
    /// - Returns: how many of them were missing and filled; nil for a unit that lacks one.
    func read(
        _ unit: inout [Double], of row: Row, onBad: (_ place: Int, _ fault: DataFault) -> Void = { _, _ in }
    ) -> Int? {
        var filled = 0
        var isWhole = true
        for (index, column) in columns.enumerated() {
            let number: Double?
            do throws(DataFault) { number = try row.number(column) } catch {
                // The others are looked at all the same.
                onBad(index, error)
                isWhole = false
                continue
            }
            if let number {
                unit[index] = number
            } else if let fill = fills.isEmpty ? nil : fills[index] {
                unit[index] = fill
                filled += 1
            } else {
                isWhole = false
            }
        }
        return isWhole ? filled : nil
    }
}

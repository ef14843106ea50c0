import Estimation
import Results
import Values

/// The test of each experiment's split as cells of a table.
struct SplitCells {
    private var cells: [String: TableModel.Cell] = [:]

    init(_ report: UnitReport, id: String) {
        let path = ResultPath([.name(id), .name("sampleRatio")])
        var index = 0
        for split in report.splits {
            guard let test = split.test else { continue }
            cells[split.experiment] = .number(Value(test.p), format: "p", path: path + index + "p")
            index += 1
        }
    }

    func cell(_ experiment: String) -> TableModel.Cell { cells[experiment] ?? .empty }
}

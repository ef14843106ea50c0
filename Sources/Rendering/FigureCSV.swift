import Documents
import Results
import Values

/// The numbers that a figure draws as comma-separated values, to six significant digits: enough to draw it again, and half
/// as many bytes as at full precision, in which the results file has them.
struct FigureCSV {
    let data: FigureData
    /// The numbers of the rows that it has.
    private let rows: [Int]

    init(data: FigureData) {
        self.data = data
        rows = data.thinned(curves: FigureCSV.mostOfCurve)
    }

    /// A curve drawn through this many places looks the same.
    static let mostOfCurve = 41
    /// Beyond this many rows a page would carry more data than report.
    private static let mostRows = 600

    var isOffered: Bool { rows.count <= FigureCSV.mostRows }
    var isWhole: Bool { rows.count == data.rows.count }

    var text: String {
        let head = data.columns.flatMap(heads).map(CSVText.cell)
        return CSVText.text(
            [head]
                + rows.map { index in
                    let (panel, row) = data.rows[index]
                    return data.columns.flatMap { cells(panel, row, $0) }
                })
    }

    private func heads(_ column: FigureData.Column) -> [String] {
        let title = data.title(column)
        return switch column {
        case .ends: ["\(title) lower", "\(title) upper"]
        case .inner: ["\(title) inner lower", "\(title) inner upper"]
        default: [title]
        }
    }

    private func cells(_ panel: Int, _ row: FigureRow, _ column: FigureData.Column) -> [String] {
        if let words = data.words(panel, row, column) { return [CSVText.cell(words)] }
        let isTime = data.isTime(column, panel)
        let numbers = data.numbers(row, column).map { number in
            isTime && number.isFinite ? CalendarTime.written(number) : CSVText.number(FigureCSV.rounded(number))
        }
        return numbers.isEmpty ? Array(repeating: "", count: heads(column).count) : numbers
    }

    /// To six significant digits; digits before the point are never rounded away.
    static func rounded(_ number: Double) -> Double {
        guard number.isFinite, number != 0, number.magnitude < 1e15 else { return number }
        var scale = 1.0
        while number.magnitude * scale < 100_000, scale < 1e22 { scale *= 10 }
        let rounded = (number * scale).rounded(.toNearestOrEven) / scale
        return rounded.isFinite ? rounded : number
    }
}

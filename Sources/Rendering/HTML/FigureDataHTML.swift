import Documents
import Markup
import Results

/// The data of a figure, folded away behind it: a table of what it draws, and the whole as a file.
///
/// A long table shows of each curve some places from end to end, and of anything else the first ones. The file has more of
/// them, or is left out where it would outweigh the page; the results file has all.
struct FigureDataHTML {
    let data: FigureData
    /// The figure's name: "Figure 1".
    let name: String
    /// The directive's.
    let id: String

    init(_ model: FigureModel, name: String, id: String) {
        data = FigureData(model)
        self.name = name
        self.id = id
    }

    /// All rows are shown of a table up to this length.
    private static let most = 80
    /// Of a longer one this many of a curve, and of a mark that is none.
    private static let mostOfCurve = 9
    private static let mostOfMark = 20

    func node() -> MarkupNode {
        guard !data.rows.isEmpty else { return .nothing }
        let shown = shownRows
        let columns = data.columns.filter { if case .inner = $0 { false } else { true } }
        let formats = columns.map(format)
        let body = shown.map { index -> MarkupNode in
            let (panel, row) = data.rows[index]
            return .tag("tr", [:], zip(columns, formats).map { cell(panel, row, $0, $1) })
        }
        let title = "Data of \(name)"
        return .tag(
            "details", ["class": "source data"],
            [
                .tag("summary", [:], text: title),
                .tag(
                    "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": title],
                    [
                        .tag(
                            "table", [:],
                            [
                                .tag("thead", [:], [.tag("tr", [:], columns.map(head))]),
                                .tag("tbody", [:], body),
                            ])
                    ]),
                remark(shown.count),
            ])
    }

    /// The numbers of the rows that the table shows.
    private var shownRows: [Int] {
        guard data.rows.count > FigureDataHTML.most else { return Array(data.rows.indices) }
        let thinned = data.thinned(curves: FigureDataHTML.mostOfCurve, marks: FigureDataHTML.mostOfMark)
        return Array(thinned.prefix(FigureDataHTML.most))
    }

    private func head(_ column: FigureData.Column) -> MarkupNode {
        let title = data.title(column)
        let text: String = if case .ends = column { "\(title), from and to" } else { title }
        let isOfWords = data.rows.first.map { data.words($0.panel, $0.row, column) != nil } ?? false
        return .tag("th", ["scope": "col", "class": isOfWords ? "left" : nil], text: text)
    }

    private func cell(
        _ panel: Int, _ row: FigureRow, _ column: FigureData.Column, _ format: NumberFormat
    ) -> MarkupNode {
        if let words = data.words(panel, row, column) { return .tag("td", ["class": "left"], text: words) }
        let isTime = data.isTime(column, panel)
        let texts = data.numbers(row, column).map { isTime && $0.isFinite ? CalendarTime.text($0) : format.text($0) }
        let text = texts.count == 2 ? "[\(texts[0]), \(texts[1])]" : texts.first ?? ""
        return .tag("td", [:], text: text)
    }

    /// As many decimals as split the column's numbers into a thousand steps, four digits of each where an axis is
    /// logarithmic; whole numbers have none.
    private func format(_ column: FigureData.Column) -> NumberFormat {
        var isPercent = false
        var isWide = false
        switch column {
        case .place(let axis), .ends(let axis):
            let axes = data.model.panels.map { $0.axis(axis) }
            isPercent = axes.contains { NumberFormat(parsing: $0.format)?.style == .percent }
            isWide = axes.contains { $0.scale == .log || $0.scale == .symlog }
        default: break
        }
        let numbers = data.rows.flatMap { data.numbers($0.row, column) }.filter(\.isFinite)
        guard let least = numbers.min(), let most = numbers.max() else { return NumberFormat() }
        let scale = isPercent ? 100.0 : 1
        if numbers.allSatisfy({ ($0 * scale).rounded() == $0 * scale }) {
            return NumberFormat(isPercent ? .percent : .fixed, digits: 0, grouped: most.magnitude >= 10_000)
        }
        if isWide, !isPercent { return NumberFormat(.significant, digits: 4) }
        var steps = (most > least ? most - least : most.magnitude) * scale
        var decimals = 0
        while steps < 1000, decimals < 12 {
            steps *= 10
            decimals += 1
        }
        return NumberFormat(isPercent ? .percent : .fixed, digits: decimals)
    }

    /// How much of the data is shown, and where the rest is.
    private func remark(_ shown: Int) -> MarkupNode {
        let all = data.rows.count
        let count = NumberFormat(grouped: true)
        let told = shown < all ? "\(shown) of \(count.text(Double(all))) rows" : "\(all) row\(all == 1 ? "" : "s")"
        let csv = FigureCSV(data: data)
        guard csv.isOffered else { return .tag("p", [:], text: told + "; the results file has all.") }
        let file = id.drop { $0 == "_" }
        let rest = "; of each curve it has \(FigureCSV.mostOfCurve) places, the results file all."
        return .tag(
            "p", [:],
            [
                .text(told + ". "),
                .tag(
                    "a",
                    [
                        "download": "\(file).csv", "href": CSVText.dataURI(csv.text), "aria-label": "CSV of \(name)",
                    ], text: shown < all && csv.isWhole ? "All as CSV" : "CSV"), .text(csv.isWhole ? "" : rest),
            ])
    }
}

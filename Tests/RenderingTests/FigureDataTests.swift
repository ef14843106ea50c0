import Foundation
import Markup
import PresentationSupport
import Results
import Testing

@testable import Rendering

/// The data of figures: every number that is drawn stands in the file, and the table shows it as it stands.
@Suite struct FigureDataTests {
    private static func csv(_ figure: FigureModel) -> [[Substring]] {
        FigureCSV(data: FigureData(figure)).text.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    private static func page(_ figure: FigureModel) -> String {
        FigureDataHTML(figure, name: "Figure 1", id: "fig-a").node().serialised
    }

    /// Each kind and mark: a row for each thing that is drawn, all of one width.
    @Test(arguments: SampleFigures.all.map(\.name))
    func everyFigureHasData(name: String) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let data = FigureData(figure)
        #expect(!data.rows.isEmpty && data.columns.count > 1)
        for panel in figure.panels.indices {
            for mark in figure.panels[panel].marks { #expect(!mark.rows.isEmpty || isEmpty(mark), "\(name)") }
        }
        let page = Self.page(figure)
        #expect(page.hasPrefix("<details class=\"source data\"><summary>Data of Figure 1</summary>"))
        #expect(!page.contains("<b>") && !page.contains("<address>"))
        let rows = page.components(separatedBy: "<tr>").count - 2
        #expect((1...80).contains(rows) && rows <= data.rows.count, "\(name): \(rows)")
        #expect(page.contains("download=\"fig-a.csv\"") == FigureCSV(data: data).isOffered)
    }

    private func isEmpty(_ mark: FigureModel.Mark) -> Bool {
        switch mark {
        case .points(let points, _), .hollow(let points, _), .texts(let points, _): points.isEmpty
        default: false
        }
    }

    /// Numbers of `SampleFigures.forest`, to six digits: 30 rows, of which one is open to the left, and a diamond.
    @Test func forest() throws {
        let lines = Self.csv(SampleFigures.forest)
        #expect(
            lines[0] == [
                "What", "Series", "Experiment", "Log ratio of conversion", "Log ratio of conversion lower",
                "Log ratio of conversion upper", "Log ratio of conversion inner lower",
                "Log ratio of conversion inner upper", "Weight",
            ])
        #expect(lines.count == 32)
        #expect(lines[1].prefix(3) == ["interval", lines[1][1], "Trial 1"])
        #expect(lines[5][4] == "-Inf")
        guard case .intervals(let intervals, _) = SampleFigures.forest.panels[0].marks[0] else {
            Issue.record("no intervals")
            return
        }
        for (line, interval) in zip(lines.dropFirst(), intervals) {
            // A name with a comma in it takes two of these cells.
            let written = try #require(line.dropFirst(3).lazy.compactMap { Double($0) }.first)
            #expect((written - interval.estimate).magnitude <= 0.000_005 * interval.estimate.magnitude)
        }
    }

    @Test(arguments: [
        (0.1234567, 0.123457), (-1234.5678, -1234.57), (1_234_567.4, 1_234_567), (3, 3), (0, 0), (1.5e-9, 1.5e-9),
        (9.999999e20, 9.999999e20), (.infinity, .infinity),
    ])
    func sixDigits(number: Double, rounded: Double) { #expect(FigureCSV.rounded(number) == rounded) }

    /// Of a curve of 100 places nine from end to end; of 80 points the first twenty.
    @Test func longTablesShowEnds() {
        let xs = (0..<100).map(Double.init)
        let points = (0..<80).map { FigureModel.Point(x: Double($0) / 8, y: 0.5, label: "p\($0)") }
        let figure = FigureModel(
            kind: "lines",
            panels: [
                .init(
                    x: .init("Day"), y: .init("Lift", format: ".1%"),
                    marks: [
                        .line(x: xs, y: xs.map { $0 / 1000 }, .init(name: "a")),
                        .points(points, .init(name: "b", label: "")),
                    ])
            ], summary: "")
        let page = Self.page(figure)
        for text in ["<td>0.00</td>", "<td>99.00</td>", ">p19</td>", "29 of 180 rows. "] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains(">p20</td>") && page.contains("<td>9.90%</td>") && page.contains("<td>50.00%</td>"))
        #expect(page.components(separatedBy: ">line</td>").count == 10)
    }

    /// An ellipse of the covariance [[4, 1], [1, 1]]: it reaches 2 and 1 from its centre, and its correlation is 1 / 2.
    @Test func ellipses() throws {
        // Its eigenvalues are (5 ± √13) / 2; the half axes are the eigenvectors times their roots (numpy.linalg.eigh).
        let ellipse = FigureModel.Ellipse(
            centre: (1, 2), major: (1.985_309, 0.601_103), minor: (-0.241_970, 0.799_171), level: 0.95)
        let figure = FigureModel(
            kind: "ellipse",
            panels: [.init(x: .init("a"), y: .init("b"), marks: [.ellipse(ellipse, .init(name: "tc", label: "TC"))])],
            summary: "")
        let lines = Self.csv(figure)
        #expect(lines[0] == ["Series", "a", "a lower", "a upper", "b", "b lower", "b upper", "Correlation", "Level"])
        let numbers = lines[1].dropFirst().compactMap { Double($0) }
        for (number, expected) in zip(numbers, [1, -1, 3, 2, 1, 3, 0.5, 0.95]) {
            #expect((number - expected).magnitude < 0.001, "\(lines[1])")
        }
        #expect(numbers.count == 8)
    }

    /// Times stand as dates, words as they are.
    @Test func times() {
        let lines = Self.csv(SampleFigures.all.first { $0.name == "time" }?.figure ?? SampleFigures.forest)
        #expect(lines[1].contains { $0.wholeMatch(of: /\d{4}-\d{2}-\d{2}(T[\d:]+)?/) != nil }, "\(lines[1])")
    }
}

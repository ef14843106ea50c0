import Markup
import PresentationSupport
import Results
import Testing

@testable import Plotting

/// The short form of a drawing shows what the long one shows.
@Suite struct ShorteningTests {
    /// A tenth of a unit for a place rounded twice; a fifth more for what bends less than that.
    private static let tolerance = 0.36

    @Test(arguments: SampleFigures.all.map(\.name), [FigureDrawing.Size.regular, .compact])
    func showsTheSame(name: String, size: FigureDrawing.Size) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let drawing = FigureDrawing(figure, id: "fig-\(name)", title: "A <title>", description: figure.summary)
        let long = drawing.svg(.page, size)
        let short = shortened(drawing: long)
        let (before, after) = (DrawnContent(long), DrawnContent(short))
        #expect(short.serialised.utf8.count < long.serialised.utf8.count * 9 / 10)
        #expect(before.titles.sorted() == after.titles.sorted())
        #expect(before.reachableCount == after.reachableCount)

        // Texts, each in its place.
        let texts = [before, after].map { content in
            content.texts.sorted { ($0.text, $0.place.y, $0.place.x) < ($1.text, $1.place.y, $1.place.x) }
        }
        try #require(texts[0].map(\.text) == texts[1].map(\.text))
        for text in texts[0] {
            #expect(
                texts[1].contains {
                    $0.text == text.text && abs($0.place.x - text.place.x) < 0.11
                        && abs($0.place.y - text.place.y) < 0.11
                }, "\(text)")
        }
        try #require(before.circles.count == after.circles.count)
        for (circle, other) in zip(before.circles, after.circles) {
            #expect(ShorteningTests.distance(circle.centre, [other.centre, other.centre]) < 0.16)
            #expect(abs(circle.radius - other.radius) < 0.051)
        }
        // Each corner of one lies on a line of the other.
        for (corners, lines) in [(before.strokes, after.strokes), (after.strokes, before.strokes)] {
            let segments = lines.flatMap { line in zip(line, line.dropFirst()).map { [$0, $1] } }
            for corner in corners.joined() {
                #expect(
                    segments.contains { ShorteningTests.distance(corner, $0) < ShorteningTests.tolerance }, "\(corner)")
            }
        }
    }

    private static func distance(_ place: DrawnContent.Place, _ ends: [DrawnContent.Place]) -> Double {
        let (dx, dy) = (ends[1].x - ends[0].x, ends[1].y - ends[0].y)
        let (px, py) = (place.x - ends[0].x, place.y - ends[0].y)
        let length = dx * dx + dy * dy
        let share = length > 0 ? min(1, max(0, (px * dx + py * dy) / length)) : 0
        return ((px - share * dx) * (px - share * dx) + (py - share * dy) * (py - share * dy)).squareRoot()
    }

    @Test(arguments: [
        ("M1,2L3,4", "m1 2 2 2"), ("M1.25,-0.5L1.25,0.5L11.25,0.5Z", "m1.3-.5v1h10z"), ("M0.04,0L0.04,0", "m0 0h0"),
        ("M5,5h0M6.2,5h0", "m5 5h0m1.2 0h0"), ("M10,10V4H8V10Z", "m10 10v-6h-2v6z"),
        ("M0,0L0.3,0.4L1.3,10", "m0 0 .3.4 1 9.6"), ("M0,0L9,0.04L9,9", "m0 0h9v9"),
    ])
    func pathData(long: String, short: String) throws {
        #expect(try #require(Outline(long)).data == short)
    }

    @Test(arguments: ["M1,2C3,4,5,6,7,8", "M1.234,2L3,4", "L1,2", "M1", "M1,2L3,4x"])
    func whatItDoesNotKnowItLeaves(data: String) {
        #expect(Outline(data) == nil)
        let node = MarkupNode.tag(
            "svg", ["class": "plot"], [.tag("path", ["d": data, "class": "a"]), .tag("image", ["x": "1.234"])])
        #expect(shortened(drawing: node) == node)
    }

    @Test func simplifiesToWhatBends() {
        let line = (0...50).map { Spot(x: $0 * 100, y: $0 == 25 ? 7 : $0 % 2) }
        #expect(simplify(line, within: 5) == [0, 24, 25, 26, 50].map { line[$0] })
        #expect(simplify(line, within: 8) == [line[0], line[50]])
        let circle = [Spot(x: 0, y: 0), Spot(x: 100, y: 100), Spot(x: 0, y: 200), Spot(x: 0, y: 0)]
        #expect(simplify(circle, within: 5) == circle)
    }

    /// In a narrow drawing of many points they are one path.
    @Test func manyPointsWithoutNamesAreOnePath() {
        let points = (0..<200).map { FigureModel.Point(x: Double($0), y: Double($0 % 7), label: "row \($0)") }
        let panel = FigureModel.Panel(
            x: .init("x"), y: .init("y"), marks: [.points(points, .init(name: "rows"))])
        let figure = FigureModel(kind: "scatter", panels: [panel], summary: "")
        let long = FigureDrawing(figure, id: "x", title: "", description: "").svg(.page, .compact)
        let named = DrawnContent(shortened(drawing: long))
        #expect(named.circles.count == 200 && named.titles.count == 201)
        let short = shortened(drawing: long, namesAllPoints: false)
        let content = DrawnContent(short)
        #expect(content.circles.count == 200 && content.titles.count == 1)
        #expect(content.circles.allSatisfy { $0.radius == 2.7 })
        #expect(short.serialised.contains("class=\"h4 dots r27\""))
    }

    /// What a narrow page's rule does to the points of the wide drawing is what the narrow drawing has.
    @Test func wideAndNarrowShareTheirPoints() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "scatter" }?.figure)
        func drawing(_ id: String) -> FigureDrawing { .init(figure, id: id, title: "T", description: figure.summary) }
        let (wide, narrow) = (drawing("a").svg(.page), drawing("b").svg(.page, .compact))
        let (node, rules) = try #require(sharedDrawing(wide: wide, narrow: narrow, name: "both1"))
        #expect(DrawnContent(node).reachableCount == DrawnContent(wide).reachableCount)
        #expect(node.serialised.utf8.count < shortened(drawing: wide).serialised.utf8.count * 5 / 4)
        let numbers = try #require(rules.firstMatch(of: /matrix\(([^)]*)\)/)).1.split(separator: ",").compactMap {
            Double($0)
        }
        let scale = 640.0 / 340
        let tips = try #require(rules.firstMatch(of: /font-size:([0-9.]+)px/)).1
        // A tip is as large as in the narrow drawing.
        #expect(abs((Double(tips) ?? 0) * numbers[0] / scale - 11.5) < 0.01)
        let tip = try #require(DrawnContent(wide).texts.first { $0.text.hasPrefix("experiment") }).place
        for (circle, other) in zip(DrawnContent(wide).circles, DrawnContent(narrow).circles) {
            #expect(abs((numbers[0] * (circle.centre.x - tip.x) + numbers[4]) / scale - other.centre.x) < 0.2)
            #expect(abs((numbers[3] * (circle.centre.y - tip.y) + numbers[5]) / scale - other.centre.y) < 0.2)
        }
    }

    /// Drawings that differ in more than scale stay two, and so do those that say different things.
    @Test func otherDrawingsShareNothing() throws {
        for name in ["forest", "posteriors", "lines", "correlations", "shrinkage"] {
            let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
            let drawing = FigureDrawing(figure, id: "a", title: "T", description: "")
            #expect(
                sharedDrawing(wide: drawing.svg(.page), narrow: drawing.svg(.page, .compact), name: "both1") == nil,
                "\(name)")
        }
        let figure = try #require(SampleFigures.all.first { $0.name == "scatter" }?.figure)
        let (one, other) = (
            FigureDrawing(figure, id: "a", title: "T", description: "1"),
            FigureDrawing(figure, id: "a", title: "T", description: "2")
        )
        #expect(sharedDrawing(wide: one.svg(.page), narrow: other.svg(.page, .compact), name: "both1") == nil)
    }

    /// Rows of one class say it once, and dots say their radius once.
    @Test func pointsSayOnceWhatTheyShare() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "scatter" }?.figure)
        let drawing = FigureDrawing(figure, id: "x", title: "", description: "")
        let text = shortened(drawing: drawing.svg(.page)).serialised
        #expect(text.contains("<g transform=\"translate("))
        #expect(text.contains("class=\"hm pts tips end dot round r33 bar\""))
        #expect(!text.contains("class=\"dot\"") && !text.contains("class=\"tip\""))
    }
}

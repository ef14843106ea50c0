import Markup
import PresentationSupport
import Results
import Testing

@testable import Plotting

/// Where the marks of free figures stand.
@Suite struct FreeMarkTests {
    private static func panel(_ marks: [FigureModel.Mark], y: FigureModel.Axis) -> FigureModel.Panel {
        .init(x: .init("x"), y: y, marks: marks)
    }

    /// Values 0, 1, 2 and 50 with dots of 10: the first three share a stack at 1.
    @Test func dotsStackWhereTheyAreNear() throws {
        let points = [50.0, 2, 0, 1].map { FigureModel.Point(x: $0, y: 0) }
        let panel = Self.panel([.dots(points, row: nil, .init(name: "a"))], y: .init("", scale: .hidden))
        let stacks = try #require(DotStacks(panel, x: LinearScale(domain: 0...100, start: 0, end: 100)))
        #expect(stacks.diameter == 10 && stacks.height == 30)
        let places = try #require(stacks.places[0])
        #expect(places.map(\.x) == [50, 1, 1, 1])
        #expect(places.map(\.below) == [0, 2, 0, 1])
    }

    /// A thousand equal values: dots shrink until the stack is no taller than it may be, or can shrink no further.
    @Test func manyDotsAreSmall() throws {
        let points = (0..<100).map { _ in FigureModel.Point(x: 1, y: 0) }
        let panel = Self.panel([.dots(points, row: nil, .init(name: "a"))], y: .init("", scale: .hidden))
        let stacks = try #require(DotStacks(panel, x: LinearScale(domain: 0...2, start: 0, end: 100)))
        #expect(stacks.diameter == 2 && stacks.height == 200)
        #expect(DotStacks(Self.panel([], y: .init("")), x: LinearScale(domain: 0...2, start: 0, end: 100)) == nil)
    }

    private func layout(_ figure: FigureModel, _ size: FigureDrawing.Size) -> FigureLayout {
        FigureLayout(FigureDrawing(figure, id: "f", title: "t", description: "d"), surface: .page, size: size)
    }

    /// Bars of three series stand apart, none over another, and intervals of two do.
    @Test(arguments: [FigureDrawing.Size.regular, .compact])
    func barsStandBesideEachOther(size: FigureDrawing.Size) {
        for (name, count) in [("bar-rows", 3), ("bar-columns", 2)] {
            guard let figure = SampleFigures.all.first(where: { $0.name == name })?.figure else {
                Issue.record("no figure \(name)")
                continue
            }
            let panel = layout(figure, size).panels[0]
            let dodges = (0..<count).map { panel.dodge($0) }
            for (a, b) in zip(dodges, dodges.dropFirst()) {
                #expect(b.offset - a.offset >= a.thickness, "\(name)")
            }
            let middle = dodges.map(\.offset).reduce(0, +)
            #expect(middle.magnitude < 1e-9)
        }
        let stacked = SampleFigures.all.first { $0.name == "bar-stacks" }?.figure
        #expect(stacked.map { layout($0, size).panels[0].dodge(1).offset } == 0)
    }

    /// Bars begin at the frame's bottom where nothing lies below zero.
    @Test func barsStandOnTheFrame() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "bar-stacks" }?.figure)
        let panel = layout(figure, .regular).panels[0]
        #expect(panel.y.domain.lowerBound == 0 && panel.y.position(0) == panel.frame.bottom)
    }

    /// Panels whose scales are free have limits of their own, and others share theirs.
    @Test func panelsShareWhatIsNotFree() throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "free-panels" }?.figure)
        let panels = layout(figure, .regular).panels
        #expect(Set(panels.map { "\($0.x.domain)" }).count == 1)
        #expect(Set(panels.map { "\($0.y.domain)" }).count == 4)
    }

    /// No two of the words that were placed overlap, and each stands inside the frame; some found no room.
    @Test(arguments: [FigureDrawing.Size.regular, .compact])
    func wordsKeepApart(size: FigureDrawing.Size) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == "words" }?.figure)
        let panel = layout(figure, size).panels[0]
        let boxes = panel.labels.labels.map(\.box)
        #expect(boxes.count > 20 && boxes.count <= 60)
        for (index, box) in boxes.enumerated() {
            #expect(panel.frame.holds(box))
            #expect(!boxes[(index + 1)...].contains { $0.overlaps(box) })
        }
    }

    /// Every mark that tells something can be reached by keyboard in a page, and in a file tells it when pointed at.
    @Test(arguments: ["spans", "bar-rows", "bar-columns", "half-eyes", "dot-rows", "toned-points"])
    func marksCanBeReached(name: String) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let drawing = FigureDrawing(figure, id: "f", title: "t", description: "d")
        let page = drawing.svg(.page).serialised
        #expect(page.contains("tabindex=\"0\"") && page.contains("role=\"document\""))
        #expect(!drawing.svg(.file).serialised.contains("tabindex"))
        #expect(drawing.svg(.file).serialised.contains("<title>"))
    }
}

import PresentationSupport
import Results
import Testing

@testable import Plotting

/// Names in their places do not touch each other, nor strokes, nor leave the frame.
@Suite struct LabelTests {
    @Test(arguments: ["ellipses", "ellipse-panels"], [FigureDrawing.Size.regular, .compact])
    func namesAreFree(name: String, size: FigureDrawing.Size) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let drawing = FigureDrawing(figure, id: "x", title: "", description: "")
        let layout = FigureLayout(drawing, surface: .page, size: size)
        var told = 0
        for panel in layout.panels {
            let obstacles = PanelLayout.obstacles(panel.panel, x: panel.x, y: panel.y, frame: panel.frame)
            let names = Set(
                PanelLayout.outlines(panel.panel, x: panel.x, y: panel.y, styles: layout.styles).map(\.text))
            for (index, label) in panel.labels.labels.enumerated() {
                for other in panel.labels.labels[..<index] { #expect(!label.box.overlaps(other.box)) }
                guard names.contains(label.text) else { continue }
                told += 1
                #expect(panel.frame.holds(label.box) && !obstacles.isStruck(label.box), "\(label.text)")
            }
        }
        // Either all stand in their places, or a key tells them.
        #expect(told > 1 || layout.key != nil)
    }

    /// Names beside points stand in the frame and clear of each other; each one is told once.
    @Test(arguments: ["funnel", "baujat", "identity"], [FigureDrawing.Size.regular, .compact])
    func calloutsAreFree(name: String, size: FigureDrawing.Size) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let drawing = FigureDrawing(figure, id: "x", title: "", description: "")
        let layout = FigureLayout(drawing, surface: .page, size: size)
        let panel = try #require(layout.panels.first)
        let callouts = PanelLayout.callouts(panel.panel, x: panel.x, y: panel.y, styles: layout.styles).map(\.text)
        let told = panel.labels.labels.filter { callouts.contains($0.text) }
        #expect(told.count >= 2 && Set(told.map(\.text)).count == told.count)
        for (index, label) in panel.labels.labels.enumerated() {
            for other in panel.labels.labels[..<index] { #expect(!label.box.overlaps(other.box)) }
            guard callouts.contains(label.text) else { continue }
            #expect(panel.frame.holds(label.box), "\(label.text)")
        }
    }

    /// Named rows of a forest are a line apart, however many there are.
    @Test(arguments: [FigureDrawing.Size.regular, .compact]) func rowsHaveRoomForTheirNames(
        size: FigureDrawing.Size
    ) throws {
        for name in ["many-studies", "studies", "forest"] {
            let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
            let drawing = FigureDrawing(figure, id: "x", title: "", description: "")
            let panel = try #require(FigureLayout(drawing, surface: .page, size: size).panels.first)
            let rows = try #require(panel.rows)
            let named = rows.middles.indices.filter { rows.named[$0] }.map { rows.middles[$0] }
            #expect(zip(named, named.dropFirst()).allSatisfy { $1 - $0 > 13.9 })
            #expect(named.first == rows.middles.first && named.last == rows.middles.last)
            #expect(name == "many-studies" || named.count == rows.middles.count)
        }
    }

    /// x = a cos t + b sin t reaches √(a² + b²).
    @Test func outlineReachesAsFarAsTheEllipse() {
        let ellipse = FigureModel.Ellipse(centre: (1, -1), major: (3, 1), minor: (-0.5, 1.5), level: 0.95)
        let scale = LinearScale(domain: 0...1, start: 0, end: 1)
        let outline = PanelLayout.outline(ellipse, x: scale, y: scale, steps: 7200)
        let right = outline.map(\.x).max() ?? 0
        #expect(abs(right - (1 + (9 + 0.25 as Double).squareRoot())) < 1e-5)
        #expect(outline.first == outline.last)
        let flat = FigureModel.Ellipse(major: (2, 1), minor: (0, 0), level: 0.95)
        #expect(PanelLayout.outline(flat, x: scale, y: scale) == [Place(x: -2, y: -1), Place(x: 2, y: 1)])
    }
}

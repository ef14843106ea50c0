import Foundation
import Markup
import PresentationSupport
import Results
import Testing

@testable import Plotting

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct GoldenFigureTests {
    static let variants: [(String, FigureDrawing.Size)] = [("regular", .regular), ("compact", .compact)]

    @Test(arguments: SampleFigures.all.map(\.name), variants.map(\.0))
    func drawings(name: String, size: String) throws {
        let figure = try #require(SampleFigures.all.first { $0.name == name }?.figure)
        let variant = try #require(GoldenFigureTests.variants.first { $0.0 == size }?.1)
        let drawing = FigureDrawing(figure, id: "fig-\(name)", title: "A <title>", description: figure.summary)
        let svg = drawing.svg(.file, variant).serialised
        expectGolden(svg + "\n", "\(name)-\(size).svg")
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse(), "\(name) is not well-formed: \(String(describing: parser.parserError))")
        #expect(!svg.contains("<b>"))
        #expect(!svg.contains("-0\""))
        #expect(drawing.svg(.file, variant).serialised == svg)
    }
}

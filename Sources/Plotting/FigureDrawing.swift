package import Markup
package import Results

/// A figure to be drawn as SVG.
package struct FigureDrawing: Sendable {
    /// Where the drawing will stand.
    package enum Surface: Sendable {
        /// In a page: colours come from the page's variables, points can be reached by keyboard.
        case page
        /// A file of its own: it brings its colours and its paper.
        case file
    }

    /// How wide the drawing is laid out; it scales from there.
    package enum Size: Sendable {
        /// For a column of text.
        case regular
        /// For a telephone: the same figure laid out anew, not shrunk.
        case compact

        var width: Double { self == .regular ? 640 : 340 }
    }

    package var model: FigureModel
    /// Unique in the page; ids inside the drawing begin with it.
    package var id: String
    /// What the figure is, for those who do not see it.
    package var title: String
    package var description: String

    package init(_ model: FigureModel, id: String, title: String, description: String) {
        self.model = model
        self.id = id
        self.title = title
        self.description = description
    }

    /// The drawing as an `svg` element.
    package func svg(_ surface: Surface, _ size: Size = .regular) -> MarkupNode {
        FigureLayout(self, surface: surface, size: size).svg()
    }
}

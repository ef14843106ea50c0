import Markup
struct FigureLayout {
    init(_ d: FigureDrawing, surface: FigureDrawing.Surface, size: FigureDrawing.Size) {}
    func svg() -> MarkupNode { .nothing }
}

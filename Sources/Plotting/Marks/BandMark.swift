import Markup
import Results

extension PanelDrawing {
    /// A stretch of x over the whole height of the frame.
    func bandX(_ range: ClosedRange<Double>, _ series: FigureModel.Series) -> MarkupNode {
        let (left, right) = (layout.x.clamped(range.lowerBound), layout.x.clamped(range.upperBound))
        return region(Frame(left: left, top: frame.top, right: right, bottom: frame.bottom), series)
    }

    /// A stretch of y over the whole width of the frame.
    func bandY(_ range: ClosedRange<Double>, _ series: FigureModel.Series) -> MarkupNode {
        let ends = [layout.y.clamped(range.lowerBound), layout.y.clamped(range.upperBound)].sorted()
        return region(Frame(left: frame.left, top: ends[0], right: frame.right, bottom: ends[1]), series)
    }

    private func region(_ frame: Frame, _ series: FigureModel.Series) -> MarkupNode {
        guard frame.width > 0, frame.height > 0 else { return .nothing }
        return group(
            series,
            [
                .tag(
                    "rect",
                    [
                        "x": coordinate(frame.left), "y": coordinate(frame.top), "width": coordinate(frame.width),
                        "height": coordinate(frame.height), "class": "region",
                    ])
            ])
    }
}

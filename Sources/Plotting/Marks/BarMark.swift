import Markup
import Results

extension PanelDrawing {
    /// Bars from one value to another, outlined with the dash of their series, so that hue is not all that tells them.
    func bar(
        _ spans: [FigureModel.Span], _ direction: FigureModel.Direction, _ series: FigureModel.Series,
        _ dodge: (offset: Double, thickness: Double)
    ) -> MarkupNode {
        let half = dodge.thickness / 2
        return group(
            series,
            spans.map { span in
                let scale: any PositionScale = direction == .x ? layout.x : layout.y
                let ends = [scale.clamped(span.lower), scale.clamped(span.upper)].sorted()
                let middle =
                    (direction == .x ? layout.y.position(span.at) : layout.x.position(span.at)) + dodge.offset
                guard middle > (direction == .x ? frame.top : frame.left) - 1,
                    middle < (direction == .x ? frame.bottom : frame.right) + 1
                else { return .nothing }
                let rect =
                    direction == .x
                    ? Frame(left: ends[0], top: middle - half, right: ends[1], bottom: middle + half)
                    : Frame(left: middle - half, top: ends[0], right: middle + half, bottom: ends[1])
                return labelled(
                    span.label,
                    [
                        .tag(
                            "rect",
                            [
                                "x": coordinate(rect.left), "y": coordinate(rect.top), "width": coordinate(rect.width),
                                "height": coordinate(rect.height), "class": "block",
                                "stroke-dasharray": style(series).dash,
                            ])
                    ])
            })
    }
}

import Results

/// The outlines of a panel that need names, and what the names must keep clear of.
extension PanelLayout {
    static func outlines(
        _ panel: FigureModel.Panel, x: any PositionScale, y: any PositionScale, styles: SeriesStyles
    ) -> [(text: String, style: SeriesStyle, outline: [Place])] {
        panel.marks.compactMap { mark in
            guard case .ellipse(let ellipse, let series) = mark, !series.label.isEmpty else { return nil }
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            return (series.label, style, outline(ellipse, x: x, y: y))
        }
    }

    static func obstacles(
        _ panel: FigureModel.Panel, x: any PositionScale, y: any PositionScale, frame: Frame
    ) -> LabelObstacles {
        var obstacles = LabelObstacles()
        for mark in panel.marks {
            switch mark {
            case .ellipse(let ellipse, _): obstacles.strokes.append(outline(ellipse, x: x, y: y))
            case .line(let xs, let ys, _), .trace(let xs, let ys, _):
                obstacles.strokes.append(zip(xs, ys).map { Place(x: x.position($0), y: y.position($1)) })
            case .slope(let slope, let intercept, _):
                obstacles.strokes.append(slopePlaces(slope, intercept, x: x, y: y))
            case .points(let points, _), .hollow(let points, _):
                for point in points {
                    let place = Place(x: x.position(point.x), y: y.position(point.y))
                    obstacles.points.append(place)
                    guard let interval = point.yInterval, !point.callout.isEmpty else { continue }
                    obstacles.hairs.append([
                        Place(x: place.x, y: y.clamped(interval.lowerBound)),
                        Place(x: place.x, y: y.clamped(interval.upperBound)),
                    ])
                }
            case .texts(let points, _), .dots(let points, nil, _):
                obstacles.points += points.map { Place(x: x.position($0.x), y: y.position($0.y)) }
            case .area(let xs, _, let upper, _):
                obstacles.strokes.append(zip(xs, upper).map { Place(x: x.position($0), y: y.position($1)) })
            case .spans(let spans, let direction, _), .bar(let spans, let direction, _, _):
                for span in spans {
                    obstacles.hairs.append(
                        [span.lower, span.upper].map { value in
                            direction == .y
                                ? Place(x: x.position(span.at), y: y.clamped(value))
                                : Place(x: x.clamped(value), y: y.position(span.at))
                        })
                }
            case .cloud(let xs, let ys, _):
                obstacles.points += zip(xs, ys).map { Place(x: x.position($0), y: y.position($1)) }
            case .ruleX(let value, _, _):
                obstacles.rules.append([
                    Place(x: x.position(value), y: frame.top), Place(x: x.position(value), y: frame.bottom),
                ])
            case .ruleY(let value, _, _):
                obstacles.rules.append([
                    Place(x: frame.left, y: y.position(value)), Place(x: frame.right, y: y.position(value)),
                ])
            default: break
            }
        }
        if let null = panel.x.null {
            let at = x.position(null)
            obstacles.rules.append([Place(x: at, y: frame.top), Place(x: at, y: frame.bottom)])
        }
        if let null = panel.y.null {
            let at = y.position(null)
            obstacles.rules.append([Place(x: frame.left, y: at), Place(x: frame.right, y: at)])
        }
        return obstacles
    }
}

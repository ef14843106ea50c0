import Results

/// Where the marks of a panel end, for the names of their series.
extension PanelLayout {
    typealias End = (text: String, style: SeriesStyle, place: Place)

    /// The texts that will stand in the right margin; those of rules do where a key tells the lines, too.
    static func endNames(_ panel: FigureModel.Panel, withLines: Bool, width: Double) -> [String] {
        panel.marks.compactMap { mark in
            switch mark {
            case .line(_, _, let series), .trace(_, _, let series), .slope(_, _, let series),
                .area(_, _, _, let series):
                withLines && !series.label.isEmpty ? series.label : nil
            case .ruleY(_, let label, _): label.isEmpty || isLong(label, width) ? nil : label
            default: nil
            }
        }
    }

    /// Names of the series that are lines in a panel and say what they are.
    static func lineNames(_ panel: FigureModel.Panel) -> [String] {
        panel.marks.compactMap { mark in
            switch mark {
            case .line(_, _, let series), .trace(_, _, let series), .slope(_, _, let series):
                series.label.isEmpty ? nil : series.name
            case .density(_, _, _, _, _, let series), .ribbon(_, _, _, _, let series), .area(_, _, _, let series):
                series.name
            default: nil
            }
        }
    }

    /// The last visible place of each line, once for each name.
    static func ends(
        _ panel: FigureModel.Panel, x: any PositionScale, y: any PositionScale, frame: Frame, styles: SeriesStyles
    ) -> [End] {
        var ends: [End] = []
        func add(_ series: FigureModel.Series, _ place: Place?) {
            guard let place, !series.label.isEmpty, !ends.contains(where: { $0.text == series.label }) else { return }
            ends.append((series.label, styles.style(of: series.name, isMuted: series.isMuted), place))
        }
        for mark in panel.marks {
            switch mark {
            case .line(let xs, let ys, let series), .trace(let xs, let ys, let series):
                let places = zip(xs, ys).map { Place(x: x.position($0), y: y.position($1)) }
                add(series, frame.clip(polyline: places).last?.last)
            case .area(let xs, _, let upper, let series):
                let places = zip(xs, upper).map { Place(x: x.position($0), y: y.position($1)) }
                add(series, frame.clip(polyline: places).last?.last)
            case .slope(let slope, let intercept, let series):
                let places = slopePlaces(slope, intercept, x: x, y: y)
                add(series, frame.clip(polyline: places).last?.last)
            default: break
            }
        }
        return ends
    }

    /// The name of a horizontal rule stands above it where it would take too much of the margin.
    static func isLong(_ label: String, _ width: Double) -> Bool { textWidth(label) > width * 0.22 }

    static func ruleEnds(
        _ panel: FigureModel.Panel, y: any PositionScale, frame: Frame, styles: SeriesStyles
    ) -> [End] {
        panel.marks.compactMap { mark in
            guard case .ruleY(let value, let label, let series) = mark, !label.isEmpty, y.contains(value) else {
                return nil
            }
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            return (label, style, Place(x: frame.right, y: y.position(value)))
        }
    }

    /// The tops of the densities.
    static func peaks(
        _ panel: FigureModel.Panel, x: any PositionScale, y: any PositionScale, styles: SeriesStyles
    ) -> [End] {
        panel.marks.compactMap { mark in
            guard case .density(let xs, let ys, _, _, _, let series) = mark, !series.label.isEmpty,
                let peak = zip(xs, ys).max(by: { $0.1 < $1.1 })
            else { return nil }
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            return (series.label, style, Place(x: x.position(peak.0), y: y.position(peak.1)))
        }
    }

    /// Places on y = intercept + slope × x from one end of the frame to the other: two where the x axis is linear.
    static func slopePlaces(
        _ slope: Double, _ intercept: Double, x: any PositionScale, y: any PositionScale
    ) -> [Place] {
        let steps = x is LinearScale && y is LinearScale ? 1 : 120
        return x.samples(steps).map { Place(x: x.position($0), y: y.position(intercept + slope * $0)) }
    }

    /// How many densities have a median or an interval to be marked below.
    static func stripCount(_ panel: FigureModel.Panel) -> Int {
        panel.marks.reduce(0) { count, mark in
            if case .density(_, _, let median, let interval, _, _) = mark, median != nil || interval != nil {
                count + 1
            } else {
                count
            }
        }
    }
}

import Documents
import Results

/// The marks of a panel in words.
struct MarkSentences {
    let panel: FigureModel.Panel
    /// How many of several things are told.
    let most: Int

    init(_ panel: FigureModel.Panel, isShort: Bool) {
        self.panel = panel
        most = isShort ? 3 : 6
    }

    var text: String {
        var sentences: [String] = []
        for sentence in [points, lines, slopes, areas, bars, intervals, halfEyes, dots, ellipses, cells, rules, words]
            .compactMap(\.self)
        {
            sentences.append(sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
        }
        return sentences.joined(separator: " ")
    }

    // MARK: Sentences

    private var points: String? {
        // Markers on a line are the line's.
        let lines = panel.marks.compactMap { if case .line(_, _, let series) = $0 { series.name } else { nil } }
        let all = panel.marks.flatMap { mark -> [(x: Double, y: Double)] in
            switch mark {
            case .points(let points, let series) where !lines.contains(series.name): points.map { ($0.x, $0.y) }
            case .cloud(let xs, let ys, _): Array(zip(xs, ys)).map { ($0, $1) }
            default: []
            }
        }
        guard !all.isEmpty else { return nil }
        // How many each series has, where there are several.
        let named = panel.marks.compactMap { mark -> String? in
            guard case .points(let points, let series) = mark, !series.label.isEmpty, !lines.contains(series.name)
            else {
                return nil
            }
            return "\(points.count) \(series.label)"
        }
        let parts = named.count > 1 ? " (" + named.joined(separator: ", ") + ")" : ""
        return
            "\(count(all.count, "point"))\(parts): \(range(all.map(\.x), panel.x, "x")), \(range(all.map(\.y), panel.y, "y"))"
    }

    private var lines: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            guard case .line(let xs, let ys, let series) = mark else { return nil }
            return run(xs, ys, series)
        }
        return list(parts, one: "line of \(named(panel.y, "y")) over \(named(panel.x, "x"))")
    }

    private var slopes: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            if case .slope(_, _, let series) = mark, !series.label.isEmpty { series.label } else { nil }
        }
        return list(parts, one: "fitted line")
    }

    private var areas: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            guard case .area(let xs, let lower, let upper, let series) = mark else { return nil }
            return run(xs, zip(lower, upper).map { $1 - $0 }, series)
        }
        return list(parts, one: "area of \(named(panel.y, "y")) over \(named(panel.x, "x"))")
    }

    private var bars: String? {
        let parts = panel.marks.flatMap { mark -> [String] in
            guard case .bar(let spans, let direction, let isStacked, let series) = mark else { return [] }
            let (along, across) = direction == .x ? (panel.x, panel.y) : (panel.y, panel.x)
            return spans.map { span in
                let end =
                    isStacked
                    ? span.upper - span.lower : span.lower == 0 ? span.upper : span.upper == 0 ? span.lower : span.upper
                let of = series.label.isEmpty ? "" : ", \(series.label)"
                return "\(text(span.at, across))\(of) \(text(end, along))"
            }
        }
        let direction = panel.marks.lazy.compactMap { mark -> FigureModel.Direction? in
            if case .bar(_, let direction, _, _) = mark { direction } else { nil }
        }.first
        return list(parts, one: "bar of " + (direction == .x ? named(panel.x, "x") : named(panel.y, "y")))
    }

    private var intervals: String? {
        let parts = panel.marks.flatMap { mark -> [String] in
            switch mark {
            case .intervals(let rows, let series):
                rows.map { row in
                    told(Double(row.row), panel.y, row.estimate, row.outer.lower, row.outer.upper, panel.x, series)
                }
            case .spans(let spans, let direction, let series):
                spans.map { span in
                    let (along, across) = direction == .x ? (panel.x, panel.y) : (panel.y, panel.x)
                    return told(span.at, across, span.estimate, span.lower, span.upper, along, series)
                }
            default: []
            }
        }
        return list(parts, one: "interval")
    }

    private var halfEyes: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            guard case .halfEye(let row, _, _, let median, let interval, _, _) = mark else { return nil }
            let ends = interval.map { " [\(text($0.lowerBound, panel.x)), \(text($0.upperBound, panel.x))]" } ?? ""
            return "\(text(Double(row), panel.y)) \(median.map { text($0, panel.x) } ?? "")\(ends)"
        }
        return list(parts, one: "density")
    }

    private var dots: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            guard case .dots(let points, let row, let series) = mark, !points.isEmpty else { return nil }
            let sorted = points.map(\.x).sorted()
            let name = [row.map { text(Double($0), panel.y) }, series.label.isEmpty ? nil : series.label]
                .compactMap(\.self).joined(separator: ", ")
            let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
            let told = "\(count(sorted.count, "dot")) \(between(sorted, panel.x)), median \(text(middle, panel.x))"
            return name.isEmpty ? told : "\(name) \(told)"
        }
        return list(parts, one: "stack of dots along \(named(panel.x, "x"))")
    }

    private var ellipses: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            guard case .ellipse(let ellipse, let series) = mark else { return nil }
            let centre = "about (\(text(ellipse.centre.x, panel.x)), \(text(ellipse.centre.y, panel.y)))"
            let share = NumberText.percent(ellipse.level)
            return (series.label.isEmpty ? "" : series.label + " ") + "\(share) \(centre)"
        }
        return list(parts, one: "ellipse")
    }

    private var cells: String? {
        let all = panel.marks.flatMap { mark -> [FigureModel.Cell] in
            if case .cells(let cells, _) = mark { cells } else { [] }
        }
        guard let low = all.min(by: { $0.value < $1.value }), let high = all.max(by: { $0.value < $1.value }) else {
            return nil
        }
        func place(_ cell: FigureModel.Cell) -> String {
            "\(cell.text) (\(text(Double(cell.column), panel.x)), \(text(Double(cell.row), panel.y)))"
        }
        return "\(count(all.count, "cell")): from \(place(low)) to \(place(high))"
    }

    private var rules: String? {
        let parts = panel.marks.compactMap { mark -> String? in
            switch mark {
            case .ruleX(let at, let label, _): mention(label, "\(named(panel.x, "x")) \(text(at, panel.x))")
            case .ruleY(let at, let label, _): mention(label, "\(named(panel.y, "y")) \(text(at, panel.y))")
            default: nil
            }
        }
        return list(parts, one: "rule")
    }

    private var words: String? {
        let parts = panel.marks.flatMap { mark -> [String] in
            if case .texts(let points, _) = mark { points.map { "“\($0.callout)”" } } else { [] }
        }
        return list(parts, one: "label")
    }
}

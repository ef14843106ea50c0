import Diagnostics
import Documents
import Results
import Values

/// Estimates as lines over a number, with their intervals as ribbons: how an answer moves with an assumption.
enum LinesFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let (parts, facets) = try panels(&context)
        var panels: [FigureModel.Panel] = []
        for options in parts {
            let rows = try LineRows(options, &context)
            var panel = try panel(rows, options, &context)
            panel.x.isFree = facets?.isFree("x") ?? false
            panel.y.isFree = facets?.isFree("y") ?? false
            panels.append(panel)
        }
        let columns = Int(context.options["columns"]?.number ?? Double(min(panels.count, 2)))
        var model = FigureModel(kind: "lines", panels: panels, columns: max(1, columns), summary: "")
        model.summary = FigureSummary.text(of: model)
        return model
    }

    /// Those that the figure lists, or one for each value of a key of its rows.
    private static func panels(
        _ context: inout StepContext
    ) throws(StepFailure) -> (panels: [PanelOptions], facets: FacetNames?) {
        guard let node = context.options["facet"] else { return (PanelOptions.all(of: context), nil) }
        let whole = PanelOptions(figure: context.options, own: nil)
        let target = try whole.targets(&context)[0]
        let by = node["by"] ?? node
        guard let list = target.value["rows"]?.list ?? target.value.list else {
            throw context.fail(
                .error(.badFigure, "`facet` is a key of rows; \(target.path) is no list of them", at: by.range))
        }
        let path = try PanelOptions.path(by, &context)
        let rows = try RowFilter.rows(list, whole, &context)
        guard rows.contains(where: { $0[path].flatMap(KeyValues.text) != nil }) else {
            throw context.fail(KeyValues.missing(path.description, in: rows, at: by.range))
        }
        let facets = try FacetNames(node, of: [(rows, path)], &context)
        return (facets.facets.map { whole.with($0, at: path) }, facets)
    }

    private static func panel(
        _ rows: LineRows, _ options: PanelOptions, _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.Panel {
        var ribbons: [FigureModel.Mark] = []
        var lines: [FigureModel.Mark] = []
        var markers: [FigureModel.Mark] = []
        let labels = LabelFormat(context)
        for line in rows.lines {
            if hasRibbon(line.series.name, context), let ribbon = try ribbon(line, options, &context) {
                ribbons.append(ribbon)
            }
            lines.append(.line(x: line.items.map(\.x), y: line.items.map(\.y), line.series))
            if context.options["markers"]?.boolean == true {
                let points = line.items.map { item in
                    FigureModel.Point(
                        x: item.x, y: item.y,
                        label: "\(line.series.label), \(NumberFormat().text(item.x)): \(labels.text(item.y))")
                }
                markers.append(.points(points, line.series))
            }
        }
        var marks = ribbons + lines + markers
        let reference = options["reference"]?.number
        let label = options["reference-label"]?.string ?? ""
        if let reference, !label.isEmpty {
            marks.insert(.ruleY(reference, label: label, .init(name: "reference", isMuted: true)), at: 0)
        }
        let panel = FigureModel.Panel(
            title: options.title, x: options.axis("x", title: options["x"]?.string ?? ""),
            y: options.axis("y", title: rows.title, null: label.isEmpty ? reference : nil), marks: marks)
        let items = rows.lines.flatMap(\.items)
        try options.checkLogarithm("x", panel.x, items.map(\.x), &context)
        try options.checkLogarithm("y", panel.y, items.map(\.y), &context)
        return panel
    }

    /// From keys of the rows (`ribbon`, `spread`), else from the interval of each estimate.
    private static func ribbon(
        _ line: LineRows.Line, _ options: PanelOptions, _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.Mark? {
        var bounded: [(x: Double, lower: Double, upper: Double)] = []
        var level = 0.95
        if let node = options["ribbon"], let lower = node["lower"], let upper = node["upper"] {
            let (low, high) = (try PanelOptions.path(lower, &context), try PanelOptions.path(upper, &context))
            bounded = line.items.compactMap { item in
                guard let a = item.row[low]?.number, let b = item.row[high]?.number else { return nil }
                return (item.x, a, b)
            }
            if bounded.isEmpty { throw missing("\(low) and \(high)", line, node, &context) }
        } else if let node = options["spread"] {
            let path = try PanelOptions.path(node, &context)
            bounded = line.items.compactMap { item in
                item.row[path]?.number.map { (item.x, item.y - $0.magnitude, item.y + $0.magnitude) }
            }
            if bounded.isEmpty { throw missing(path.description, line, node, &context) }
            level = 0.66
        } else {
            bounded = line.items.compactMap { item in
                item.value.closedInterval.map { (item.x, $0.lowerBound, $0.upperBound) }
            }
        }
        guard bounded.count >= 2 else { return nil }
        return .ribbon(
            x: bounded.map(\.x), lower: bounded.map(\.lower), upper: bounded.map(\.upper), level: level, line.series)
    }

    private static func missing(
        _ what: String, _ line: LineRows.Line, _ node: OptionNode, _ context: inout StepContext
    ) -> StepFailure {
        context.fail(
            .error(
                .badFigure, "No row of \(line.series.name) has numbers in \(what)", at: node.range,
                notes: [.init("rows have: " + (line.items.first?.row.object?.keys ?? []).joined(separator: ", "))]))
    }

    /// `ribbons: true`, `false`, or a list of the lines that carry one.
    private static func hasRibbon(_ name: String, _ context: StepContext) -> Bool {
        guard let ribbons = context.options["ribbons"] else { return true }
        return ribbons.boolean ?? ribbons.strings.contains(name)
    }
}

import Documents
import Estimation
import Results
import Values

/// What a `proxy` shows: its coefficients as a table, and as a forest.
extension ProxyStep {
    static func table(
        _ values: [(name: String, value: Value)], _ request: ProxyRequest, isNested: Bool, id: String
    ) -> TableModel {
        let percent = NumberText.percent(request.level)
        let hasIntervals = !request.intervals.isEmpty
        var columns: [TableModel.Column] = isNested ? [.init("Noise correlation", .decimal)] : []
        columns.append(.init("Estimator"))
        columns += request.proxies.map {
            .init(hasIntervals ? "Slope on \($0), \(percent) interval" : "Slope on \($0)", .decimal)
        }
        if hasIntervals { columns.append(.init("Interval by")) }
        columns.append(.init("Holds when"))
        var rows: [TableModel.Row] = []
        for (name, value) in values {
            let base = ResultPath(isNested ? [.name(id), .name(name)] : [.name(id)])
            let first = rows.count
            for asked in request.estimators {
                guard let made = value[asked.name] else {
                    rows.append(missing(asked.name, request, isNested: isNested))
                    continue
                }
                rows += estimatorRows(made, asked.name, request, base: base, isNested: isNested)
            }
            if let set = value["andersonRubin"] {
                var cells: [TableModel.Cell] = isNested ? [.empty] : []
                cells += [.text("Anderson–Rubin"), .text(setText(set)), .text("inverted test")]
                cells.append(.text(ProxyAssumptions.short("hliml")))
                rows.append(.init(cells))
            }
            guard first < rows.count else { continue }
            rows[first].beginsGroup = first > 0
            if isNested { rows[first].cells[0] = .text(name) }
        }
        return TableModel(columns: columns, rows: rows)
    }

    /// One row, and one more for every further interval.
    private static func estimatorRows(
        _ made: Value, _ name: String, _ request: ProxyRequest, base: ResultPath, isNested: Bool
    ) -> [TableModel.Row] {
        let path = base + name + "coefficients"
        let primary = made["intervalBy"]?.string
        var cells: [TableModel.Cell] = isNested ? [.empty] : []
        cells.append(.text(EstimatorNames.title(name)))
        for proxy in request.proxies {
            let cell = made["coefficients"]?[proxy]
            let format = request.intervals.isEmpty ? ".3g" : "interval .3g"
            cells.append(cell.map { .number($0, format: format, path: path + proxy) } ?? .empty)
        }
        if !request.intervals.isEmpty {
            cells.append(.text(primary.flatMap { IntervalMethod(rawValue: $0)?.title } ?? "none exists"))
        }
        cells.append(.text(ProxyAssumptions.short(name)))
        var rows = [TableModel.Row(cells)]
        let others = (made["coefficients"]?[request.proxies[0]]?["by"]?.object?.keys ?? []).filter { $0 != primary }
        for other in others {
            var cells: [TableModel.Cell] = isNested ? [.empty, .empty] : [.empty]
            for proxy in request.proxies {
                let found = made["coefficients"]?[proxy]
                if let interval = found?["by"]?[other]?["interval"], interval != .null {
                    let value: Value = ["estimate": found?["estimate"] ?? .null, "interval": interval]
                    cells.append(.number(value, format: "interval .3g", path: path + proxy + "by" + other))
                } else {
                    cells.append(.empty)
                }
            }
            cells += [.text(IntervalMethod(rawValue: other)?.title ?? other), .empty]
            rows.append(.init(cells))
        }
        return rows
    }

    private static func missing(_ name: String, _ request: ProxyRequest, isNested: Bool) -> TableModel.Row {
        var cells: [TableModel.Cell] = isNested ? [.empty] : []
        cells.append(.text(EstimatorNames.title(name)))
        cells += request.proxies.map { _ in .empty }
        if !request.intervals.isEmpty { cells.append(.empty) }
        cells.append(.text(ProxyAssumptions.short(name)))
        return .init(cells)
    }

    /// "[0.4, 1.2]", "(−∞, 0.2] ∪ [1.1, ∞)", "every value", "no value".
    static func setText(_ set: Value) -> String {
        if set["kind"]?.string == "empty" { return "no value" }
        if set["kind"]?.string == "unbounded" { return "every value" }
        let format = NumberFormat(parsing: ".3g") ?? NumberFormat()
        let parts = (set["intervals"]?.list ?? []).map { interval in
            let ends = interval.list ?? []
            let lower = ends.first?.number.map { "[" + format.text($0) } ?? "(−∞"
            let upper = ends.last?.number.map { format.text($0) + "]" } ?? "∞)"
            return "\(lower), \(upper)"
        }
        return parts.joined(separator: " ∪ ")
    }

    /// Coefficients as a forest; with several assumptions the analysis draws lines over them instead.
    static func figure(
        _ values: [(name: String, value: Value)], _ request: ProxyRequest, isNested: Bool, _ context: StepContext
    ) -> FigureModel? {
        guard !isNested, let value = values.first?.value else { return nil }
        let ends = request.estimators.flatMap { estimator in
            request.proxies.compactMap { value[estimator.name]?["coefficients"]?[$0]?.intervalEnds }
        }
        let labels = LabelFormat(context, intervals: ends)
        var categories: [FigureModel.Category] = []
        var marks: [FigureModel.Mark] = []
        for proxy in request.proxies {
            for (index, estimator) in request.estimators.enumerated() {
                guard let cell = value[estimator.name]?["coefficients"]?[proxy], let estimate = cell.estimate,
                    let ends = cell.intervalEnds
                else { continue }
                categories.append(
                    .init(
                        label: EstimatorNames.title(estimator.name),
                        annotation: "\(labels.text(estimate)) \(labels.text(ends))",
                        group: index == 0 ? proxy : nil))
                marks.append(
                    .intervals(
                        [.init(row: categories.count - 1, estimate: estimate, outer: ends)],
                        // The row names it already.
                        .init(name: estimator.name, label: "")))
            }
        }
        guard !marks.isEmpty else { return nil }
        let panel = FigureModel.Panel(
            x: .init("Effect on \(request.outcome) for one unit of effect on the proxy", null: 0),
            y: .init("", scale: .category, categories: categories), marks: marks)
        return FigureModel(
            kind: "forest", panels: [panel],
            summary: "Coefficients of the proxies by estimator with \(NumberText.percent(request.level)) intervals."
                + FigureTelling.rows(panel))
    }
}

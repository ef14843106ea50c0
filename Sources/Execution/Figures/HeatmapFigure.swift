import Diagnostics
import Documents
import Results
import Values

/// Values over two keys of rows, or a matrix over metrics, as coloured cells with their numbers.
enum HeatmapFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        var grids: [(options: PanelOptions, grid: CellGrid)] = []
        for options in PanelOptions.all(of: context) {
            let node = try options.nodes(&context)[0]
            let isRows = context.options["value"] != nil
            grids.append(
                (
                    options,
                    isRows
                        ? try CellGrid(rows: try PathTarget(node, &context), options, &context)
                        : try CellGrid(matrix: node, options, &context)
                ))
        }
        let scale = try colours(grids.map(\.grid), &context)
        let text = format(scale, context)
        let panels = grids.map { options, grid in
            let cells = grid.cells.map { cell in
                FigureModel.Cell(
                    column: cell.column, row: cell.row, value: cell.value, text: text.text(cell.value),
                    label: "\(grid.rows[cell.row]) × \(grid.columns[cell.column]): \(text.text(cell.value))")
            }
            return FigureModel.Panel(
                title: options.title,
                x: options.axis(
                    "x", title: grid.xTitle, scale: .category, categories: grid.columns.map { .init(label: $0) }),
                y: options.axis(
                    "y", title: grid.yTitle, scale: .category, categories: grid.rows.map { .init(label: $0) }),
                marks: [.cells(cells, scale)], isSquare: grid.isMatrix)
        }
        let count = grids.reduce(0) { $0 + $1.grid.cells.count }
        return FigureModel(
            kind: "heatmap", panels: panels,
            columns: Int(context.options["columns"]?.number ?? Double(min(panels.count, 2))),
            summary: "\(scale.title.isEmpty ? "Values" : scale.title) in \(count) cells"
                + (grids[0].grid.isMatrix ? "." : " over \(grids[0].grid.xTitle) and \(grids[0].grid.yTitle)."))
    }

    /// One scale for all panels: as written, else from the values; two hues where these have both signs.
    private static func colours(
        _ grids: [CellGrid], _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.ColourScale {
        let values = grids.flatMap { $0.cells.map(\.value) }
        guard let lowest = values.min(), let highest = values.max() else {
            throw context.fail(
                .error(.badFigure, "No cell has a number", at: context.range(of: "of")))
        }
        let isCorrelation = grids.allSatisfy(\.isCorrelation)
        let middle = context.options["null"]?.number ?? (isCorrelation || lowest < 0 && highest > 0 ? 0 : nil)
        let limits = context.options["value-domain"]?.items.compactMap(\.number) ?? []
        var domain = lowest < highest ? lowest...highest : lowest...(lowest + max(lowest.magnitude, 1) / 10)
        if limits.count == 2, limits[0] < limits[1] {
            domain = limits[0]...limits[1]
        } else if isCorrelation {
            // An estimate of a correlation may lie outside.
            domain = min(-1, lowest)...max(1, highest)
        } else if let middle {
            let reach = max(highest - middle, middle - lowest)
            domain = (middle - reach)...(middle + (reach > 0 ? reach : 1))
        }
        if let middle, !domain.contains(middle) {
            throw context.fail(
                .error(
                    .badFigure, "The value about which hues diverge lies within the colours' limits",
                    at: context.range(of: context.options["value-domain"] == nil ? "null" : "value-domain")))
        }
        return FigureModel.ColourScale(
            context.options["value-title"]?.string ?? grids[0].valueTitle,
            format: context.options["value-format"]?.string ?? "", domain: domain, middle: middle)
    }

    /// As `value-format` says, else with as many decimals as give the whole range two digits, and one more.
    private static func format(_ scale: FigureModel.ColourScale, _ context: StepContext) -> NumberFormat {
        if let format = context.options["value-format"]?.string.flatMap({ NumberFormat(parsing: $0) }) {
            return format
        }
        var width = max(scale.domain.upperBound - scale.domain.lowerBound, .leastNormalMagnitude)
        var decimals = 0
        while width < 99, decimals < 12 {
            width *= 10
            decimals += 1
        }
        return NumberFormat(.fixed, digits: decimals, grouped: true)
    }
}

/// The cells of one panel and the names of their rows and columns.
struct CellGrid {
    var columns: [String]
    var rows: [String]
    var cells: [(column: Int, row: Int, value: Double)]
    var xTitle = ""
    var yTitle = ""
    var valueTitle = ""
    var isMatrix = false
    var isCorrelation = false

    /// A matrix over metrics: the `correlation` of a covariance, or any that a path leads to.
    init(matrix node: OptionNode, _ options: PanelOptions, _ context: inout StepContext) throws(StepFailure) {
        let matrix = try MetricMatrix.read(node, member: "correlation", labels: options["labels"], &context)
        columns = matrix.metrics
        rows = matrix.metrics
        cells = []
        isMatrix = true
        isCorrelation = matrix.isMember || matrix.target.path.lastName == "correlation"
        // That a metric correlates with itself says nothing, and would be the strongest colour of all.
        let isLower = context.options["triangle"]?.string == "lower" && matrix.metrics.count > 2
        let first = isLower && isCorrelation ? 1 : 0
        for (row, values) in matrix.rows.enumerated() {
            for (column, value) in values.enumerated() where !isLower || column <= row {
                guard let value, !isCorrelation || column != row else { continue }
                cells.append((column, row - first, value))
            }
        }
        if first > 0 {
            rows.removeFirst()
            columns.removeLast()
        }
        valueTitle =
            isCorrelation ? "Correlation" : matrix.target.path.lastName == "matrix" ? "Covariance" : ""
    }

    /// Rows with two keys and a value: numbers ascend to the right and upwards, other keys stand as they appear.
    init(
        rows target: PathTarget, _ options: PanelOptions, _ context: inout StepContext
    ) throws(StepFailure) {
        guard let list = target.value["rows"]?.list ?? target.value.list else {
            throw context.fail(
                .error(
                    .badFigure,
                    "A heat map is drawn of a list of rows, or of a matrix; \(target.path) is "
                        + target.value.kind, at: target.range))
        }
        let kept = try RowFilter.rows(list, options, &context)
        let x = try CellGrid.required("x", options, kept, &context)
        let y = try CellGrid.required("y", options, kept, &context)
        let value = try CellGrid.required("value", options, kept, &context)
        let across = CellGrid.categories(x, kept, format: options["x-format"])
        let down = CellGrid.categories(y, kept, format: options["y-format"])
        columns = across.texts
        // Numbers grow upwards.
        rows = down.isNumeric ? down.texts.reversed() : down.texts
        cells = []
        var seen: Set<[Int]> = []
        for item in kept {
            guard let a = item[x], let b = item[y], let column = across.values.firstIndex(of: a),
                let index = down.values.firstIndex(of: b), let number = item[value]?.estimate
            else { continue }
            let row = down.isNumeric ? rows.count - 1 - index : index
            guard seen.insert([row, column]).inserted else {
                throw context.fail(
                    .error(
                        .badFigure,
                        "Several rows have \(x) = \(columns[column]) and \(y) = \(rows[row]); `filter` chooses",
                        at: target.range))
            }
            cells.append((column, row, number))
        }
        xTitle = x.description
        yTitle = y.description
        let last = value.components.last == .name("estimate") ? value.components.dropLast() : value.components[...]
        valueTitle = ResultPath(Array(last)).lastName
        valueTitle = valueTitle.prefix(1).uppercased() + valueTitle.dropFirst()
    }

    /// A path that some row has.
    private static func required(
        _ key: String, _ options: PanelOptions, _ items: [Value], _ context: inout StepContext
    ) throws(StepFailure) -> ResultPath {
        guard let node = options[key], let path = try options.path(key, &context) else {
            throw context.fail(
                .error(.badFigure, "A heat map of rows needs `x`, `y` and `value`", at: options.range))
        }
        guard items.contains(where: { ($0[path] ?? .null) != .null }) else {
            let keys = items.first?.object?.keys ?? []
            let near = nearestWord(to: path.description, among: keys)
            throw context.fail(
                .error(
                    .badFigure, "No row has the key \(path)", at: node.range,
                    notes: [.init("rows have: " + keys.joined(separator: ", "))],
                    fixIts: near.map { [.init("write '\($0)'", replacing: node.range, with: $0)] } ?? []))
        }
        return path
    }

    private static func categories(
        _ path: ResultPath, _ items: [Value], format: OptionNode?
    ) -> (values: [Value], texts: [String], isNumeric: Bool) {
        var values: [Value] = []
        var seen: Set<Value> = []
        for item in items {
            guard let value = item[path], KeyValues.text(value) != nil, seen.insert(value).inserted else { continue }
            values.append(value)
        }
        let isNumeric = values.allSatisfy { $0.number != nil }
        if isNumeric { values.sort { ($0.number ?? 0) < ($1.number ?? 0) } }
        // Numbers as `x-format` and `y-format` say, else all with the decimals of the longest.
        let decimals = values.compactMap { value in
            value.number.map { NumberFormat().text($0).split(separator: ".").dropFirst().first?.count ?? 0 }
        }
        let plain = (decimals.max() ?? 0) < 5 ? NumberFormat(.fixed, digits: decimals.max() ?? 0) : NumberFormat()
        let written = format?.string.flatMap { NumberFormat(parsing: $0) } ?? plain
        let texts = values.map { value in
            value.number.map(written.text) ?? KeyValues.text(value) ?? ""
        }
        return (values, texts, isNumeric)
    }
}

import Diagnostics
import Documents
import Results
import Values

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
            throw context.fail(KeyValues.missing(path.description, in: items, at: node.range))
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

import Diagnostics
import Documents
import Results
import Values

/// What the lines of a panel are made of: items with an x, and for each line the items that are its own.
struct LineRows {
    struct Item {
        var x: Double
        var value: Value
    }

    /// A line to be: its series and, of its items, those that have a number.
    struct Line {
        var series: FigureModel.Series
        var items: [(x: Double, y: Double, value: Value, row: Value)]
    }

    let lines: [Line]
    /// What the y axis is called where nobody says.
    let title: String

    init(_ panel: PanelOptions, _ context: inout StepContext) throws(StepFailure) {
        let target = try panel.targets(&context)[0]
        let items = try LineRows.items(target, panel, &context)
        let paths = panel["y"]?.items ?? []
        guard !paths.isEmpty else {
            throw context.fail(
                .error(.badFigure, "Lines need `y`, a path into each item or several", at: panel.range))
        }
        var lines: [Line] = []
        guard let node = panel["series"] else {
            for path in paths {
                let name = try PanelOptions.path(path, &context).root
                lines.append(
                    try LineRows.line(
                        items, path, .init(name: name, label: EstimatorNames.short(name)), target, &context))
            }
            self.lines = lines
            title = "Estimate"
            return
        }
        guard paths.count == 1 else {
            throw context.fail(
                .error(
                    .badFigure, "With `series` the lines are the rows' own, and `y` is one path",
                    at: panel["y"]?.range ?? panel.range))
        }
        let key = try PanelOptions.path(node, &context)
        for name in try LineRows.names(items, key, node, &context) {
            let own = items.filter { $0.value[key].flatMap(KeyValues.text) == name }
            let isWord = own.first?.value[key]?.string != nil
            let label = isWord ? EstimatorNames.short(name) : "\(key.lastName) \(name)"
            let line = try LineRows.line(own, paths[0], .init(name: name, label: label), target, &context)
            try LineRows.checkUnique(line, key, name, panel, target, &context)
            lines.append(line)
        }
        self.lines = lines.filter { !$0.items.isEmpty }
        guard !self.lines.isEmpty else {
            throw context.fail(
                .error(.badFigure, "\(paths[0].string ?? "") is no number of any row", at: paths[0].range))
        }
        let last = paths[0].string.flatMap { ResultPath(parsing: $0) }?.lastName ?? ""
        title = last.prefix(1).uppercased() + last.dropFirst()
    }

    /// The members of an object whose keys are numbers, or the items of a list, with the number of each.
    private static func items(
        _ target: PathTarget, _ panel: PanelOptions, _ context: inout StepContext
    ) throws(StepFailure) -> [Item] {
        var items: [Item] = []
        if let object = target.value.object, target.value["rows"]?.list == nil {
            items = object.compactMap { key, value in
                Double(key).flatMap { $0.isFinite ? Item(x: $0, value: value) : nil }
            }
        } else if let list = target.value["rows"]?.list ?? target.value.list, let path = try panel.path("x", &context) {
            let rows = try RowFilter.rows(list, panel, &context)
            items = rows.compactMap { row in row[path]?.number.map { Item(x: $0, value: row) } }
            if items.isEmpty {
                throw context.fail(
                    .error(
                        .badFigure, "\(path) is no number of any row", at: panel["x"]?.range ?? target.range,
                        notes: [.init("rows have: " + (rows[0].object?.keys ?? []).joined(separator: ", "))]))
            }
        }
        items = items.enumerated().sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
        guard items.count >= (panel.facet == nil ? 2 : 1) else {
            throw context.fail(
                .error(
                    .badFigure, "Lines run over at least two numbers: the keys of an object, or `x` of a list",
                    at: target.range))
        }
        return items
    }

    /// The values of the key that tells lines apart, in order of appearance among the rows sorted by x.
    private static func names(
        _ items: [Item], _ key: ResultPath, _ node: OptionNode, _ context: inout StepContext
    ) throws(StepFailure) -> [String] {
        var names: [String] = []
        for item in items {
            guard let name = item.value[key].flatMap(KeyValues.text), !names.contains(name) else { continue }
            names.append(name)
        }
        guard !names.isEmpty else {
            throw context.fail(KeyValues.missing(key.description, in: items.map(\.value), at: node.range))
        }
        return names
    }

    private static func line(
        _ items: [Item], _ node: OptionNode, _ series: FigureModel.Series, _ target: PathTarget,
        _ context: inout StepContext
    ) throws(StepFailure) -> Line {
        let path = try PanelOptions.path(node, &context)
        let found = items.compactMap { item in
            item.value[path].flatMap { value in
                value.estimate.map { (x: item.x, y: $0, value: value, row: item.value) }
            }
        }
        // A series may have no number anywhere; a path that leads nowhere is a fault.
        if found.isEmpty, !items.contains(where: { $0.value[path] != nil }) {
            throw context.fail(
                .error(
                    .badFigure, "\(path) is no number of any item", at: node.range,
                    notes: [.init("items have: " + (items.first?.value.object?.keys ?? []).joined(separator: ", "))]))
        }
        return Line(series: series, items: found)
    }

    /// Two rows of one line at one x are rows of two lines: a filter must choose between them.
    private static func checkUnique(
        _ line: Line, _ key: ResultPath, _ name: String, _ panel: PanelOptions, _ target: PathTarget,
        _ context: inout StepContext
    ) throws(StepFailure) {
        for (a, b) in zip(line.items, line.items.dropFirst()) where a.x == b.x {
            let differing = (a.row.object?.keys ?? []).filter { member in
                guard let own = a.row[member], let other = b.row[member] else { return false }
                return own != other && KeyValues.text(own) != nil && member != panel["y"]?.string
                    && own.number == nil
            }
            let x = panel["x"]?.string ?? "x"
            throw context.fail(
                .error(
                    .badFigure,
                    "Several rows have \(x) = \(NumberFormat().text(a.x)) and \(key) = \(name); `filter` chooses",
                    at: target.range,
                    notes: differing.isEmpty ? [] : [.init("they differ in " + differing.joined(separator: ", "))]))
        }
    }
}

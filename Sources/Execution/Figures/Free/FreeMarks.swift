import Diagnostics
import Documents
import Results
import Values

/// Turns the rows of a mark into what is drawn.
struct FreeMarks {
    let x: FreeAxis
    let y: FreeAxis
    let colours: FreeColours
    let layers: [FreeLayer]

    /// The rows of one series.
    struct Group {
        var series: FigureModel.Series
        var rows: [Value]
    }

    func draw(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [FigureModel.Mark] {
        switch layer.word {
        case "point": return try points(layer, &context)
        case "line": return try lines(layer, &context)
        case "area": return try areas(layer, &context)
        case "bar": return try bars(layer, &context)
        case "interval": return try intervals(layer, &context)
        case "rule": return try rules(layer, &context)
        case "half-eye": return try halfEyes(layer, &context)
        case "dots": return try dots(layer, &context)
        case "ellipse": return try ellipses(layer, &context)
        case "cell": return try cells(layer, &context)
        case "text": return try texts(layer, &context)
        default: throw StepFailure()
        }
    }

    // MARK: Series

    /// The rows of a layer by the series that its colour makes; one where it makes none.
    func groups(_ layer: FreeLayer, _ context: inout StepContext) throws(StepFailure) -> [Group] {
        let isMuted = layer.node["muted"]?.boolean ?? false
        if let path = try layer.path("color", &context), let names = colours.series(of: path) {
            let areNumbers = names.allSatisfy { Double($0) != nil }
            return names.compactMap { name in
                let rows = layer.rows.filter { $0[path].flatMap(KeyValues.text) == name }
                let label = areNumbers ? "\(path.subject) \(name)" : EstimatorNames.short(name)
                return rows.isEmpty ? nil : Group(series: .init(name: name, label: label, isMuted: isMuted), rows: rows)
            }
        }
        let name = defaultName(layer)
        let isTold =
            layer.node["name"] != nil || Set(layers.filter(isNamed).map(defaultName)).count > 1 && isNamed(layer)
        return [
            Group(
                series: .init(
                    name: name, label: layer.node["name"]?.string ?? (isTold ? EstimatorNames.short(name) : ""),
                    isMuted: isMuted), rows: layer.rows)
        ]
    }

    /// Marks whose series is told by a name of its own where there are several.
    private func isNamed(_ layer: FreeLayer) -> Bool {
        ["line", "area", "bar", "point"].contains(layer.word) && layer.node["color"] == nil
            && layer.node["muted"]?.boolean != true
    }

    private func defaultName(_ layer: FreeLayer) -> String {
        if let name = layer.node["name"]?.string { return name }
        let value = y.scale == .category ? layer.node["x"] : layer.node["y"] ?? layer.node["x"]
        let text = value?.string ?? layer.word
        return ResultPath(parsing: text)?.subject ?? text
    }

    // MARK: What is told of a mark

    /// What stands there when the mark is pointed at: as `title` says, else its names and then its numbers.
    func label(
        _ layer: FreeLayer, _ row: Value, _ context: inout StepContext
    ) throws(StepFailure) -> String {
        if let titles = layer.node["title"] {
            var parts: [String] = []
            for node in titles.items {
                let path = try layer.path(node, &context)
                if let text = row[path].flatMap(FreeMarks.text) { parts.append("\(path.subject) \(text)") }
            }
            return parts.joined(separator: ", ")
        }
        var words: [String] = []
        var numbers: [String] = []
        for channel in ["label", "color", "x", "y", "size"] {
            guard let path = try layer.path(channel, &context), let value = row[path], value != .null else { continue }
            let axis = channel == "x" ? x : channel == "y" ? y : nil
            if let axis, let at = axis.position(value), axis.scale != .category {
                let own = axis.scale == .time ? axis.text(at) : "\(path.subject) \(axis.text(at))"
                let ends = try ends(layer, row, channel, &context)
                numbers.append(ends.map { own + " [\(axis.text($0.lower)), \(axis.text($0.upper))]" } ?? own)
            } else if let word = value.string ?? (axis?.scale == .category ? FreeMarks.text(value) : nil) {
                let short = EstimatorNames.short(word)
                if !words.contains(short) { words.append(short) }
            } else if let text = FreeMarks.text(value) {
                numbers.append("\(path.subject) \(text)")
            }
        }
        let told = [words.joined(separator: ", "), numbers.joined(separator: ", ")].filter { !$0.isEmpty }
        return told.joined(separator: ": ")
    }

    /// The interval that belongs to the number on an axis.
    private func ends(
        _ layer: FreeLayer, _ row: Value, _ channel: String, _ context: inout StepContext
    ) throws(StepFailure) -> (lower: Double, upper: Double)? {
        guard layer.word == "interval", channel == (y.scale == .category ? "x" : "y") else { return nil }
        return try span(layer, row, along: channel, &context).map { ($0.lower, $0.upper) }
    }

    /// A number, a name, or the estimate of a result.
    static func text(_ value: Value) -> String? {
        value.estimate.map { NumberText.told($0) } ?? KeyValues.text(value)
    }

    /// The two ends of rows that share a place in one series: a line would run back, a bar would hide the other.
    func checkUnique(
        _ layer: FreeLayer, _ places: [Double], _ axis: FreeAxis, _ series: FigureModel.Series,
        _ context: inout StepContext
    ) throws(StepFailure) {
        var seen: Set<Double> = []
        guard let twice = places.first(where: { !seen.insert($0).inserted }) else { return }
        let of = series.label.isEmpty ? "" : " of \(series.label)"
        throw context.fail(
            .error(
                .badFigure,
                "Several rows\(of) stand at \(axis.text(twice)); `filter`, `color` or `facet` tells them apart",
                at: layer.node.range))
    }
}

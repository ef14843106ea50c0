import Documents
import Results

/// What the sentences about marks are made of.
extension MarkSentences {
    func mention(_ label: String, _ place: String) -> String {
        label.isEmpty ? "at \(place)" : "\(label), at \(place)"
    }

    func run(_ xs: [Double], _ ys: [Double], _ series: FigureModel.Series) -> String? {
        guard let first = ys.first, let last = ys.last, let start = xs.first, let end = xs.last else { return nil }
        let name = series.label.isEmpty ? "" : series.label + " "
        return
            "\(name)from \(text(first, panel.y)) at \(text(start, panel.x)) to \(text(last, panel.y)) at \(text(end, panel.x))"
    }

    func told(
        _ at: Double, _ across: FigureModel.Axis, _ estimate: Double?, _ lower: Double, _ upper: Double,
        _ along: FigureModel.Axis, _ series: FigureModel.Series
    ) -> String {
        let name = text(at, across)
        let of = series.label.isEmpty || series.label == name ? "" : ", \(series.label)"
        let middle = estimate.map { " " + text($0, along) } ?? ""
        return "\(name)\(of)\(middle) [\(text(lower, along)), \(text(upper, along))]"
    }

    /// The first of several, and how many there are.
    func list(_ parts: [String], one: String) -> String? {
        guard !parts.isEmpty else { return nil }
        let head = parts.count == 1 ? one : count(parts.count, one)
        let rest = parts.count > most ? "; and \(parts.count - most) more" : ""
        return "\(head): " + parts.prefix(most).joined(separator: "; ") + rest
    }

    func count(_ number: Int, _ what: String) -> String {
        guard number != 1 else { return "1 \(what)" }
        // The noun stands before "of" and "along".
        let end = [" of ", " along "].compactMap { what.firstRange(of: $0)?.lowerBound }.min() ?? what.endIndex
        let noun = what[..<end]
        return "\(number) \(noun.hasSuffix("density") ? noun.dropLast() + "ies" : noun + "s")\(what[end...])"
    }

    func named(_ axis: FigureModel.Axis, _ fallback: String) -> String {
        axis.title.isEmpty ? fallback : axis.title
    }

    func range(_ values: [Double], _ axis: FigureModel.Axis, _ fallback: String) -> String {
        axis.scale == .category
            ? count(axis.categories.count, "name") + " along \(fallback)"
            : "\(named(axis, fallback)) \(between(values, axis))"
    }

    func between(_ values: [Double], _ axis: FigureModel.Axis) -> String {
        "from \(text(values.min() ?? 0, axis)) to \(text(values.max() ?? 0, axis))"
    }

    func text(_ value: Double, _ axis: FigureModel.Axis) -> String {
        switch axis.scale {
        case .category:
            let index = Int(value.rounded())
            return axis.categories.indices.contains(index) ? axis.categories[index].label : ""
        case .time: return CalendarTime.text(value)
        default: return NumberFormat(parsing: axis.format)?.text(value) ?? NumberText.told(value)
        }
    }
}

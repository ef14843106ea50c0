import Diagnostics
import Documents
import Results
import Values

/// Estimates as lines over a number, with their intervals as ribbons: how an answer moves with an assumption.
enum LinesFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        var panels: [FigureModel.Panel] = []
        // `panels` is a list of {of, title, y}; one panel needs no list.
        for node in context.options["panels"]?.items ?? [context.options] {
            guard let of = node["of"] else {
                throw context.fail(.error(.badFigure, "A figure is drawn `of` a path into the results", at: node.range))
            }
            let samples = try LinesFigure.samples(try PathTarget(of, &context), &context)
            let title = context.options["panels"] == nil ? nil : node["title"]?.string
            panels.append(try panel(samples, title: title, paths: node["y"]?.items ?? [], &context))
        }
        let columns = Int(context.options["columns"]?.number ?? Double(min(panels.count, 2)))
        return FigureModel(
            kind: "lines", panels: panels, columns: max(1, columns),
            summary: "\(panels.first?.y.title ?? "") against \(panels.first?.x.title ?? "").")
    }

    /// The members of an object whose keys are numbers, or the items of a list, with the number of each.
    private static func samples(
        _ target: PathTarget, _ context: inout StepContext
    ) throws(StepFailure) -> [(x: Double, value: Value)] {
        var samples: [(x: Double, value: Value)] = []
        if let object = target.value.object {
            samples = object.compactMap { key, value in Double(key).map { ($0, value) } }
        } else if let list = target.value.list, let key = context.options["x"]?.string,
            let path = ResultPath(parsing: key)
        {
            samples = list.compactMap { item in item[path]?.number.map { ($0, item) } }
        }
        samples.sort { $0.x < $1.x }
        guard samples.count >= 2 else {
            throw context.fail(
                .error(
                    .badFigure, "Lines run over at least two numbers: the keys of an object, or `x` of a list",
                    at: target.range))
        }
        return samples
    }

    private static func panel(
        _ samples: [(x: Double, value: Value)], title: String?, paths: [OptionNode], _ context: inout StepContext
    ) throws(StepFailure) -> FigureModel.Panel {
        var ribbons: [FigureModel.Mark] = []
        var lines: [FigureModel.Mark] = []
        for node in paths {
            guard let path = node.string.flatMap({ ResultPath(parsing: $0) }) else {
                throw context.fail(.error(.badFigure, "A line is a path into each item", at: node.range))
            }
            let name = path.root
            let found = samples.compactMap { sample in
                sample.value[path].flatMap { value in value.estimate.map { (x: sample.x, y: $0, value: value) } }
            }
            guard !found.isEmpty else {
                throw context.fail(
                    .error(
                        .badFigure, "\(path) is no number of any item", at: node.range,
                        notes: [.init("items have: " + (samples[0].value.object?.keys ?? []).joined(separator: ", "))]))
            }
            let series = FigureModel.Series(name: name, label: EstimatorNames.short(name))
            let bounded = found.filter { $0.value.closedInterval != nil }
            if bounded.count >= 2, hasRibbon(name, context) {
                ribbons.append(
                    .ribbon(
                        x: bounded.map(\.x), lower: bounded.compactMap { $0.value.closedInterval?.lowerBound },
                        upper: bounded.compactMap { $0.value.closedInterval?.upperBound }, level: 0.95, series))
            }
            lines.append(.line(x: found.map(\.x), y: found.map(\.y), series))
        }
        return FigureModel.Panel(
            title: title, x: context.axis("x", title: context.options["x"]?.string ?? ""),
            y: context.axis("y", title: "Estimate"), marks: ribbons + lines)
    }

    /// `ribbons: true`, `false`, or a list of the lines that carry one.
    private static func hasRibbon(_ name: String, _ context: StepContext) -> Bool {
        guard let ribbons = context.options["ribbons"] else { return true }
        return ribbons.boolean ?? ribbons.strings.contains(name)
    }
}

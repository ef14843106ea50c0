import Diagnostics
import Documents
import Results
import Values

/// `annotations`: rules, bands and words over a figure of any kind.
enum Annotations {
    static func add(to model: inout FigureModel, _ context: inout StepContext) throws(StepFailure) {
        for item in context.options["annotations"]?.items ?? [] {
            var indices = Array(model.panels.indices)
            if let node = item["panel"], let title = node.string {
                indices = indices.filter { model.panels[$0].title == title }
                guard !indices.isEmpty else {
                    let known = model.panels.compactMap(\.title)
                    let near = nearestWord(to: title, among: known)
                    throw context.fail(
                        .error(
                            .badFigure, "No panel is called \(title)", at: node.range,
                            notes: [
                                .init(
                                    known.isEmpty
                                        ? "panels have no titles here" : "panels: " + known.joined(separator: ", "))
                            ],
                            fixIts: near.map { [.init("write '\($0)'", replacing: node.range, with: $0)] } ?? []))
                }
            }
            for index in indices { try add(item, to: &model.panels[index], &context) }
        }
    }

    private static func add(
        _ item: OptionNode, to panel: inout FigureModel.Panel, _ context: inout StepContext
    ) throws(StepFailure) {
        guard !panel.marks.contains(where: { if case .cells = $0 { true } else { false } }) else {
            throw context.fail(.error(.badFigure, "Nothing is written over the cells of a heat map", at: item.range))
        }
        let text = item["text"]?.string ?? ""
        let series = FigureModel.Series(name: "annotation", label: "", isMuted: true)
        let x = try item["x"].map { (node) throws(StepFailure) in try places(node, panel.x, "x", &context) }
        let y = try item["y"].map { (node) throws(StepFailure) in try places(node, panel.y, "y", &context) }
        let mark: FigureModel.Mark
        switch (x, y) {
        case (let x?, let y?): mark = .texts([.init(x: x[0], y: y[0], callout: text)], series)
        case (let x?, nil):
            mark =
                x.count == 2
                ? .bandX(min(x[0], x[1])...max(x[0], x[1]), label: text, series) : .ruleX(x[0], label: text, series)
        case (nil, let y?):
            mark =
                y.count == 2
                ? .bandY(min(y[0], y[1])...max(y[0], y[1]), label: text, series) : .ruleY(y[0], label: text, series)
        case (nil, nil): return
        }
        // Rules and bands lie behind what is drawn, words before it.
        if case .texts = mark { panel.marks.append(mark) } else { panel.marks.insert(mark, at: 0) }
    }

    /// One place on an axis, or the two ends of a band.
    private static func places(
        _ node: OptionNode, _ axis: FigureModel.Axis, _ name: String, _ context: inout StepContext
    ) throws(StepFailure) -> [Double] {
        guard axis.scale != .hidden else {
            throw context.fail(.error(.badFigure, "This figure has no \(name) axis to stand at", at: node.range))
        }
        var places: [Double] = []
        for item in node.items {
            let text = item.string ?? ""
            switch axis.scale {
            case .category:
                let known = axis.categories.map(\.label)
                guard let index = known.firstIndex(of: text) ?? known.firstIndex(of: EstimatorNames.short(text)) else {
                    let near = nearestWord(to: text, among: known)
                    throw context.fail(
                        .error(
                            .badFigure, "\(text) does not stand on the \(name) axis", at: item.range,
                            notes: [.init("there are " + known.prefix(20).joined(separator: ", "))],
                            fixIts: near.map { [.init("write '\($0)'", replacing: item.range, with: $0)] } ?? []))
                }
                places.append(Double(index))
            case .time:
                guard let time = item.number ?? CalendarTime.seconds(parsing: text) else {
                    throw context.fail(
                        .error(.badFigure, "On a time axis stands a date: 2026-03-01", at: item.range))
                }
                places.append(time)
            default:
                guard let number = item.number, axis.scale != .log || number > 0 else {
                    throw context.fail(
                        .error(
                            .badFigure,
                            axis.scale == .log ? "A logarithmic axis has values above 0" : "On this axis stand numbers",
                            at: item.range))
                }
                places.append(number)
            }
        }
        return places
    }
}

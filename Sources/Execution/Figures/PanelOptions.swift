import Diagnostics
import Documents
import Results
import Values

/// The options of one panel: what it says for itself, else what the figure says.
struct PanelOptions {
    let figure: OptionNode
    /// The item of `panels`; nil where the figure is one panel.
    let own: OptionNode?

    /// All panels of a figure, one where it lists none.
    static func all(of context: StepContext) -> [PanelOptions] {
        guard let panels = context.options["panels"] else { return [PanelOptions(figure: context.options, own: nil)] }
        return panels.items.map { PanelOptions(figure: context.options, own: $0) }
    }

    subscript(key: String) -> OptionNode? { own?[key] ?? figure[key] }

    /// A title stands above a panel among several.
    var title: String? { own?["title"]?.string }

    var range: SourceRange { (own ?? figure).range }

    /// The paths of `of`, each followed.
    func targets(_ context: inout StepContext) throws(StepFailure) -> [PathTarget] {
        var targets: [PathTarget] = []
        for node in try nodes(&context) { targets.append(try PathTarget(node, &context)) }
        return targets
    }

    /// The paths of `of` as written.
    func nodes(_ context: inout StepContext) throws(StepFailure) -> [OptionNode] {
        guard let of = self["of"] else {
            throw context.fail(.error(.badFigure, "A figure is drawn `of` a path into the results", at: range))
        }
        return of.items
    }

    /// An option that is a path into each row.
    func path(_ key: String, _ context: inout StepContext) throws(StepFailure) -> ResultPath? {
        guard let node = self[key] else { return nil }
        return try PanelOptions.path(node, &context)
    }

    static func path(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) -> ResultPath {
        guard let path = node.string.flatMap({ ResultPath(parsing: $0) }) else {
            throw context.fail(.error(.badFigure, "Here stands a path into each row", at: node.range))
        }
        return path
    }

    /// An axis, with what the options say of it over what the kind assumes.
    func axis(
        _ name: String, title: String, scale: FigureModel.Axis.Scale? = nil, null: Double? = nil,
        categories: [FigureModel.Category] = []
    ) -> FigureModel.Axis {
        let limits =
            self["\(name)-domain"]?.items.compactMap { item in
                item.number ?? item.string.flatMap(CalendarTime.seconds(parsing:))
            } ?? []
        let domain = limits.count == 2 && limits[0] < limits[1] ? limits[0]...limits[1] : nil
        let written = self["\(name)-scale"]?.string.flatMap(FigureModel.Axis.Scale.init) ?? .linear
        var axis = FigureModel.Axis(
            self["\(name)-title"]?.string ?? title, scale: scale ?? written,
            format: self["\(name)-format"]?.string ?? "", domain: domain, null: null, categories: categories)
        axis.threshold = self["\(name)-threshold"]?.number
        return axis
    }
}

import Diagnostics
import Documents
import Results
import Values

/// The options of one panel: what it says for itself, else what the figure says.
struct PanelOptions {
    let figure: OptionNode
    /// The item of `panels`; nil where the figure is one panel.
    let own: OptionNode?
    /// Which rows the panel has of those of the figure; nil for all.
    private(set) var facet: (path: ResultPath, name: String, title: String)?

    init(figure: OptionNode, own: OptionNode?) {
        self.figure = figure
        self.own = own
    }

    /// All panels of a figure, one where it lists none.
    static func all(of context: StepContext) -> [PanelOptions] {
        guard let panels = context.options["panels"] else { return [PanelOptions(figure: context.options, own: nil)] }
        return panels.items.map { PanelOptions(figure: context.options, own: $0) }
    }

    /// The same panel with the rows of one facet.
    func with(_ facet: FacetNames.Facet, at path: ResultPath) -> PanelOptions {
        var options = self
        options.facet = (path, facet.name, facet.title)
        return options
    }

    subscript(key: String) -> OptionNode? { own?[key] ?? figure[key] }

    /// A title stands above a panel among several.
    var title: String? { own?["title"]?.string ?? facet?.title }

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

    /// A logarithm is of what is above 0.
    func checkLogarithm(
        _ name: String, _ axis: FigureModel.Axis, _ values: [Double], _ context: inout StepContext
    ) throws(StepFailure) {
        guard axis.scale == .log else { return }
        let limits = [axis.domain?.lowerBound, axis.null].compactMap { $0 }
        guard let low = (values + limits).min(), low <= 0 else { return }
        throw context.fail(
            .error(
                .badFigure, "A logarithmic axis has values above 0; here \(NumberFormat().text(low)) is on it",
                at: (self["\(name)-scale"] ?? figure).range))
    }
}

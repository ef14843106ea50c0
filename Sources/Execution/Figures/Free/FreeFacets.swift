import Diagnostics
import Documents
import Results
import Values

/// The panels of a free figure, each with the rows that are its own.
struct FreeFacets {
    let panels: [(title: String?, layers: [FreeLayer])]
    private let names: FacetNames?

    init(_ layers: [FreeLayer], _ context: inout StepContext) throws(StepFailure) {
        guard let node = context.options["facet"] else {
            panels = [(nil, layers)]
            names = nil
            return
        }
        let by = node["by"] ?? node
        // Marks whose rows know nothing of the key stand in every panel.
        var paths: [ResultPath?] = []
        var fault: Diagnostic?
        for layer in layers {
            var trial = context
            if let path = try? layer.path(by, &trial) {
                paths.append(path)
            } else {
                fault = fault ?? trial.diagnostics.last
                paths.append(nil)
            }
        }
        guard paths.contains(where: { $0 != nil }) else {
            throw context.fail(
                fault ?? .error(.badFigure, "`facet` is a key of the rows of some mark", at: by.range))
        }
        let groups = zip(layers, paths).compactMap { layer, path in path.map { (layer.rows, $0) } }
        let names = try FacetNames(node, of: groups, &context)
        self.names = names
        panels = names.facets.map { facet in
            (
                facet.title,
                zip(layers, paths).map { layer, path in
                    guard let path else { return layer }
                    return layer.with(layer.rows.filter { $0[path].flatMap(KeyValues.text) == facet.name })
                }
            )
        }
    }

    func isFree(_ axis: String) -> Bool { names?.isFree(axis) ?? false }
}

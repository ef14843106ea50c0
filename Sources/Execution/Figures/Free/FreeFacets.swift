import Diagnostics
import Documents
import Results
import Values

/// The panels of a free figure, each with the rows that are its own.
struct FreeFacets {
    let panels: [(title: String?, layers: [FreeLayer])]
    private let scales: String

    /// More panels than this are no longer compared.
    private static let most = 36

    init(_ layers: [FreeLayer], _ context: inout StepContext) throws(StepFailure) {
        guard let node = context.options["facet"] else {
            panels = [(nil, layers)]
            scales = "shared"
            return
        }
        scales = node["scales"]?.string ?? "shared"
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
        var names: [String] = []
        var areNumbers = true
        for (layer, path) in zip(layers, paths) {
            guard let path else { continue }
            for row in layer.rows {
                guard let value = row[path], let name = KeyValues.text(value), !names.contains(name) else { continue }
                if value.number == nil { areNumbers = false }
                names.append(name)
            }
        }
        guard (1...FreeFacets.most).contains(names.count) else {
            throw context.fail(
                .error(
                    .badFigure, "`facet` makes from 1 to \(FreeFacets.most) panels, not \(names.count)", at: by.range))
        }
        for entry in node["names"]?.entries ?? [] where !names.contains(entry.key) {
            let near = nearestWord(to: entry.key, among: names)
            throw context.fail(
                .error(
                    .badFigure, "No panel has \(by.string ?? "") = \(entry.key)", at: entry.keyRange,
                    notes: [.init("there are " + names.prefix(20).joined(separator: ", "))],
                    fixIts: near.map { [.init("write '\($0)'", replacing: entry.keyRange, with: $0)] } ?? []))
        }
        if areNumbers { names.sort { (Double($0) ?? 0) < (Double($1) ?? 0) } }
        let subject = paths.lazy.compactMap(\.self).first?.subject ?? ""
        panels = names.map { name in
            let isWord = !areNumbers && name != "true" && name != "false"
            return (
                node["names"]?[name]?.string ?? (isWord ? EstimatorNames.short(name) : "\(subject) \(name)"),
                zip(layers, paths).map { layer, path in
                    guard let path else { return layer }
                    return layer.with(layer.rows.filter { $0[path].flatMap(KeyValues.text) == name })
                }
            )
        }
    }

    func isFree(_ axis: String) -> Bool { scales == "free" || scales == "free-\(axis)" }
}

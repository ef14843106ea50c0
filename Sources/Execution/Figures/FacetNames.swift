import Diagnostics
import Documents
import Results
import Values

/// The panels that `facet` makes: one for each value of a key of the rows.
struct FacetNames {
    struct Facet {
        /// The key's value as text.
        var name: String
        /// What stands above the panel.
        var title: String
    }

    let facets: [Facet]
    private let scales: String

    /// More panels than this are no longer compared.
    private static let most = 36

    /// - Parameters:
    ///   - node: `facet`: the key, or a mapping with it as `by`.
    ///   - groups: Rows, and where each of them has its value.
    init(
        _ node: OptionNode, of groups: [(rows: [Value], path: ResultPath)], _ context: inout StepContext
    ) throws(StepFailure) {
        scales = node["scales"]?.string ?? "shared"
        let by = node["by"] ?? node
        var names: [String] = []
        var areNumbers = true
        for (rows, path) in groups {
            for row in rows {
                guard let value = row[path], let name = KeyValues.text(value), !names.contains(name) else { continue }
                if value.number == nil { areNumbers = false }
                names.append(name)
            }
        }
        guard (1...FacetNames.most).contains(names.count) else {
            throw context.fail(
                .error(
                    .badFigure, "`facet` makes from 1 to \(FacetNames.most) panels, not \(names.count)", at: by.range))
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
        let subject = groups.first?.path.subject ?? ""
        facets = names.map { name in
            let isWord = !areNumbers && name != "true" && name != "false"
            return Facet(
                name: name,
                title: node["names"]?[name]?.string ?? (isWord ? EstimatorNames.short(name) : "\(subject) \(name)"))
        }
    }

    func isFree(_ axis: String) -> Bool { scales == "free" || scales == "free-\(axis)" }
}

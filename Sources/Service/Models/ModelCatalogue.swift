import Diagnostics
package import Pipeline

/// All models that requests may name.
package struct ModelCatalogue: Sendable {
    enum Finding: Error {
        case unknown(suggestion: String?)
        /// A short name that several models have.
        case ambiguous([String])
    }

    /// In the order of their names.
    let models: [StoredModel]
    private let byName: [String: Int]
    /// By the part behind `#`.
    private let byPath: [String: [Int]]

    package init(_ reports: [PublishedResults] = []) {
        let all = reports.flatMap { StoredModels(of: $0).models }.sorted { $0.name < $1.name }
        var (models, byName, byPath) = ([StoredModel](), [String: Int](), [String: [Int]]())
        for model in all where byName[model.name] == nil {
            byName[model.name] = models.count
            if let mark = model.name.firstIndex(of: "#") {
                byPath[String(model.name[model.name.index(after: mark)...]), default: []].append(models.count)
            }
            models.append(model)
        }
        (self.models, self.byName, self.byPath) = (models, byName, byPath)
    }

    package var count: Int { models.count }

    /// A model by its whole name or, where only one has it, by what stands behind `#`.
    func model(_ name: String) throws(Finding) -> StoredModel {
        if let index = byName[name] { return models[index] }
        let found = byPath[name] ?? []
        if found.count == 1 { return models[found[0]] }
        if found.count > 1 { throw .ambiguous(found.map { models[$0].name }) }
        throw .unknown(suggestion: nearestWord(to: name, among: models.map(\.name) + byPath.keys.sorted()))
    }
}

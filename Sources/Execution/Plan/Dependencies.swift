import Diagnostics
import Documents
import Values

/// What one directive needs of another.
struct Dependency: Sendable, Hashable {
    var id: String
    /// Where the directive says so.
    var range: SourceRange
    /// The words that the other directive may be; nil for any.
    var words: [String]?
}

extension Directive {
    /// Everything that the directive names, in order: by a key that holds an id, by a path, and by `{path}` scalars.
    var dependencies: [Dependency] {
        var found: [Dependency] = []
        for entry in options.entries {
            switch (word, entry.key) {
            case ("effects", "data"), ("meta-analysis", "data"):
                found += Directive.ids(entry.value, ["data"])
            case ("covariance", "effects"), ("proxy", "effects"), ("meta-analysis", "effects"):
                found += Directive.ids(entry.value, ["effects"])
            case ("table", "of"), ("figure", "of"), ("figure", "lines"):
                found += Directive.paths(entry.value)
            case ("figure", "panels"):
                found += entry.value.items.flatMap { panel in panel["of"].map(Directive.paths) ?? [] }
            default: break
            }
        }
        found += options.references.map { Dependency(id: $0.path.root, range: $0.range) }
        return found.filter { $0.id != "params" && $0.id != "meta" }
    }

    private static func paths(_ node: OptionNode) -> [Dependency] {
        node.items.compactMap { node in
            guard node.scalar?.reference == nil, let text = node.string, let path = ResultPath(parsing: text) else {
                return nil
            }
            return Dependency(id: path.root, range: node.range)
        }
    }

    private static func ids(_ node: OptionNode, _ words: [String]) -> [Dependency] {
        guard node.scalar?.reference == nil, let id = node.string else { return [] }
        return [Dependency(id: id, range: node.range, words: words)]
    }
}

import Diagnostics
import Documents
import Pipeline
import Reports
import Values

/// Values and where they come from as an editor shows them.
extension AnalysisView {
    /// The value of a path as the report prints it; nil where there is none or it cannot be printed.
    func text(of path: ResultPath, _ format: NumberFormat?) -> String? {
        root[path].flatMap { (format ?? NumberFormat()).text(of: $0) }
    }

    /// A value in a few words: a number at six digits, a list by its length, an object by its estimate or keys.
    static func summary(of value: Value) -> String {
        switch value {
        case .null: "nothing"
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let number): NumberFormat().text(number)
        case .string(let text): text.count > 40 ? text.prefix(40) + "…" : text
        case .list(let items):
            NumberFormat(.significant, digits: 4, interval: true).text(of: value) ?? "a list of \(items.count)"
        case .object(let object):
            NumberFormat(.significant, digits: 4, interval: true).text(of: value)
                ?? object["estimate"]?.number.map { NumberFormat().text($0) }
                ?? object.keys.prefix(4).joined(separator: ", ") + (object.count > 4 ? ", …" : "")
        }
    }

    /// What the reference says of a path of results.
    func documentation(of path: ResultPath) -> String? {
        guard let directive = directive(path.root), let schema = DirectiveSchema.named(directive.word) else {
            return nil
        }
        let parts = path.tail.components.map { component -> String in
            switch component {
            case .name(let name): name
            case .index(let index): "\(index)"
            }
        }
        // Under a list of treatments of shared controls results stand one level lower.
        return schema.doc(of: parts) ?? schema.doc(of: Array(parts.dropFirst()))
    }

    /// Where a result comes from, a line each: its directive and estimator, what that needs, the data's digests.
    func lineage(of path: ResultPath) -> [String] {
        let id = path.root
        if id == "params" { return ["a parameter of the analysis"] }
        if id == "meta" { return ["front matter"] }
        guard let directive = directive(id) else { return [] }
        var first = "`\(directive.word)` **\(id)**, line \(directive.range.start.line)"
        if directive.range.file !== file { first += " of \(directive.range.file.path)" }
        var lines = [first]
        let method = result(id)?["values"]?["method"]?.string
        for name in [method, path.tail.root].compactMap(\.self) {
            if let estimator = Methods.estimator(name, of: directive.word) {
                lines.append("by `\(name)`: \(estimator.title)")
            }
        }
        let ancestors = ancestors(of: id)
        if !ancestors.isEmpty {
            lines.append(
                "from " + ancestors.map { "`\(self.directive($0)?.word ?? "")` \($0)" }.joined(separator: ", "))
        }
        for id in [id] + ancestors {
            for source in result(id)?["sources"]?.list ?? [] {
                guard let path = source["path"]?.string, let digest = source["sha256"]?.string else { continue }
                lines.append("\(path) · sha256 `\(digest.prefix(12))`")
            }
        }
        if let variant = built?.variant { lines.append("with \(variant)") }
        return lines
    }

    /// The directives that one rests on, nearest first.
    private func ancestors(of id: String) -> [String] {
        var found: [String] = []
        var queue = directive(id)?.dependencies.map(\.id) ?? []
        while !queue.isEmpty {
            let next = queue.removeFirst()
            guard next != id, !found.contains(next), directive(next) != nil else { continue }
            found.append(next)
            queue += directive(next)?.dependencies.map(\.id) ?? []
        }
        return found
    }
}

extension DirectiveSchema {
    /// The sentence for the components of a path; words in capitals in the schema stand for whatever there is.
    fileprivate func doc(of parts: [String]) -> String? {
        results.first { result in
            let known = result.components
            return known.count == parts.count
                && zip(known, parts).allSatisfy { $0 == $1 || ResultSchema.isPlaceholder($0) }
        }?.doc
    }
}

import Diagnostics
import Documents
import Markdown
import Pipeline
import Reports
import Values
import Workspace

extension AnalysisView {
    /// What stands at a place, in Markdown.
    func hover(at offset: Int) -> (text: String, range: SourceRange)? {
        guard let (symbol, range) = symbol(at: offset), let text = hover(symbol, range) else { return nil }
        return (text, range)
    }

    private func hover(_ symbol: Symbol, _ range: SourceRange) -> String? {
        switch symbol {
        case .word(let schema): AnalysisView.text(of: schema)
        case .key(let key, let owner): AnalysisView.text(of: key, owner)
        case .choice(let word, let key, let owner): AnalysisView.text(ofChoice: word, key, owner)
        case .value(let path, let format): text(of: path, written: format)
        case .claim(let claim): text(of: claim)
        case .id(let id): text(ofID: id)
        case .mention(let kind, let name): text(of: kind, name)
        case .section(let slug): headings.first { $0.slug == slug }.map { "Section **\($0.text)**" }
        case .citation(let key): read.bibliography[key].map(AnalysisView.text)
        case .file(let written): text(ofFile: written)
        case .column(let name, let id):
            "Column `\(name)`" + (columns(of: id).first { $0.name == name }.map { ": \($0.detail)" } ?? "")
                + (id.isEmpty ? "" : "\n\nof `data` \(id)")
        case .metric(let name): "Metric `\(name)`"
        }
    }

    // MARK: Values

    private func text(of path: ResultPath, written format: NumberFormat?) -> String {
        var lines: [String] = []
        if let value = root[path] {
            if let text = (format ?? NumberFormat()).text(of: value) {
                lines.append("**\(text)**" + (format.map { " as `\($0)`" } ?? ""))
            }
            lines.append(AnalysisView.full(value, path))
        } else {
            lines.append("`\(path)`: " + (built == nil ? "not computed yet" : "the last build has no such value"))
        }
        if let doc = documentation(of: path) { lines.append(doc) }
        return (lines + provenance(of: path)).joined(separator: "\n\n")
    }

    private func provenance(of path: ResultPath) -> [String] {
        let lineage = lineage(of: path)
        guard !lineage.isEmpty else { return [] }
        let note = isOutdated ? ["*Computed from the text as it was opened or saved last.*"] : []
        return ["---", lineage.joined(separator: "  \n")] + note
    }

    /// A value at full precision: a number as it is, an object's or a list's first members a line each.
    private static func full(_ value: Value, _ path: ResultPath) -> String {
        switch value {
        case .number(let number): return "`\(path)` = \(Value.ecmaScript(number))"
        case .object(let object):
            let members = object.prefix(12).map { "- `\($0.key)`: \(summary(of: $0.value))" }
            return (["`\(path)`:"] + members + (object.count > 12 ? ["- …"] : [])).joined(separator: "\n")
        case .list(let items):
            if items.count <= 4, items.allSatisfy({ $0.list == nil && $0.object == nil }) {
                return "`\(path)` = \(value.canonicalJSON)"
            }
            let members = items.prefix(6).enumerated().map { "- `[\($0)]`: \(summary(of: $1))" }
            return (["`\(path)`: a list of \(items.count)"] + members).joined(separator: "\n")
        default: return "`\(path)` = \(summary(of: value))"
        }
    }

    private func text(of claim: Claim) -> String {
        var unsaid: [Diagnostic] = []
        let rest = text(of: claim.path, written: nil)
        guard built != nil, let checked = claim.resolved(in: root, diagnostics: &unsaid) else { return rest }
        let state = checked.holds ? "Holds" : "**No longer holds**"
        return "\(state): “\(claim.text)”, and it is \(checked.current)\n\n\(rest)"
    }

    private func text(ofID id: String) -> String? {
        guard let directive = directive(id) else { return nil }
        var lines = [DirectiveSchema.named(directive.word)?.summary ?? ""]
        if let caption = directive.caption { lines.append(caption.node.plainText) }
        if let values = result(id)?["values"]?.object {
            lines.append(AnalysisView.full(.object(values), ResultPath([.name(id)])))
        }
        return (lines + provenance(of: ResultPath([.name(id)]))).joined(separator: "\n\n")
    }

    // MARK: Names

    private func text(of kind: String, _ name: String) -> String? {
        let rest = String(name.dropFirst(kind.count + 1))
        switch kind {
        case "sec": return headings.first { $0.slug == rest }.map { "Section **\($0.text)**" }
        case "eq": return equations.first { $0.name == name }.map { "```tex\n\($0.range.text)\n```" }
        default:
            guard let directive = directive(rest) else { return nil }
            let caption = directive.caption.map { "\n\n" + $0.node.plainText } ?? ""
            return (kind == "fig" ? "Figure" : "Table") + " of `\(directive.word)` **\(rest)**" + caption
        }
    }

    private static func text(of entry: BibliographyEntry) -> String {
        let names = entry.names.map { $0.given.isEmpty ? $0.family : "\($0.given) \($0.family)" }
        let place = ["journal", "booktitle", "publisher"].lazy.compactMap { entry.fields[$0] }.first
        return "\(names.joined(separator: ", ")) (\(entry.year)). **\(entry.title)**"
            + (place.map { ". *\($0)*" } ?? "")
    }

    private func text(ofFile written: String) -> String? {
        guard let path = resolve(written) else { return nil }
        let size = workspace.files.status(of: path).map { "\(NumberFormat(grouped: true).text(Double($0.size))) bytes" }
        let columns = columns(ofFile: written, format: nil)
        let list = columns.isEmpty ? "" : "\n\nColumns: " + columns.prefix(40).map { "`\($0)`" }.joined(separator: ", ")
        return "\(project.shown(path)), \(size ?? "")" + list
    }

    // MARK: Schemas

    static func text(of schema: DirectiveSchema) -> String {
        let keys = schema.keys.filter(\.isRequired).map { "`\($0.name)`" }
        let needs = keys.isEmpty ? "" : "\n\nNeeds \(keys.joined(separator: ", "))."
        return "**\(schema.word)**\n\n\(schema.summary)\(needs) Shows `\(schema.defaultShow.rawValue)` by default."
    }

    /// A word that a key takes; what `report methods` tells of it, where it is an estimator.
    static func text(ofChoice word: String, _ key: KeySchema, _ owner: String) -> String {
        let estimator = ["estimators", "method", "scale"].contains(key.name) ? Methods.estimator(word, of: owner) : nil
        let title = estimator.map { ": \($0.title)" } ?? ""
        return "`\(word)`, a value of `\(key.name)`\(title)\n\n\(key.doc)" + (estimator.map { "\n\n\($0.text)" } ?? "")
    }

    static func text(of key: KeySchema, _ owner: String) -> String {
        var facts = [key.type.referenceText]
        if key.isRequired { facts.append("required") }
        if let standard = key.defaultText { facts.append("default `\(standard)`") }
        return "`\(key.name)` of `\(owner)`\n\n\(key.doc)\n\n" + facts.joined(separator: "; ")
    }
}

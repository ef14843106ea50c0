import Digests
import Documents
import Values

/// Everything that a directive's result depends on, part by part, so that a rebuild can be explained.
struct StepKey: Sendable, Hashable {
    /// What a part is about: `tool`, `seed`, `option level`, `value params.segment`, `input lifts`, `file data/a.csv`,
    /// `environment RELEASE`.
    struct Part: Sendable, Hashable {
        var name: String
        /// The thing itself where it is short, else its digest.
        var text: String
    }

    private(set) var parts: [Part] = []

    /// Directives whose results are kept: those that compute. What only shows is made again each time.
    static let words: Set<String> = [
        "data", "effects", "covariance", "proxy", "meta-analysis", "simulation", "decision-rule",
    ]
    /// Those that draw no random numbers.
    private static let seedless: Set<String> = ["data", "effects"]
    /// Options that say how a result is shown, not what it is.
    private static let shownOptions: Set<String> = ["caption", "alt", "echo"]

    init(_ directive: Directive, tool: String, seed: UInt64) {
        add("tool", tool)
        // Streams of random numbers are keyed by the id.
        add("directive", "\(directive.word) \(directive.id)")
        if !StepKey.seedless.contains(directive.word) { add("seed", "\(seed)") }
        let options = directive.options.entries.filter { !StepKey.shownOptions.contains($0.key) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for entry in options { add("option \(entry.key)", entry.value.written.canonicalJSON) }
    }

    mutating func add(_ name: String, _ text: String) {
        parts.append(Part(name: name, text: text.utf8.count > 200 ? "sha256 " + sha256(text.utf8) : text))
    }

    var digest: String { value.digest }

    var value: Value { .list(parts.map { [.string($0.name), .string($0.text)] }) }

    init?(_ value: Value) {
        for item in value.list ?? [] {
            guard let pair = item.list, pair.count == 2, let name = pair[0].string, let text = pair[1].string else {
                return nil
            }
            parts.append(Part(name: name, text: text))
        }
    }

    /// What differs from an earlier key, in words.
    func changes(since earlier: StepKey) -> [String] {
        var changes: [String] = []
        for part in parts {
            guard let old = earlier.parts.first(where: { $0.name == part.name }) else {
                changes.append("\(part.subject) is new")
                continue
            }
            if old.text != part.text { changes.append(StepKey.change(part, from: old.text)) }
        }
        for part in earlier.parts where !parts.contains(where: { $0.name == part.name }) {
            changes.append("\(part.subject) is gone")
        }
        return changes
    }

    private static func change(_ part: Part, from old: String) -> String {
        let new = part.text
        switch part.kind {
        case "environment": return "\(part.subject) changed"
        case "file": return "\(part.subject) changed: sha256 \(old.prefix(8))… → \(new.prefix(8))…"
        case "input": return "\(part.subject) changed: \(old.prefix(8))… → \(new.prefix(8))…"
        default: break
        }
        guard old.count + new.count < 100 else { return "\(part.subject) changed" }
        return "\(part.subject) changed: \(old) → \(new)"
    }
}

extension StepKey.Part {
    fileprivate var kind: Substring { name.prefix { $0 != " " } }

    /// The part in words.
    fileprivate var subject: String {
        let rest = name.dropFirst(kind.count + 1)
        return switch kind {
        case "environment": "environment variable \(rest)"
        case "file", "input": String(rest)
        default: name
        }
    }
}

extension OptionNode {
    /// The node as it is written, references as their paths.
    fileprivate var written: Value {
        switch content {
        case .scalar(let scalar): scalar.reference == nil ? scalar.value : .string(scalar.text)
        case .list(let items): .list(items.map(\.written))
        case .mapping(let entries): .object(Object(entries.map { ($0.key, $0.value.written) }))
        }
    }
}

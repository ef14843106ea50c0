import Datasets
import Digests
import Documents
import Results
import Values

/// How one analysis uses the cache.
package struct CacheUse: Sendable {
    let cache: BuildCache
    /// What tells the program from every other.
    let tool: String
    /// The analysis, under which its directives' last keys are kept.
    let analysis: String
    /// What the project says that its results depend on: each directive's key covers it.
    let environment: EnvironmentDigests

    package init(
        _ cache: BuildCache, tool: String, analysis: String, environment: EnvironmentDigests = EnvironmentDigests()
    ) {
        self.cache = cache
        self.tool = tool
        self.analysis = analysis
        self.environment = environment
    }

    /// A directive's key, what the cache has under it, and why.
    struct Lookup {
        let key: StepKey
        let record: StepRecord?
        let explanation: Explanation
        /// Stands for everything that the result depends on; empty for data that nothing pins, of which nothing that is made
        /// is kept.
        var content: String { isPinned ? key.digest : "" }
        var isPinned = true
    }

    /// nil for a directive whose results are not kept, or whose files cannot be read.
    func lookup(
        _ inputs: [(id: String, content: String)], _ context: inout StepContext
    ) -> Lookup? {
        let directive = context.directive
        guard StepKey.words.contains(directive.word) else { return nil }
        var key = StepKey(directive, tool: tool, seed: context.seed)
        if directive.word == "effects", context.options["layout"]?.string == "units", let sample = context.sample {
            key.add("sample", sample.key)
        }
        for variable in environment.variables { key.add("environment \(variable.name)", variable.digest) }
        for (path, _) in directive.options.references {
            key.add("value \(path)", (context.root[path] ?? .null).canonicalJSON)
        }
        for need in directive.needs where need.words != nil {
            guard let input = inputs.first(where: { $0.id == need.id }) else { continue }
            guard !input.content.isEmpty else {
                return Lookup(
                    key: key, record: nil,
                    explanation: Explanation(
                        word: directive.word, id: directive.id, isReused: false,
                        reasons: ["\(need.id) is not pinned"]), isPinned: false)
            }
            key.add("input \(need.id)", input.content)
        }
        var frame: Frame?
        if directive.options["engine"] != nil {
            guard let parts = try? DataEngine.keyParts(&context, cache.digests) else { return nil }
            guard !parts.isEmpty else {
                return Lookup(
                    key: key, record: nil,
                    explanation: Explanation(
                        word: directive.word, id: directive.id, isReused: false,
                        reasons: ["its input is not pinned: `source` or `fresh` would"]), isPinned: false)
            }
            for part in parts { key.add(part.name, part.text) }
        } else if directive.word == "data" {
            if cache.value(lastName(directive)) == nil { context.early = EarlySurvey(context) }
            guard let found = try? DataStep.frame(&context), addFiles(of: found, to: &key) else { return nil }
            let bindings = (found.filter?.bindings ?? [:]).map { (path: $0.description, value: $1.canonicalJSON) }
            for (path, value) in bindings.sorted(by: <) { key.add("value \(path)", value) }
            frame = found
        }
        let name = key.digest
        let record = cache.value(name).flatMap { value -> StepRecord? in
            guard var record = StepRecord(value, of: directive) else { return nil }
            guard let frame else { return record }
            guard let columns = value["columns"]?.list?.compactMap(\.string) else { return nil }
            let prints = record.output.sources.map { Frame.Fingerprint(bytes: $0.bytes, sha256: $0.sha256) }
            record.output.artifact = .frame(frame.surveyed(columns: columns, fingerprints: prints))
            return record
        }
        return Lookup(key: key, record: record, explanation: explanation(directive, key, isReused: record != nil))
    }

    private func addFiles(of frame: Frame, to key: inout StepKey) -> Bool {
        for file in frame.files {
            guard let digest = try? cache.digests.digest(of: file.path) else { return false }
            key.add("file \(file.shown)", digest.sha256)
        }
        return true
    }

    /// Keeps what a directive made, unless a file changed between its digest and its use.
    func keep(_ record: StepRecord, _ lookup: Lookup, of directive: Directive) {
        guard lookup.isPinned else { return }
        for source in record.output.sources
        where !lookup.key.parts.contains(where: { $0.name == "file \(source.path)" && $0.text == source.sha256 }) {
            return
        }
        if let value = record.value(of: directive) { cache.store(value, lookup.key.digest) }
    }

    private func lastName(_ directive: Directive) -> String { sha256("last \(analysis) \(directive.id)".utf8) }

    private func explanation(_ directive: Directive, _ key: StepKey, isReused: Bool) -> Explanation {
        let last = cache.value(lastName(directive)).flatMap { StepKey($0) }
        if last != key { cache.store(key.value, lastName(directive)) }
        var reasons: [String] = []
        if !isReused {
            reasons = last.map { key.changes(since: $0) } ?? ["no earlier build is known"]
            if reasons.isEmpty { reasons = ["its entry in the cache is gone, damaged or cannot be kept"] }
        }
        return Explanation(word: directive.word, id: directive.id, isReused: isReused, reasons: reasons)
    }
}

/// Why a directive ran, or that it did not.
package struct Explanation: Sendable, Hashable {
    package var word: String
    package var id: String
    package var isReused: Bool
    /// `data/asos.csv changed: sha256 1f… → 9c…`; empty where it did not run.
    package var reasons: [String]

    package init(word: String, id: String, isReused: Bool, reasons: [String]) {
        self.word = word
        self.id = id
        self.isReused = isReused
        self.reasons = reasons
    }

    package var text: String {
        "\(word) \(id): " + (isReused ? "unchanged" : "ran, because " + reasons.joined(separator: "; "))
    }
}

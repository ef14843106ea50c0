import Digests
import Execution
import Synchronization
import Typesetting
import Values

/// The formulas of one analysis as KaTeX wrote them, one entry of its project's cache.
///
/// One entry and not one a formula: a report has dozens, and each entry costs as much to open as its formula to read.
/// What the analysis no longer holds goes with the next one that it gains.
final class FormulaEntries: FormulaCache {
    private struct State {
        var isLoaded = false
        /// What the cache has.
        var kept: [String: String] = [:]
        var keptLibrary: (sha256: String, version: String)?
        /// What this build used.
        var used: [String: String] = [:]
        var library: (sha256: String, version: String)?
    }

    private let cache: BuildCache
    private let name: String
    private let state = Mutex(State())

    /// - Parameter analysis: From the project's root.
    init(_ cache: BuildCache, analysis: String) {
        self.cache = cache
        name = sha256("formulas \(analysis)".utf8)
    }

    func library(at path: String) -> KaTeXLibrary? {
        guard let known = state.withLock({ load(&$0).keptLibrary }),
            let digest = try? cache.digests.digest(of: path), digest.sha256 == known.sha256
        else { return nil }
        return KaTeXLibrary(version: known.version, sha256: known.sha256, path: path)
    }

    func store(_ library: KaTeXLibrary) { state.withLock { $0.library = (library.sha256, library.version) } }

    func markup(for digest: String) -> String? {
        state.withLock { state in
            let markup = load(&state).kept[digest]
            if let markup { state.used[digest] = markup }
            return markup
        }
    }

    func store(_ markup: String, for digest: String) { state.withLock { $0.used[digest] = markup } }

    /// Keeps what this build used, where the cache lacks any of it.
    func close() {
        let value = state.withLock { state -> Value? in
            guard let library = state.library, !state.used.isEmpty else { return nil }
            let kept = load(&state)
            let isKept =
                kept.keptLibrary.map { $0 == library } ?? false
                && state.used.allSatisfy { kept.kept[$0.key] == $0.value }
            if isKept { return nil }
            let markup = state.used.keys.sorted().map { ($0, Value.string(state.used[$0] ?? "")) }
            return [
                "library": [.string(library.sha256), .string(library.version)], "markup": .object(Object(markup)),
            ]
        }
        if let value { cache.store(value, name) }
    }

    @discardableResult
    private func load(_ state: inout State) -> State {
        if state.isLoaded { return state }
        state.isLoaded = true
        guard let value = cache.value(name), let library = value["library"]?.list, library.count == 2,
            let sha256 = library[0].string, let version = library[1].string, let markup = value["markup"]?.object
        else { return state }
        state.keptLibrary = (sha256, version)
        for (digest, entry) in markup { state.kept[digest] = entry.string }
        return state
    }
}

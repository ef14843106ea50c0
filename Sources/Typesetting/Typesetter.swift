import Digests
package import Markup
import Synchronization
package import Workspace

/// Sets formulas as MathML, with KaTeX in an interpreter of its own.
///
/// KaTeX is found and loaded when the first formula comes, once. What was set is kept for as long as the typesetter
/// lives, so that a process has one.
package final class Typesetter: Sendable {
    /// Longer formulas are refused before KaTeX sees them.
    package static let longest = 10_000
    package static let deepestNesting = 60

    private struct State {
        var engine: KaTeX?
        var set: [Key: Result<MarkupNode, FormulaFault>] = [:]
    }

    private struct Key: Hashable {
        var tex: String
        var isDisplay: Bool
    }

    private let workspace: WorkspaceContext
    private let cache: (any FormulaCache)?
    private let library: Mutex<LoadedLibrary?>
    private let state = Mutex(State())

    /// `cache` keeps MathML between processes.
    package init(in workspace: WorkspaceContext, cache: (any FormulaCache)? = nil) {
        self.workspace = workspace
        self.cache = cache
        library = Mutex(nil)
    }

    /// Which KaTeX sets the formulas, read when first asked for.
    package func katex() throws(KaTeXFault) -> KaTeXLibrary { try loaded().katex }

    /// The formula as a `math` element.
    package func mathML(_ tex: String, isDisplay: Bool) throws(KaTeXFault) -> Result<MarkupNode, FormulaFault> {
        let loaded = try loaded()
        let key = Key(tex: tex, isDisplay: isDisplay)
        return try state.withLock { state throws(KaTeXFault) in
            if let known = state.set[key] { return known }
            let set = try set(key, loaded, &state)
            state.set[key] = set
            return set
        }
    }

    private func loaded() throws(KaTeXFault) -> LoadedLibrary {
        try library.withLock { library throws(KaTeXFault) in
            if let library { return library }
            let found = try LoadedLibrary(in: workspace)
            library = found
            return found
        }
    }

    private func set(
        _ key: Key, _ loaded: LoadedLibrary, _ state: inout State
    ) throws(KaTeXFault) -> Result<MarkupNode, FormulaFault> {
        guard key.tex.utf8.count <= Typesetter.longest else { return .failure(.tooLong) }
        guard Typesetter.nesting(key.tex) <= Typesetter.deepestNesting else { return .failure(.tooDeep) }
        let address = sha256("\(MathMLReader.version) \(loaded.katex.sha256) \(key.isDisplay) \(key.tex)".utf8)
        // What a cache gives is read as KaTeX's own markup is: nothing goes into a page unread.
        if let kept = cache?.markup(for: address), case .success(let node) = MathMLReader.read(kept, tex: key.tex) {
            return .success(node)
        }
        if state.engine == nil { state.engine = KaTeX(source: loaded.source) }
        guard let answer = state.engine?.typeset(key.tex, isDisplay: key.isDisplay) else {
            throw KaTeXFault.unusable(loaded.katex.path)
        }
        switch answer {
        case .exhausted:
            // The interpreter may be left with little memory: the next formula gets a new one.
            state.engine = nil
            return .failure(.exhausted)
        case .fault(let message, let offset):
            return .failure(FormulaFault(katex: message, offset: offset, in: key.tex))
        case .markup(let markup):
            let read = MathMLReader.read(markup, tex: key.tex)
            if case .success = read { cache?.store(markup, for: address) }
            return read
        }
    }

    /// How deep braces nest; what is escaped counts as well.
    private static func nesting(_ tex: String) -> Int {
        var depth = 0
        var deepest = 0
        for byte in tex.utf8 {
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }
}

/// Keeps what KaTeX wrote, by digests of everything that it depends on.
package protocol FormulaCache: Sendable {
    func markup(for digest: String) -> String?
    func store(_ markup: String, for digest: String)
}

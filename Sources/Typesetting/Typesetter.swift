import Digests
package import Markup
import Synchronization
package import Workspace

/// Sets formulas as MathML, with KaTeX in an interpreter of its own.
///
/// KaTeX is found when the first formula comes, and loaded when the first one comes that no cache has. What was set is
/// kept for as long as the typesetter lives, so that a process has one.
package final class Typesetter: Sendable {
    /// Longer formulas are refused before KaTeX sees them.
    package static let longest = 10_000
    package static let deepestNesting = 60

    private struct State {
        var library: LoadedLibrary?
        var engine: KaTeX?
        var hasStarted = false
        var set: [Key: Made] = [:]
    }

    private struct Key: Hashable {
        var tex: String
        var isDisplay: Bool
    }

    private struct Made {
        var result: Result<MarkupNode, FormulaFault>
        /// What a cache may keep, and under what.
        var kept: (markup: String, digest: String)?
    }

    private let workspace: WorkspaceContext
    private let state = Mutex(State())

    package init(in workspace: WorkspaceContext) { self.workspace = workspace }

    /// Whether a formula had to be set by KaTeX itself.
    package var hasStarted: Bool { state.withLock { $0.hasStarted } }

    /// Which KaTeX sets the formulas, found out when first asked for.
    package func katex(_ cache: (any FormulaCache)? = nil) throws(KaTeXFault) -> KaTeXLibrary {
        try state.withLock { state throws(KaTeXFault) in try library(&state, cache).katex }
    }

    /// The formula as a `math` element.
    ///
    /// - Parameter cache: Keeps what KaTeX writes between processes.
    package func mathML(
        _ tex: String, isDisplay: Bool, cache: (any FormulaCache)? = nil
    ) throws(KaTeXFault) -> Result<MarkupNode, FormulaFault> {
        let key = Key(tex: tex, isDisplay: isDisplay)
        return try state.withLock { state throws(KaTeXFault) in
            let katex = try library(&state, cache).katex
            if let known = state.set[key] {
                if let kept = known.kept { cache?.store(kept.markup, for: kept.digest) }
                return known.result
            }
            let made = try made(key, katex, cache, &state)
            state.set[key] = made
            return made.result
        }
    }

    private func library(
        _ state: inout State, _ cache: (any FormulaCache)?
    ) throws(KaTeXFault) -> LoadedLibrary {
        let library: LoadedLibrary
        if let known = state.library {
            library = known
        } else if let known = KaTeXLibrary.file(in: workspace).flatMap({ cache?.library(at: $0) }) {
            library = LoadedLibrary(known)
        } else {
            library = try LoadedLibrary(in: workspace)
        }
        cache?.store(library.katex)
        state.library = library
        return library
    }

    private func made(
        _ key: Key, _ katex: KaTeXLibrary, _ cache: (any FormulaCache)?, _ state: inout State
    ) throws(KaTeXFault) -> Made {
        guard key.tex.utf8.count <= Typesetter.longest else { return Made(result: .failure(.tooLong)) }
        guard Typesetter.nesting(key.tex) <= Typesetter.deepestNesting else { return Made(result: .failure(.tooDeep)) }
        // What a cache gives is read as KaTeX's own markup is: nothing goes into a page unread.
        let expected = Typesetter.digest(key, katex)
        if let kept = cache?.markup(for: expected), case .success(let node) = MathMLReader.read(kept, tex: key.tex) {
            return Made(result: .success(node), kept: (kept, expected))
        }
        let engine = try engine(&state)
        switch engine.typeset(key.tex, isDisplay: key.isDisplay) {
        case .exhausted:
            // The interpreter may be left with little memory: the next formula gets a new one.
            state.engine = nil
            return Made(result: .failure(.exhausted))
        case .fault(let message, let offset):
            return Made(result: .failure(FormulaFault(katex: message, offset: offset, in: key.tex)))
        case .markup(let markup):
            let read = MathMLReader.read(markup, tex: key.tex)
            guard case .success = read else { return Made(result: read) }
            let digest = Typesetter.digest(key, state.library?.katex ?? katex)
            cache?.store(markup, for: digest)
            return Made(result: read, kept: (markup, digest))
        }
    }

    private static func digest(_ key: Key, _ katex: KaTeXLibrary) -> String {
        sha256("\(MathMLReader.version) \(katex.sha256) \(key.isDisplay) \(key.tex)".utf8)
    }

    private func engine(_ state: inout State) throws(KaTeXFault) -> KaTeX {
        if let engine = state.engine { return engine }
        // Read now, it is what it is now, whatever a cache knew.
        let library: LoadedLibrary
        if let known = state.library, known.source != nil {
            library = known
        } else {
            library = try LoadedLibrary(in: workspace)
        }
        state.library = library
        state.hasStarted = true
        guard let engine = library.source.flatMap({ KaTeX(source: $0) }) else { throw .unusable(library.katex.path) }
        state.engine = engine
        return engine
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

/// Keeps what KaTeX wrote, by digests of everything that it depends on, and which KaTeX that was.
package protocol FormulaCache: Sendable {
    /// What is known of the file at a path; nil where it is not the one that was read, or none was.
    func library(at path: String) -> KaTeXLibrary?
    func store(_ library: KaTeXLibrary)
    func markup(for digest: String) -> String?
    func store(_ markup: String, for digest: String)
}

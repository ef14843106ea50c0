import CCMarkGFM
import Synchronization

/// GitHub's additions to CommonMark, by the names under which cmark-gfm keeps them.
///
/// The registry is global C state, and so is the table of characters that begin an inline: while a parser finishes, its
/// extensions' characters are in the table, and then they are taken out of it. Two parsers at once would take them from
/// each other, so one parses at a time, behind this one value.
final class SyntaxExtensions: Sendable {
    static let shared = SyntaxExtensions()

    private let names = ["table", "strikethrough", "autolink", "tasklist", "tagfilter"]
    private let turn = Mutex(())

    private init() { cmark_gfm_core_extensions_ensure_registered() }

    /// The tree of a text, read while no other text is.
    ///
    /// The blocks and inlines of a large text are millions of small pieces, which go all at once where they come from
    /// cmark's arena; that, too, is one for all.
    ///
    /// - Parameter extended: With all of the extensions, or none.
    func tree<Read>(
        of bytes: Bytes, options: Int32, extended: Bool, read: (OpaquePointer) -> Read?
    ) -> Read? {
        var found: Read?
        if bytes.count < SyntaxExtensions.largeText {
            var root: OpaquePointer?
            turn.withLock { _ in root = self.root(bytes, options, extended, cmark_get_default_mem_allocator()) }
            if let root {
                defer { cmark_node_free(root) }
                found = read(root)
            }
        } else {
            turn.withLock { _ in
                found = root(bytes, options, extended, cmark_get_arena_mem_allocator()).flatMap(read)
                cmark_arena_reset()
            }
        }
        return found
    }

    /// From here on the arena is worth that others wait.
    private static let largeText = 1 << 20

    private func root(
        _ bytes: Bytes, _ options: Int32, _ extended: Bool, _ memory: UnsafeMutablePointer<cmark_mem>?
    ) -> OpaquePointer? {
        guard let memory, let parser = cmark_parser_new_with_mem(options, memory) else { return nil }
        defer { cmark_parser_free(parser) }
        for name in extended ? names : [] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        return cmark_parser_finish(parser)
    }
}

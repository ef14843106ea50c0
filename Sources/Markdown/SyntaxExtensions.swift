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

    /// Attaches all of them and lets the parser read while no other does.
    func parse(with parser: OpaquePointer, _ read: () -> OpaquePointer?) -> OpaquePointer? {
        turn.withLock { _ in
            for name in names {
                if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
            }
            return read()
        }
    }

    /// The same without any of them.
    func parseWithout(_ parser: OpaquePointer, _ read: () -> OpaquePointer?) -> OpaquePointer? {
        turn.withLock { _ in read() }
    }
}

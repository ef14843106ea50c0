import CCMarkGFM

/// GitHub's additions to CommonMark, by the names under which cmark-gfm keeps them.
///
/// The registry is global C state: everything that touches it goes through this one value, which registers once.
struct SyntaxExtensions: Sendable {
    static let shared = SyntaxExtensions()

    private let names = ["table", "strikethrough", "autolink", "tasklist", "tagfilter"]

    private init() { cmark_gfm_core_extensions_ensure_registered() }

    func attach(to parser: OpaquePointer) {
        for name in names {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
    }
}

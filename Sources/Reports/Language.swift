import Diagnostics
import Documents
import Values

/// What assembling needs of the language: how values resolve, how claims are checked, how rich text is read.
struct Language: Sendable {
    var resolve: @Sendable (InlineValue, Value, inout [Diagnostic]) -> ResolvedValue?
    var check: @Sendable (Claim, Value, inout [Diagnostic]) -> ResolvedClaim?
    /// Inline Markdown that a directive's table carries.
    var parse: @Sendable (String, SourceRange, inout [Diagnostic]) -> RichText
    /// A value in the notation of the language's formats.
    var write: @Sendable (Value, String) -> String
}

package import Diagnostics
package import Documents
package import Values

/// A value of the prose with what it came to.
package struct ResolvedValue: Sendable, Hashable {
    package var path: ResultPath
    package var text: String
    package var value: Value
    package var range: SourceRange

    package init(path: ResultPath, text: String, value: Value, range: SourceRange) {
        self.path = path
        self.text = text
        self.value = value
        self.range = range
    }
}

/// A claim of the prose with whether it holds.
package struct ResolvedClaim: Sendable, Hashable {
    package var path: ResultPath
    /// The link's text as written.
    package var text: String
    package var holds: Bool
    /// What the text would say now.
    package var current: String
    package var range: SourceRange

    package init(path: ResultPath, text: String, holds: Bool, current: String, range: SourceRange) {
        self.path = path
        self.text = text
        self.holds = holds
        self.current = current
        self.range = range
    }
}

extension InlineValue {
    /// The value as text; nil, with a diagnostic, where the path leads nowhere or to no number.
    package func resolved(in root: Value, diagnostics: inout [Diagnostic]) -> ResolvedValue? { nil }
}

extension Claim {
    /// Checks the claim; nil, with a diagnostic, where the path leads nowhere or to no number. A claim that does not
    /// hold is a diagnostic too, with the fix that rewrites its number.
    package func resolved(in root: Value, diagnostics: inout [Diagnostic]) -> ResolvedClaim? { nil }
}

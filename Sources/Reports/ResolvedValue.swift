package import Diagnostics
package import Values

/// A number in the prose as it stands now.
package struct ResolvedValue: Sendable, Hashable {
    package var path: ResultPath
    /// As printed.
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

/// A claim as checked.
package struct ResolvedClaim: Sendable, Hashable {
    package var path: ResultPath
    /// As written.
    package var text: String
    package var holds: Bool
    /// What it is now.
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

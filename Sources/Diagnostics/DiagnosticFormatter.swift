/// Diagnostics as text for people and as JSON Lines for programs.
package struct DiagnosticFormatter: Sendable {
    package var isColored: Bool

    package init(isColored: Bool = false) { self.isColored = isColored }

    /// `error[E0301]: …`, the line with the place underlined, notes, help, and `  --> Analyses/proxy.md:12:3`.
    package func text(_ diagnostic: Diagnostic) -> String { "" }

    /// One object on one line, without a line ending.
    package func jsonLine(_ diagnostic: Diagnostic) -> String { "" }
}

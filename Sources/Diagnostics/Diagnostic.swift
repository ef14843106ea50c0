/// Something that a person must know about their input: the rule, where it is broken, and what to do.
package struct Diagnostic: Error, Hashable, Sendable {
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    /// A second place that explains the first: another range, or a row and column of a data file.
    package struct Note: Hashable, Sendable {
        package var message: String
        package var range: SourceRange?

        package init(_ message: String, at range: SourceRange? = nil) {
            self.message = message
            self.range = range
        }
    }

    /// A change of the text that would mend the fault.
    package struct FixIt: Hashable, Sendable {
        package var message: String
        package var range: SourceRange
        package var replacement: String

        package init(_ message: String, replacing range: SourceRange, with replacement: String) {
            self.message = message
            self.range = range
            self.replacement = replacement
        }
    }

    package var code: DiagnosticCode
    package var severity: Severity
    /// The rule, as one sentence without a full stop ("A proxy needs one outcome").
    package var message: String
    package var range: SourceRange?
    package var notes: [Note]
    package var fixIts: [FixIt]

    package init(
        _ severity: Severity = .error, _ code: DiagnosticCode, _ message: String, at range: SourceRange?,
        notes: [Note] = [], fixIts: [FixIt] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.range = range
        self.notes = notes
        self.fixIts = fixIts
    }

    package static func error(
        _ code: DiagnosticCode, _ message: String, at range: SourceRange?, notes: [Note] = [], fixIts: [FixIt] = []
    ) -> Diagnostic {
        Diagnostic(.error, code, message, at: range, notes: notes, fixIts: fixIts)
    }

    package static func warning(
        _ code: DiagnosticCode, _ message: String, at range: SourceRange?, notes: [Note] = [], fixIts: [FixIt] = []
    ) -> Diagnostic {
        Diagnostic(.warning, code, message, at: range, notes: notes, fixIts: fixIts)
    }
}

/// What kind of fault a diagnostic reports: a stable number and a name.
///
/// Each module declares its own codes in an extension. Numbers: 01xx files and projects, 02xx Markdown and front
/// matter, 03xx directives and their options, 04xx references and order, 05xx data, 06xx effects and estimators,
/// 07xx values and claims, 08xx tables and figures, from 0812 on the audit trail.
package struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
    package let number: Int
    package let name: String

    package init(_ number: Int, _ name: String) {
        self.number = number
        self.name = name
    }

    package var description: String {
        let digits = String(number)
        return "E" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension [Diagnostic] {
    package var hasErrors: Bool { contains { $0.severity == .error } }

    /// In file order: by path, then by position, then as they came.
    package func inFileOrder() -> [Diagnostic] {
        enumerated().sorted { a, b in
            let pathA = a.element.range?.file.path ?? ""
            let pathB = b.element.range?.file.path ?? ""
            if pathA != pathB { return pathA < pathB }
            let lowerA = a.element.range?.lower ?? 0
            let lowerB = b.element.range?.lower ?? 0
            return lowerA != lowerB ? lowerA < lowerB : a.offset < b.offset
        }.map(\.element)
    }
}

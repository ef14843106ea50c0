import Diagnostics
import Pipeline
import Values
import Workspace

/// A diagnostic as the overlay shows it.
struct DiagnosticMessage {
    let diagnostic: Diagnostic
    /// Whose files it speaks of; nil where it has none.
    let project: Project?
    /// nil where places lead nowhere.
    let editor: EditorLink?

    var value: Value {
        let explanation = Explanations.of(diagnostic.code)
        var object: Object = [
            "severity": .string(diagnostic.severity.rawValue), "message": shown(diagnostic.message),
            "code": .string(diagnostic.code.description), "name": .string(diagnostic.code.name),
            "place": diagnostic.range.map(place) ?? .null,
            "snippet": diagnostic.range.map { Value(DiagnosticFormatter.snippet(of: $0)) } ?? .list([]),
            "notes": .list(
                diagnostic.notes.map { ["text": shown($0.message), "place": $0.range.map(place) ?? .null] }),
            "help": .list(diagnostic.fixIts.map { shown($0.message) }),
        ]
        if let explanation {
            object["explanation"] = .list(
                [explanation.rule + ".", explanation.reason, explanation.remedy].map { .string($0) })
        }
        return .object(object)
    }

    /// Nothing in it turns the direction of writing, or hides.
    private func shown(_ text: String) -> Value { .string(DiagnosticFormatter.neutralized(text)) }

    private func place(_ range: SourceRange) -> Value {
        let start = range.start
        var link = Value.null
        // `.` and `..` do not stand in a path that a project shows.
        if let editor, let project {
            link = .string(
                editor.address(
                    of: Paths.joined(project.root, range.file.path), line: start.line,
                    column: range.file.utf16Column(at: range.lower)))
        }
        return [
            "text": shown("\(range.file.path):\(start.line):\(start.column)").string.map { .string($0) } ?? .null,
            "link": link,
        ]
    }
}

import Values

/// Diagnostics as one SARIF 2.1.0 log, the form that code forges and editors read.
///
/// Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, sections 3.14 (run), 3.27 (result),
/// 3.29 and 3.30 (places), 3.49 (rules), 3.55 (fixes). Columns count UTF-16 units; the end of a region is behind its
/// last character. Paths are relative to the project's root, `%SRCROOT%`.
package struct SARIFFormatter: Sendable {
    /// The version of `report`.
    package var version: String
    /// What is told of a code, where something is.
    package var explanation: @Sendable (DiagnosticCode) -> DiagnosticExplanation?

    package init(version: String, explanation: @escaping @Sendable (DiagnosticCode) -> DiagnosticExplanation?) {
        self.version = version
        self.explanation = explanation
    }

    /// The log of a run that found these diagnostics: JSON on one line, without a line ending.
    package func log(_ diagnostics: [Diagnostic]) -> String { value(diagnostics).compactJSON }

    private func value(_ diagnostics: [Diagnostic]) -> Value {
        var codes: [DiagnosticCode] = []
        for code in diagnostics.map(\.code).sorted(by: { $0.number < $1.number }) where codes.last != code {
            codes.append(code)
        }
        return [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "report", "version": .string(version), "rules": .list(codes.map(rule)),
                        ]
                    ],
                    "columnKind": "utf16CodeUnits",
                    "originalUriBaseIds": ["%SRCROOT%": ["description": ["text": "The project's root."]]],
                    "results": .list(diagnostics.map { result($0, of: codes) }),
                ]
            ],
        ]
    }

    private func rule(_ code: DiagnosticCode) -> Value {
        var rule: Object = ["id": .string(code.description), "name": .string(code.name)]
        guard let explanation = explanation(code) else { return .object(rule) }
        rule["shortDescription"] = ["text": .string(explanation.rule + ".")]
        rule["fullDescription"] = ["text": .string(explanation.reason)]
        rule["help"] = ["text": .string(explanation.text), "markdown": .string(explanation.text)]
        return .object(rule)
    }

    private func result(_ diagnostic: Diagnostic, of codes: [DiagnosticCode]) -> Value {
        // A note without a place can be read only in the message.
        let text = [diagnostic.message] + diagnostic.notes.filter { $0.range == nil }.map(\.message)
        var result: Object = [
            "ruleId": .string(diagnostic.code.description),
            "ruleIndex": Value(codes.firstIndex(of: diagnostic.code) ?? -1),
            "level": .string(diagnostic.severity.rawValue),
            "message": ["text": .string(text.joined(separator: "\n"))],
            "locations": .list(diagnostic.range.map { [["physicalLocation": place($0)]] } ?? []),
        ]
        let related: [Value] = diagnostic.notes.compactMap { note in
            note.range.map { ["physicalLocation": place($0), "message": ["text": .string(note.message)]] }
        }
        if !related.isEmpty { result["relatedLocations"] = .list(related) }
        if !diagnostic.fixIts.isEmpty { result["fixes"] = .list(diagnostic.fixIts.map(fix)) }
        return .object(result)
    }

    private func fix(_ fixIt: Diagnostic.FixIt) -> Value {
        let replacement: Value = [
            "deletedRegion": region(fixIt.range), "insertedContent": ["text": .string(fixIt.replacement)],
        ]
        return [
            "description": ["text": .string(fixIt.message)],
            "artifactChanges": [["artifactLocation": artifact(fixIt.range), "replacements": [replacement]]],
        ]
    }

    private func place(_ range: SourceRange) -> Value {
        ["artifactLocation": artifact(range), "region": region(range)]
    }

    private func artifact(_ range: SourceRange) -> Value {
        ["uri": .string(URIReference.text(ofPath: range.file.path)), "uriBaseId": "%SRCROOT%"]
    }

    private func region(_ range: SourceRange) -> Value {
        [
            "startLine": Value(range.start.line), "startColumn": Value(range.file.utf16Column(at: range.lower)),
            "endLine": Value(range.end.line), "endColumn": Value(range.file.utf16Column(at: range.upper)),
        ]
    }
}

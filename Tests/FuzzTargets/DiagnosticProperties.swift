import Diagnostics
import Foundation
import Pipeline

/// What holds of every diagnostic: its places lie in their files, between characters, and each form of it can be read.
func expectSound(_ diagnostics: [Diagnostic]) throws(FuzzTarget.Broken) {
    for diagnostic in diagnostics {
        let ranges = [diagnostic.range] + diagnostic.notes.map(\.range) + diagnostic.fixIts.map(\.range)
        for range in ranges.compactMap(\.self) { try expectInside(range, "\(diagnostic.code.name)") }
        try expect(!diagnostic.message.isEmpty, "\(diagnostic.code.name) says nothing")
        let line = DiagnosticFormatter().jsonLine(diagnostic)
        try expect(!line.contains("\n") && isJSON(line), "not a line of JSON: \(line)")
        let text = DiagnosticFormatter().text(diagnostic)
        try expect(!text.contains("\u{1B}"), "a terminal's escape reaches the terminal: \(text)")
    }
    let log = SARIFFormatter(version: "0", explanation: { _ in nil }).log(diagnostics)
    try expect(isJSON(log), "the SARIF log is not JSON: \(log)")
    for edit in SourceEdits.plan(diagnostics.flatMap(\.fixIts)) {
        try expect(edit.diff.hasPrefix("--- "), "an edit has a diff")
    }
}

/// A range lies in its file and cuts no character.
func expectInside(_ range: SourceRange, _ what: @autoclosure () -> String) throws(FuzzTarget.Broken) {
    let bytes = range.file.utf8
    func isBoundary(_ offset: Int) -> Bool { offset == bytes.count || bytes[offset] & 0xC0 != 0x80 }
    try expect(
        range.lower >= 0 && range.lower <= range.upper && range.upper <= bytes.count,
        "\(what()): \(range.lower)..<\(range.upper) of \(bytes.count) bytes")
    try expect(isBoundary(range.lower) && isBoundary(range.upper), "\(what()): a range that cuts a character")
}

func isJSON(_ text: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
}

/// Diagnostics as text, to tell whether two readings said the same.
func said(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { DiagnosticFormatter().jsonLine($0) }.joined(separator: "\n")
}

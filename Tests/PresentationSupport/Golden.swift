import Foundation
package import Testing

/// Compares a text with the recorded file `Golden/<name>` beside the test's own file.
///
/// A missing file fails and a mismatch leaves `<name>-changed` beside it; `REPORT_RECORD=1` records on purpose.
package func expectGolden(
    _ text: String, _ name: String, testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Golden")
    let golden = folder.appendingPathComponent(name)
    let changed = folder.appendingPathComponent(name + "-changed")
    try? FileManager.default.removeItem(at: changed)
    if ProcessInfo.processInfo.environment["REPORT_RECORD"] == "1" {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: golden)
        } catch {
            Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    guard let recorded = try? Data(contentsOf: golden) else {
        Issue.record("there is no golden file \(name)", sourceLocation: sourceLocation)
        return
    }
    guard recorded != Data(text.utf8) else { return }
    try? Data(text.utf8).write(to: changed)
    Issue.record("\(name) differs from its golden file; see \(name)-changed", sourceLocation: sourceLocation)
}

import Diagnostics
import Foundation
import Testing

@testable import Pipeline

@Suite struct DiagnosticCodesTests {
    /// What the sources declare, module by module.
    @Test func everyDeclaredCodeIsListed() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let declaration = /static let \w+ = DiagnosticCode\((\d+), "([^"]+)"\)/
        var declared: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            declared += text.matches(of: declaration).map { "\($0.output.1) \($0.output.2)" }
        }
        #expect(declared.count > 60)
        #expect(DiagnosticCodes.all.map { "\($0.number) \($0.name)" } == declared.sorted())
    }
}

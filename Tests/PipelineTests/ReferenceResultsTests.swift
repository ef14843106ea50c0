import Diagnostics
import Documents
import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// Every path that the reference documents is made by some directive.
@Suite struct ReferenceResultsTests {
    /// Whether a path leads somewhere; a capital word, anywhere.
    private static func leads(_ path: ArraySlice<String>, in value: Any) -> Bool {
        guard let name = path.first else { return true }
        let rest = path.dropFirst()
        let isFree = ResultSchema.isPlaceholder(name)
        if let object = value as? [String: Any] {
            return object.contains { (isFree || $0.key == name) && leads(rest, in: $0.value) }
        }
        return isFree && (value as? [Any])?.contains { leads(rest, in: $0) } == true
    }

    @Test func documentedPathsExist() throws {
        var found: Set<String> = []
        for body in [
            ReferenceAnalyses.proxies, ReferenceAnalyses.models, ReferenceAnalyses.designs, ReferenceAnalyses.lake,
        ] {
            let project = ReferenceAnalyses.project(body)
            let outcome = try #require(project.build { $0.trustsTemplates = true })
            let errors = outcome.diagnostics.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(errors.summary) \(errors.map(\.message))")
            let file = try JSONSerialization.jsonObject(with: Data((project.text("output/a.json") ?? "").utf8))
            let results = try #require((file as? [String: Any])?["results"] as? [String: [String: Any]])
            for result in results.values {
                let word = try #require(result["directive"] as? String)
                for entry in DirectiveSchema.named(word)?.results ?? [] {
                    if Self.leads(entry.components[...], in: result["values"] ?? [:]) {
                        found.insert("\(word) \(entry.path)")
                    }
                }
            }
        }
        let missing = DirectiveSchema.all.flatMap { schema in
            schema.results.map { "\(schema.word) \($0.path)" }.filter { !found.contains($0) }
        }
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }

    @Test func aWrongPathIsFound() {
        let value: [String: Any] = ["rows": [["se": 1]]]
        #expect(Self.leads(["rows", "N", "se"], in: value) && !Self.leads(["rows", "N", "sd"], in: value))
        #expect(!Self.leads(["rows", "se"], in: value))
    }
}

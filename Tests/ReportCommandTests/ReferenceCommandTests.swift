import Foundation
import Testing

/// `report reference`, `inspect` and `new` as a person meets them.
@Suite struct ReferenceCommandTests {
    @Test func referenceIsMarkdownOrASchema() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let all = try BuiltBinary.run(["reference"], in: folder)
        #expect(all.code == 0 && all.standardOutput.hasPrefix("# The language of analyses\n"))
        #expect(all.standardOutput.contains("`missing-column`"))
        let one = try BuiltBinary.run(["reference", "table", "data"], in: folder).standardOutput
        #expect(one.hasPrefix("## `table`") && one.contains("\n## `data`") && !one.contains("## `proxy`"))
        #expect(try BuiltBinary.run(["reference", "nonsense"], in: folder).code == 64)
        let text = try BuiltBinary.run(["reference", "--json-schema"], in: folder).standardOutput
        let schema = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test func aNewProjectBuildsAndIsInspected() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try BuiltBinary.run(["new", "pilot", "--template", "shrinkage"], in: folder)
        #expect(made.code == 0, "\(made.standardError)")
        #expect(
            made.standardOutput
                == "pilot/Analyses/pilot.md\npilot/Analyses/data/README.md\npilot/Analyses/data/effects.csv\n"
                + "pilot/README.md\npilot/.gitignore\npilot/.gitattributes\n")
        let again = try BuiltBinary.run(["new", "pilot"], in: folder)
        #expect(again.code == 1 && again.standardError.contains("empty folder"))
        #expect(try BuiltBinary.run(["new", "other", "--template", "nonsense"], in: folder).code == 64)
        let built = try BuiltBinary.run(["build", "pilot/Analyses", "--strict"], in: folder)
        #expect(built.code == 0 && built.standardError == "", "\(built.standardError)")
        let seen = try BuiltBinary.run(["inspect", "pilot/Analyses", "--results"], in: folder)
        let json = try JSONSerialization.jsonObject(with: Data(seen.standardOutput.utf8)) as? [String: Any]
        let analysis = (json?["analyses"] as? [[String: Any]])?.first
        #expect(seen.code == 0 && (analysis?["results"] as? [String: Any])?["pooled"] != nil)
        let plain = try BuiltBinary.run(["inspect", "pilot/Analyses"], in: folder)
        #expect(plain.code == 0 && !plain.standardOutput.contains("\"results\""))
    }
}

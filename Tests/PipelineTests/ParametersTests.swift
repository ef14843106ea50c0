import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Where the value of a parameter comes from.
@Suite struct ParametersTests {
    private let analysis = """
        ---
        title: A test
        params:
          level: {default: 0.9, min: 0, max: 1}
          segment: {default: web, choices: [web, app]}
          note: x
        ---

        `{params.level}`

        """

    private func built(
        _ file: String?, _ typed: [(String, String)] = []
    ) throws -> (params: JSON, outcome: Build.Outcome) {
        let project = TestProject(["Analyses/a.md": analysis])
        if let file { project.files.add("/home/ann/own/p.yaml", Array(file.utf8)) }
        let outcome = try #require(
            project.build {
                $0.params = typed.map { (name: $0.0, value: $0.1) }
                if file != nil { $0.paramsFile = "../own/p.yaml" }
            })
        return (JSON(project.text("output/a.json"))["params"], outcome)
    }

    @Test func theCommandLineGoesBeforeTheFileAndTheFileBeforeDefaults() throws {
        let (params, outcome) = try built("level: 0.8\nsegment: app\n", [("level", "0.7")])
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
        #expect(params["level"].number == 0.7 && params["segment"].string == "app" && params["note"].string == "x")
    }

    @Test func faultsPointIntoTheFile() throws {
        let (_, outcome) = try built("level: 1.5\nsegmnt: app\nsegment: apps\n")
        #expect(!outcome.succeeded)
        let faults = outcome.diagnostics
        #expect(faults.summary == "error out-of-range 1:8\nerror unknown-parameter 2:1\nerror unknown-choice 3:10")
        #expect(faults.allSatisfy { $0.range?.file.path == "../own/p.yaml" })
        #expect(faults.map { $0.fixIts.first?.replacement } == [nil, "segment", "app"])
        #expect(faults[0].message == "The parameter level is a number from 0 to 1, not 1.5")
        #expect(faults[0].notes.first?.range?.start.line == 4)
    }

    @Test func faultsOfTheCommandLinePointToTheDeclaration() throws {
        let (_, outcome) = try built(nil, [("level", "much"), ("segment", "wbe"), ("nte", "y")])
        #expect(
            outcome.diagnostics.summary == "error unknown-parameter 1:1\nerror wrong-type 4:3\nerror unknown-choice 5:3"
        )
        #expect(
            outcome.diagnostics.map { $0.notes.map(\.message) } == [
                ["did you mean note?"], ["it was given as --param level=much"],
                ["did you mean web?", "it was given as --param segment=wbe"],
            ])
    }

    @Test(arguments: [("- 1\n", "not-a-mapping"), ("a: [\n", "invalid-yaml"), ("a: &b 1\n", "refused-yaml")])
    func aFileThatIsNoMappingBuildsNothing(text: String, code: String) {
        let project = TestProject(["Analyses/a.md": analysis, "p.yaml": text])
        for (path, expected) in [("p.yaml", code), ("none.yaml", "unreadable-file")] {
            var options = BuildOptions()
            options.paramsFile = path
            let build = Build(options, in: project.workspace, trust: Trust(project.workspace, configurationHome: nil))
            let (general, outcomes) = build.run(["Analyses"])
            #expect(general.map(\.code.name) == [expected])
            #expect(outcomes.isEmpty && project.text("output/a.html") == nil)
        }
    }
}

import BuiltInTemplates
import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Projects of `report new`.
@Suite struct NewProjectTests {
    @Test(arguments: ProjectTemplate.allCases)
    func buildsWithoutWarnings(template: ProjectTemplate) throws {
        let project = TestProject([:])
        let files = try NewProject.make("pilot", from: template, in: project.workspace)
        let folder = TestProject.root + "/pilot"
        #expect(files.prefix(2) == ["\(folder)/Analyses/pilot.md", "\(folder)/Analyses/data/README.md"])
        #expect(files.suffix(3) == ["README.md", ".gitignore", ".gitattributes"].map { "\(folder)/\($0)" })
        for file in files {
            let text = try #require(project.files.bytes(at: file)).count
            #expect(text > 0 && text < 10_000)
            #expect(!String(decoding: project.files.bytes(at: file) ?? [], as: UTF8.self).contains("{{name}}"))
        }
        let outcome = try #require(project.build("pilot/Analyses"))
        #expect(outcome.succeeded && outcome.diagnostics.isEmpty, "\(outcome.diagnostics.summary)")
        #expect(outcome.files.first == "\(folder)/output/pilot.html")
    }

    @Test func refusesWhatIsThere() throws {
        let project = TestProject(["full/notes.txt": "mine", "file": "mine"])
        for name in ["full", "file"] {
            let fault = #expect(throws: Diagnostic.self) {
                try NewProject.make(name, from: .blank, in: project.workspace)
            }
            #expect(fault?.code == .projectExists)
        }
        #expect(project.text("full/notes.txt") == "mine" && project.text("full/README.md") == nil)
        project.files.link(TestProject.root + "/link", to: "elsewhere")
        #expect(throws: Diagnostic.self) { try NewProject.make("link", from: .blank, in: project.workspace) }
    }

    @Test(arguments: ["a b", "-x", "é", "a/[b]", ".."])
    func namesArePlain(name: String) {
        let project = TestProject([:])
        // `..` is the folder above, by its own name, which is not empty.
        let fault = #expect(throws: Diagnostic.self) {
            try NewProject.make(name, from: .blank, in: project.workspace)
        }
        #expect(fault?.code == (name == ".." ? .projectExists : .projectName))
    }
}

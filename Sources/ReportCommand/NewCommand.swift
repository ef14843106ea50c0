import ArgumentParser
import BuiltInTemplates
import Diagnostics
import Pipeline
import Workspace

/// `report new`.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Makes a project: an analysis that builds, with data to replace.",
        discussion: "The folder must not exist yet, or be empty.")

    @Argument(help: "The folder to make; its name is the analysis's, too.", completion: .directory)
    var name: String

    @Option(name: .long, help: "What to begin with.")
    var template = ProjectTemplate.blank

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        do throws(Diagnostic) {
            for path in try NewProject.make(name, from: template, in: machine.workspace) {
                console.say(Paths.relative(path, to: machine.workspace.workingFolder))
            }
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
    }
}

extension ProjectTemplate: ExpressibleByArgument {}

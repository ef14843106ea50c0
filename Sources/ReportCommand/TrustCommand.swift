import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report trust`.
struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Lets a project use HTML templates, engine commands and databases of its own.",
        discussion: """
            The word is kept outside the project and bound to the digests of its report.yaml and Templates/: any change there \
            withdraws it. Read those files first.
            """)

    @Argument(help: "A file or folder of the project.", completion: .directory)
    var path = "."

    func run() throws {
        let machine = Machine()
        let console = Console(ReportingOptions.standard)
        defer { console.finish() }
        switch machine.project(of: path) {
        case .failure(let diagnostic):
            console.show([diagnostic])
            throw ExitCode(1)
        case .success(let project):
            do throws(FileError) {
                console.say(TrustCommand.text(project, try machine.trust.trust(project)))
            } catch {
                console.show([
                    .error(.unwritableOutput, "The word cannot be kept: \(error.path): \(error.reason)", at: nil)
                ])
                throw ExitCode(1)
            }
        }
    }

    private static func text(_ project: Project, _ files: [String]) -> String {
        let heading = "Trusted \(project.root)" + (files.isEmpty ? ", which has no files that need it." : ":")
        return ([heading] + files.map { "  \($0)" }).joined(separator: "\n")
    }
}

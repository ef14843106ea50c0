import ArgumentParser
import Pipeline
import Workspace

/// `report trust`.
struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Lets a project use HTML templates of its own.",
        discussion: """
            The word is kept outside the project and bound to the digests of its report.yaml and Templates/: any change there \
            withdraws it. Read those files first.
            """)

    @Argument(help: "A file or folder of the project.", completion: .directory)
    var path = "."

    func run() throws {
        let machine = Machine()
        guard let typed = machine.workspace.existingPath(path), let real = machine.workspace.files.realPath(of: typed)
        else {
            throw ValidationError("There is no file or folder \(path).")
        }
        let isFolder = machine.workspace.files.status(of: real)?.kind == .folder
        let project = try Project.containing(isFolder ? Paths.joined(real, "report.yaml") : real, in: machine.workspace)
            .get()
        let files = try machine.trust.trust(project)
        print("Trusted \(project.root)" + (files.isEmpty ? ", which has no files that need it." : ":"))
        for file in files { print("  \(file)") }
    }
}

import ArgumentParser
import Diagnostics
import Pipeline

/// `report audit mirror`.
struct MirrorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror", abstract: "Copies the audit trail, and refuses a copy that it is not an extension of.",
        discussion: """
            What is copied is checked first. A mirror on other hardware, or in other hands, is what shows that a trail was \
            rewritten: bring it up to date after each build, or at night.
            """)

    @Argument(help: "The folder of the copy; it is made, or brought up to date.", completion: .directory)
    var folder: String

    @OptionGroup var trail: TrailArguments

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        try trail.run(reporting) { trail, workspace, console throws(Diagnostic) in
            let outcome = try TrailMirror(trail, in: workspace).write(to: folder)
            console.say(outcome.text)
        }
    }
}

import ArgumentParser
import Diagnostics
import Pipeline

/// `report audit keygen`.
struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen", abstract: "Makes a key that builds sign the audit trail with.",
        discussion: """
            An Ed25519 key in the form of C2SP signed notes, in a file that only its owner can read. Printed is the key that \
            others check signatures with. Without a key trails are not signed.
            """)

    @Argument(
        help:
            "The file for the key, outside of every project. (default: report/signing-key in the user's configuration)",
        completion: .file())
    var file: String?

    @Option(name: .long, help: "The key's name, as example.com/experiments. (default: one that follows from the key)")
    var name: String?

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        do throws(Diagnostic) {
            let key = try NewSigningKey(
                file, name: name, in: machine.workspace, configurationHome: machine.configurationHome)
            console.say(key.text)
            print(key.verifyingKey)
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
    }
}

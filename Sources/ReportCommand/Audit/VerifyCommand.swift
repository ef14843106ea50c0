import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report audit verify`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks that the audit trail and the reports are as they were written.",
        discussion: """
            The tree is made anew from its entries and held against every file of the trail, the checkpoint against its \
            signatures, and every report against its latest entry; all that is wrong is told. With FILE and --proof one file is \
            checked without the trail. Exit codes: 0 all is as it was written, 1 something is not.
            """)

    @Argument(help: "A file to check by a proof, instead of the trail.", completion: .file())
    var file: String?

    @Option(name: .long, help: "The proof of the file: NAME.tlog-proof.", completion: .file(extensions: ["tlog-proof"]))
    var proof: String?

    @Option(
        name: .long, help: "A key to trust, as keygen prints it, or a file that holds it; may be given more than once.")
    var key: [String] = []

    @Option(
        name: .long, help: "An earlier checkpoint that the trail must continue; may be given more than once.",
        completion: .file())
    var checkpoint: [String] = []

    @Option(
        name: .long, help: "The output folder that the trail is of. (default: output in the project's root)",
        completion: .directory)
    var output: String?

    @Option(name: .long, help: "A copy of a trail to check, without reports.", completion: .directory)
    var trail: String?

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        guard (file == nil) == (proof == nil) else {
            throw ValidationError("A file is checked by a proof: report audit verify FILE --proof NAME.tlog-proof")
        }
    }

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        var request = VerifyRequest()
        request.keys = key
        request.checkpoints = checkpoint
        let (text, diagnostics): (String?, [Diagnostic])
        if let file, let proof {
            (text, diagnostics) = request.verify(file, proof: proof, in: machine.workspace)
        } else if let trail {
            (text, diagnostics) = request.verify(
                copy: machine.workspace.absolute(trail), in: machine.workspace)
        } else {
            do throws(Diagnostic) {
                let trail = try AuditTrail(of: ".", output: output, in: machine.workspace, trust: machine.trust)
                (text, diagnostics) = request.verify(trail, in: machine.workspace)
            } catch {
                (text, diagnostics) = (nil, [error])
            }
        }
        console.show(diagnostics)
        if let text { console.say(text) }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}

/// A repository of the program's own, empty at first, in which a commit is made of files and sent to another repository.
///
/// The project's own repository has no part in it: neither its work tree nor its index is touched, its settings name no program
/// that is run, and no hook of it runs. Only addresses by file, HTTPS and SSH are followed.
package struct GitStore: Sendable {
    package typealias Failure = GitRepository.Failure

    /// What came of sending a commit.
    package enum Answer: Sendable, Hashable {
        case accepted
        /// The branch has what the commit does not continue, or is not what it was; in git's words.
        case diverged(String)
        case refused(String)
    }

    /// Absolute.
    package let folder: String
    package let format: GitObjectFormat
    private let git: String
    private let variables: [String: String]
    private let processes: any ProcessRunner

    /// Where nothing is, or an empty folder.
    package init(
        at folder: String, _ format: GitObjectFormat, of project: Project, in workspace: WorkspaceContext
    ) throws(Failure) {
        guard let processes = workspace.processes, let git = workspace.program("git", outside: project) else {
            throw Failure(reason: "there is no git on the search path")
        }
        (self.folder, self.format, self.git, self.processes) = (folder, format, git, processes)
        variables = GitStore.variables(of: workspace, outside: project)
        // Without templates, which may bring hooks.
        try succeed(
            ["init", "--quiet", "--bare", "--template=", "--object-format=\(format.rawValue)", folder], isIn: false)
    }

    /// The user's own settings and what they reach other machines with, and nothing that leads to another repository.
    private static func variables(of workspace: WorkspaceContext, outside project: Project) -> [String: String] {
        var own = [
            "PATH": workspace.searchPath(outside: project).joined(separator: ":"), "LC_ALL": "C",
            "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "file:https:ssh",
        ]
        let passed = [
            "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "GIT_SSH_COMMAND",
            "GIT_SSL_CAINFO",
            "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY",
        ]
        for (name, value) in workspace.environment where passed.contains(name) || name.hasPrefix("GIT_CONFIG_") {
            own[name] = value
        }
        return own
    }

    private static let settings = [
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "gc.auto=0", "maintenance.auto=false", "push.gpgSign=false",
        "push.followTags=false", "push.recurseSubmodules=no", "fetch.recurseSubmodules=no", "core.quotePath=false",
        "protocol.ext.allow=never",
    ]

    /// - Parameters:
    ///   - isIn: Whether the command is about this repository.
    ///   - place: The working folder.
    func run(
        _ arguments: [String], isIn: Bool = true, at place: String? = nil, input: [UInt8] = [], seconds: Double = 600,
        limit: Int = 1 << 20, _ more: [String: String] = [:]
    ) throws(Failure) -> ProcessOutput {
        let options =
            (place.map { ["-C", $0] } ?? []) + ["--no-pager"] + GitStore.settings.flatMap { ["-c", $0] }
            + (isIn ? ["--git-dir=\(folder)"] : [])
        let command = ProcessCommand(
            git, options + arguments, environment: variables.merging(more) { $1 }, input: input, seconds: seconds,
            outputLimit: max(limit, 1 << 16))
        do throws(ProcessFailure) {
            return try processes.run(command)
        } catch {
            throw Failure(reason: error.reason)
        }
    }

    @discardableResult
    func succeed(
        _ arguments: [String], isIn: Bool = true, at place: String? = nil, input: [UInt8] = [], limit: Int = 1 << 20,
        _ more: [String: String] = [:]
    ) throws(Failure) -> [UInt8] {
        let answer = try run(arguments, isIn: isIn, at: place, input: input, limit: limit, more)
        guard answer.exitCode == 0 else { throw Failure(answer) }
        return answer.output
    }

    /// An object's name, alone on its line.
    func name(_ output: [UInt8]) throws(Failure) -> String {
        let text = String(decoding: output, as: UTF8.self).filter { !$0.isNewline }
        guard format.isName(text) else { throw Failure(reason: "git gave no name of an object: \(text.prefix(80))") }
        return text
    }

    /// How ssh is called: as the user says, else so that it asks for nothing, as nobody would answer.
    func sshVariables() throws(Failure) -> [String: String] {
        if variables["GIT_SSH_COMMAND"] != nil { return [:] }
        let isSet = try run(["config", "--get", "core.sshCommand"]).exitCode == 0
        return isSet ? [:] : ["GIT_SSH_COMMAND": "ssh -o BatchMode=yes"]
    }
}

import Publishing
import Workspace

/// rsync as this program runs it: without a shell on either side, and asking for nothing.
struct RsyncProgram {
    struct Failure: Error {
        var reason: String
    }

    /// What a transfer did, or would do, by paths from the target in the order of their bytes.
    struct Changes: Hashable {
        var added: [String] = []
        var changed: [String] = []
        var removed: [String] = []
    }

    private let path: String
    private let variables: [String: String]
    private let processes: any ProcessRunner

    /// nil where there is none outside the project.
    init?(of project: Project, in workspace: WorkspaceContext) {
        guard let processes = workspace.processes, let path = workspace.program("rsync", outside: project) else {
            return nil
        }
        (self.path, self.processes) = (path, processes)
        var own = [
            "PATH": workspace.searchPath(outside: project).joined(separator: ":"), "LC_ALL": "C",
            // Nobody would answer what ssh asks.
            "RSYNC_RSH": "ssh -o BatchMode=yes",
        ]
        for name in [
            "HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "RSYNC_RSH", "RSYNC_PASSWORD", "RSYNC_PROXY",
        ] {
            if let value = workspace.environment[name] { own[name] = value }
        }
        variables = own
    }

    /// The paths of all files below a folder; none where it is not there.
    func files(below address: String) throws(Failure) -> Set<String> {
        let answer = try run(["--recursive", "--list-only", "--"] + [address + "/"])
        let words = String(decoding: answer.errors, as: UTF8.self)
        // 23: a partial transfer, here of nothing.
        if answer.exitCode == 23, words.contains("No such file or directory (2)"), answer.output.isEmpty { return [] }
        guard answer.exitCode == 0 else { throw failure(answer) }
        var found: Set<String> = []
        for line in RsyncProgram.lines(answer.output) {
            // Mode, size, date, time, name.
            let parts = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
            guard parts.count == 5, let kind = parts[0].first, kind != "d" else { continue }
            let name = kind == "l" ? parts[4].split(separator: " -> ", maxSplits: 1).first ?? parts[4] : parts[4]
            found.insert(RsyncProgram.plain(name))
        }
        return found
    }

    /// Copies one file into a folder of this machine.
    func fetch(_ address: String, to folder: String) throws(Failure) {
        let answer = try run(["--", address, folder + "/"])
        guard answer.exitCode == 0 else { throw failure(answer) }
    }

    /// Makes a folder hold the files of another, and removes some that it has not; what else is there stays.
    func transfer(_ tree: String, to address: String, removing gone: [String], isDry: Bool) throws(Failure) -> Changes {
        let answer = try run(
            [
                "--recursive", "--checksum", "--delay-updates", "--delete-after", "--filter=merge -",
                "--out-format=%i %n",
            ] + (isDry ? ["--dry-run"] : []) + ["--", tree + "/", address + "/"],
            input: RsyncRules.removing(gone))
        guard answer.exitCode == 0 else { throw failure(answer) }
        var changes = Changes()
        for line in RsyncProgram.lines(answer.output) {
            // Eleven signs, a blank, the name.
            let flags = line.prefix(11)
            let name = RsyncProgram.plain(line.dropFirst(12))
            if name.hasSuffix("/") || name == PublicationManifest.path { continue }
            if flags.hasPrefix("*deleting") {
                changes.removed.append(name)
            } else if flags.hasPrefix("<f") || flags.hasPrefix(">f") {
                if flags.dropFirst(2).allSatisfy({ $0 == "+" }) {
                    changes.added.append(name)
                } else {
                    changes.changed.append(name)
                }
            }
        }
        changes.added = changes.added.sortedByBytes()
        changes.changed = changes.changed.sortedByBytes()
        changes.removed = changes.removed.sortedByBytes()
        return changes
    }

    private func run(_ arguments: [String], input: String = "") throws(Failure) -> ProcessOutput {
        // Names reach the other side as they are, whatever its shell would make of them.
        let command = ProcessCommand(
            path, ["--protect-args"] + arguments, environment: variables, input: Array(input.utf8), seconds: 3600,
            outputLimit: 1 << 27)
        do throws(ProcessFailure) {
            return try processes.run(command)
        } catch {
            throw Failure(reason: "rsync: " + error.reason)
        }
    }

    private func failure(_ answer: ProcessOutput) -> Failure {
        let words = String(decoding: answer.errors, as: UTF8.self).split(separator: "\n").first.map(String.init)
        return Failure(reason: words ?? "rsync ended with exit code \(answer.exitCode)")
    }

    private static func lines(_ output: [UInt8]) -> [Substring] {
        String(decoding: output, as: UTF8.self).split(separator: "\n")
    }

    /// A name as rsync prints it: of what cannot be seen, and of a backslash before such a number, it prints `\#` and three
    /// octal digits a byte.
    private static func plain(_ name: Substring) -> String {
        let bytes = Array(name.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let digits = bytes.dropFirst(index + 2).prefix(3)
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "#"),
                digits.count == 3, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                out.append(byte)
                index += 5
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// The git repository that a project lies in, read and never written.
///
/// A project is a stranger's, and so is its `.git/config`, which can name programs for almost anything that git does.
/// So git is asked only for what needs none of them (`rev-parse`, `ls-tree`, `cat-file`, `config`, `log` without patches):
/// nothing that reads the index or writes files, no filters, no hooks, no network. git itself is found in the search path's folders outside the
/// project, and nothing of the environment that would lead it to another repository is passed on.
package struct GitRepository: Sendable {
    /// A file of a commit.
    package struct File: Sendable, Hashable {
        package enum Kind: Sendable {
            case file
            case link
            /// A commit of another repository.
            case submodule
        }

        /// From the project's root.
        package var path: String
        package var kind: Kind
        /// The object's name.
        package var name: String
        /// In bytes; nil of a submodule, and where the repository does not have the object.
        package var size: Int?

        package init(path: String, kind: Kind, name: String, size: Int?) {
            self.path = path
            self.kind = kind
            self.name = name
            self.size = size
        }
    }

    /// What git could not tell, with its own words.
    package struct Failure: Error, Hashable, Sendable {
        package var reason: String

        package init(reason: String) { self.reason = reason }
    }

    /// Of a file whose size is not known, in bytes.
    private static let largestSize = 1 << 32

    package let format: GitObjectFormat
    /// The project's folder in the repository: empty, or ending in `/`.
    package let prefix: String
    let root: String
    private let git: String
    private let environment: [String: String]
    private let processes: any ProcessRunner
    let files: any FileSystem

    /// nil where there is no git, or where the project lies in no repository that git would read: one of another user's is
    /// not, unless the user's own settings say that it is safe.
    package init?(of project: Project, in workspace: WorkspaceContext) {
        guard let processes = workspace.processes, let git = workspace.program("git", outside: project) else {
            return nil
        }
        (root, self.git, self.processes) = (project.root, git, processes)
        (environment, files) = (workspace.environment, workspace.files)
        let command = GitRepository.command(
            git, ["rev-parse", "--show-object-format", "--show-prefix"], root, workspace.environment)
        guard let answer = try? processes.run(command), answer.exitCode == 0 else { return nil }
        let lines = String(decoding: answer.output, as: UTF8.self).split(
            separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, let format = GitObjectFormat(rawValue: String(lines[0])), lines[1].hasSuffix("\n")
        else { return nil }
        self.format = format
        prefix = String(lines[1].dropLast())
    }

    /// The object name of the commit that HEAD is, nil before the first one.
    package func head() throws(Failure) -> String? {
        let answer = try run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
        let name = String(decoding: answer.output, as: UTF8.self).filter { $0 != "\n" }
        return answer.exitCode == 0 && format.isName(name) ? name : nil
    }

    /// Whether the repository has a commit of this name.
    package func has(_ revision: String) throws(Failure) -> Bool {
        guard format.isName(revision) else { return false }
        return try run(["cat-file", "-e", revision + "^{commit}"]).exitCode == 0
    }

    /// The project's files in a commit, sorted by the bytes of their paths.
    package func files(at revision: String) throws(Failure) -> [File] {
        guard format.isName(revision) else { throw Failure(reason: "\(revision) is not the name of a commit") }
        let tree = revision + (prefix.isEmpty ? "^{tree}" : ":" + prefix.dropLast())
        func list(_ options: [String]) throws(Failure) -> ProcessOutput {
            try run(["ls-tree", "-r", "-z", "--full-tree"] + options + [tree], outputLimit: 1 << 28)
        }
        var answer = try list(["-l"])
        // A copy without all objects cannot tell all sizes.
        if answer.exitCode != 0 { answer = try list([]) }
        guard answer.exitCode == 0 else { throw Failure(answer) }
        return answer.output.split(separator: 0).compactMap { File(listed: $0, format) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The bytes of a file, exactly as they were committed; of a link the path that it leads to.
    package func contents(of file: File) throws(Failure) -> [UInt8] {
        let limit = file.size ?? GitRepository.largestSize
        let answer = try run(["cat-file", "blob", file.name], seconds: 600, outputLimit: limit)
        guard answer.exitCode == 0, GitBlobName.of(answer.output, format) == file.name else { throw Failure(answer) }
        return answer.output
    }

    /// `Name <address>` as the user's settings and the project's have it, or what they have of it.
    package func user() throws(Failure) -> String? {
        let answer = try run(["config", "--null", "--get-regexp", #"^user\.(name|email)$"#])
        var found: [String: String] = [:]
        // A key, a line's end, its value; the last word on a key stands.
        for item in answer.output.split(separator: 0) {
            let parts = String(decoding: item, as: UTF8.self).split(separator: "\n", maxSplits: 1)
            guard parts.count == 2 else { continue }
            found[String(parts[0])] = parts[1].filter { $0 != "<" && $0 != ">" && !$0.isNewline }
        }
        let words = [found["user.name"], found["user.email"].map { "<\($0)>" }].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    func run(
        _ arguments: [String], input: String = "", seconds: Double = 60, outputLimit: Int = 1 << 20
    ) throws(Failure) -> ProcessOutput {
        var command = GitRepository.command(git, arguments, root, environment)
        command.input = Array(input.utf8)
        command.seconds = seconds
        command.outputLimit = max(outputLimit, 1 << 16)
        do throws(ProcessFailure) {
            return try processes.run(command)
        } catch {
            throw Failure(reason: error.reason)
        }
    }
}

extension GitRepository.Failure {
    /// git's own words, or that it had none.
    init(_ answer: ProcessOutput) {
        let words = String(decoding: answer.errors, as: UTF8.self).split(separator: "\n").first.map(String.init)
        reason = words ?? "git ended with exit code \(answer.exitCode)"
    }
}

extension GitRepository.File {
    /// A line of `ls-tree`: mode, type, name, with -l the size, a tab, path. nil for what is none, and for names that are not text.
    init?(listed line: some Collection<UInt8>, _ format: GitObjectFormat) {
        guard let text = String(validating: line, as: UTF8.self), let tab = text.firstIndex(of: "\t") else {
            return nil
        }
        let parts = text[..<tab].split(separator: " ")
        guard parts.count >= 3, format.isName(parts[2]) else { return nil }
        let kind: Kind? =
            switch parts[0] {
            case "100644", "100755", "100664": .file
            case "120000": .link
            case "160000": .submodule
            default: nil
            }
        guard let kind else { return nil }
        self.init(
            path: String(text[text.index(after: tab)...]), kind: kind, name: String(parts[2]),
            size: parts.count > 3 ? Int(parts[3]) : nil)
    }
}

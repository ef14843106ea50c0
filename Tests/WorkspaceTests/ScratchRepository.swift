import Foundation
import Testing

@testable import Workspace

/// A git repository in a folder of its own, made with the machine's git.
struct ScratchRepository {
    let folder: URL
    /// The project in it.
    let project: Project

    /// - Parameter subfolder: Where the project lies in the repository.
    init(subfolder: String? = nil, format: String = "sha1") throws {
        let made = FileManager.default.temporaryDirectory.appending(path: "git-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
        let real = DiskFileSystem().realPath(of: made.path) ?? made.path
        folder = URL(fileURLWithPath: real)
        project = Project(root: subfolder.map { Paths.joined(real, $0) } ?? real)
        try FileManager.default.createDirectory(atPath: project.root, withIntermediateDirectories: true)
        try git("init", "--quiet", "--object-format=\(format)", "--initial-branch=main")
        try git("config", "user.name", "Ann Author")
        try git("config", "user.email", "ann@example.org")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// As the program has it, but for what the test puts into the environment.
    func workspace(_ environment: [String: String] = [:]) -> WorkspaceContext {
        var own = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path]
        for (name, value) in environment { own[name] = value }
        return WorkspaceContext(
            files: DiskFileSystem(), workingFolder: project.root, home: folder.path, user: getuid(), environment: own,
            processes: SystemProcessRunner())
    }

    func repository(_ environment: [String: String] = [:]) -> GitRepository? {
        GitRepository(of: project, in: workspace(environment))
    }

    func write(_ path: String, _ text: String) throws {
        let file = URL(fileURLWithPath: project.root).appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// A program of the project that leaves a file behind when it is run.
    func writeTrap(_ path: String) throws {
        try write(path, "#!/bin/sh\necho \"$0 $*\" >> '\(folder.path)/ran'\ncat\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: Paths.joined(project.root, path))
    }

    /// What was run of the project, nil where nothing was.
    var trapped: String? { try? String(contentsOf: folder.appending(path: "ran"), encoding: .utf8) }

    /// Commits everything and returns the commit's name.
    @discardableResult
    func commit() throws -> String {
        try git("add", "--all")
        try git("commit", "--quiet", "--no-gpg-sign", "-m", "A commit")
        return try git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
    }

    /// The machine's git as a person runs it, without their settings.
    @discardableResult
    func git(_ arguments: String...) throws -> String {
        let command = ProcessCommand(
            "/usr/bin/env", ["git", "-C", folder.path] + arguments,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
                "GIT_CONFIG_GLOBAL": "/dev/null",
            ])
        let answer = try SystemProcessRunner().run(command)
        try #require(answer.exitCode == 0, "git \(arguments): \(String(decoding: answer.errors, as: UTF8.self))")
        return String(decoding: answer.output, as: UTF8.self)
    }
}

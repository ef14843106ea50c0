import Diagnostics
import Digests
import Foundation
import Publishing
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// A project in memory with a report, its audit trail, and a site as a build of one leaves it.
struct PublishedProject {
    let audit: AuditProject

    init(_ analysis: String = AuditProject.analysis) {
        audit = AuditProject(analysis)
        audit.build()
        makeSite()
    }

    var files: MemoryFileSystem { audit.project.files }

    /// A site of what lies in the output folder: pages in a frame, the rest as it is.
    ///
    /// - Parameter more: Pages besides.
    func makeSite(_ more: [String: String] = ["index.html": "home", "assets/site.0123456789.css": "css"]) {
        for path in files.paths where path.hasPrefix(TestProject.root + "/output/site/") { try? files.remove(path) }
        var pages: [String: [UInt8]] = more.mapValues { Array($0.utf8) }
        for (path, bytes) in audit.files(below: "output") where !path.hasPrefix("audit/") && !path.contains("tlog") {
            pages[path] = path.hasSuffix(".html") ? Array("frame ".utf8) + bytes : bytes
        }
        for (path, bytes) in pages { files.add(TestProject.root + "/output/site/" + path, bytes) }
        let list = SiteList(
            title: "Tests", files: pages.mapValues { sha256($0) }, reports: [.init(name: "a", isDraft: false)])
        audit.project.add("output/site/.report-site.json", list.text)
    }

    /// The site's files but its list.
    var site: [String: [UInt8]] { audit.files(below: "output/site").filter { $0.key != ".report-site.json" } }

    /// The files below an absolute path.
    func tree(_ folder: String) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for path in files.paths where path.hasPrefix(folder + "/") {
            found[String(path.dropFirst(folder.count + 1))] = files.bytes(at: path)
        }
        return found
    }

    func publish(
        _ target: Publication.Target, over files: (any FileSystem)? = nil,
        _ change: (inout Publication.Options) -> Void = { _ in }
    ) -> Publication.Outcome {
        var workspace = audit.workspace
        if let files { workspace.files = files }
        var options = Publication.Options()
        change(&options)
        let cache = ProjectCache(workspace, configurationHome: "/home/ann/.config")
        let trust = Trust(workspace, configurationHome: "/home/ann/.config")
        return Publication(
            options, of: Project(root: TestProject.root), in: workspace, trust: trust, cache: cache
        ).run([target])
    }
}

/// The same on disk, for what other programs look at.
struct PublishedFolder {
    let folder: URL
    /// Absolute and real.
    let root: String
    let processes: any ProcessRunner
    /// The environment beside the search path and the home folder.
    var environment: [String: String] = [:]

    init(_ project: PublishedProject = PublishedProject(), processes: any ProcessRunner = SystemProcessRunner()) throws
    {
        folder = FileManager.default.temporaryDirectory.appending(path: "publish -'\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let real = DiskFileSystem().realPath(of: folder.path) ?? folder.path
        root = real + "/project"
        self.processes = processes
        try copy(project)
    }

    func copy(_ project: PublishedProject) throws {
        try? FileManager.default.removeItem(atPath: root + "/output")
        for path in project.files.paths where path.hasPrefix(TestProject.root + "/") && !path.contains("/.git/") {
            let place = root + path.dropFirst(TestProject.root.count)
            try DiskFileSystem().replace([FileContent(path: place, bytes: project.files.bytes(at: path) ?? [])])
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    var workspace: WorkspaceContext {
        let own = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path]
        return WorkspaceContext(
            files: DiskFileSystem(), workingFolder: root, home: folder.path, user: getuid(),
            environment: own.merging(environment) { $1 }, processes: processes, now: { AuditProject.noon })
    }

    func publish(
        _ target: Publication.Target, _ change: (inout Publication.Options) -> Void = { _ in }
    ) -> Publication.Outcome {
        var options = Publication.Options()
        change(&options)
        let trust = Trust(workspace, configurationHome: folder.path + "/config")
        return Publication(options, of: Project(root: root), in: workspace, trust: trust).run([target])
    }

    /// A program of the machine, run in a folder.
    @discardableResult
    func run(_ arguments: [String], in place: String) throws -> String {
        let command = ProcessCommand(
            "/usr/bin/env", ["-C", place] + arguments,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Bo", "GIT_AUTHOR_EMAIL": "bo@example.org",
                "GIT_COMMITTER_NAME": "Bo", "GIT_COMMITTER_EMAIL": "bo@example.org",
            ])
        let answer = try SystemProcessRunner().run(command)
        try #require(answer.exitCode == 0, "\(arguments): \(String(decoding: answer.errors, as: UTF8.self))")
        return String(decoding: answer.output, as: UTF8.self)
    }

    /// The files of the site but its list.
    var site: [String: [UInt8]] { tree(root + "/output/site").filter { $0.key != ".report-site.json" } }

    /// The files below an absolute path.
    func tree(_ folder: String) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        let listing = try? TreeListing(of: folder, DiskFileSystem())
        for path in listing?.paths ?? [] {
            found[path] = try? DiskFileSystem().contents(of: folder + "/" + path, limit: 1 << 24)
        }
        return found
    }
}

extension Publication.Outcome {
    /// `error foreign-target`, one a line.
    var codes: [String] { diagnostics.map { "\($0.severity.rawValue) \($0.code.name)" } }
    var notes: [String] { diagnostics.flatMap(\.notes).map(\.message) }
}

/// Files whose changes stop after a number of them, as where the program is killed or the disk is full.
final class StoppingFiles: FileSystem, @unchecked Sendable {
    private let base: any FileSystem
    private var rest: Int
    private(set) var steps = 0
    /// Only changes of these paths count and stop: those beside and below a target.
    private let isCounted: (String) -> Bool

    init(_ base: any FileSystem, after rest: Int, where isCounted: @escaping (String) -> Bool) {
        self.base = base
        self.rest = rest
        self.isCounted = isCounted
    }

    private func step(_ path: String) throws(FileError) {
        guard isCounted(path) else { return }
        if rest == 0 { throw FileError(path: path, reason: "no space left on device") }
        rest -= 1
        steps += 1
    }

    func status(of path: String) -> FileStatus? { base.status(of: path) }
    func linkStatus(of path: String) -> FileStatus? { base.linkStatus(of: path) }
    func realPath(of path: String) -> String? { base.realPath(of: path) }
    func names(in folder: String) throws(FileError) -> [String] { try base.names(in: folder) }
    func open(_ path: String) throws(FileError) -> any ByteSource { try base.open(path) }
    func touch(_ path: String) { base.touch(path) }

    func replace(_ files: [FileContent]) throws(FileError) {
        for file in files {
            try step(file.path)
            try base.replace([file])
        }
    }

    func remove(_ path: String) throws(FileError) {
        try step(path)
        try base.remove(path)
    }

    func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try base.lock(path, waiting: time)
    }

    func settle(_ paths: [String], in folder: String) throws(FileError) {
        try step(folder)
        try base.settle(paths, in: folder)
    }

    func move(_ path: String, to place: String) throws(FileError) {
        try step(path)
        try base.move(path, to: place)
    }

    func exchange(_ path: String, _ other: String) throws(FileError) {
        try step(path)
        try base.exchange(path, other)
    }

    func share(_ path: String, as place: String) throws(FileError) {
        try step(path)
        try base.share(path, as: place)
    }

    func point(_ path: String, to target: String) throws(FileError) {
        try step(path)
        try base.point(path, to: target)
    }
}

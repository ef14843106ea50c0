import Diagnostics
import Foundation
import Publishing
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Branches of a repository on disk, which the machine's git looks at.
@Suite struct GitPublicationTests {
    /// A project and a bare repository beside it, whose name needs care.
    private struct Setting {
        let project = PublishedProject()
        let disk: PublishedFolder
        let remote: String

        init(processes: any ProcessRunner = SystemProcessRunner(), format: String = "sha1") throws {
            var disk = try PublishedFolder(project, processes: processes)
            disk.environment = ["GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org"]
            self.disk = disk
            remote = disk.folder.path + "/a remote; touch ran"
            try disk.run(["git", "init", "--quiet", "--bare", "--object-format=\(format)", remote], in: "/")
        }

        func git(_ arguments: String...) throws -> String {
            try disk.run(["git", "--git-dir", remote] + arguments, in: "/").trimmingCharacters(in: .newlines)
        }

        /// The files of a branch, with what each holds.
        func files(_ branch: String = "gh-pages") throws -> [String: String] {
            let paths = try git("ls-tree", "-r", "-z", "--name-only", branch).split(separator: "\0").map(String.init)
            return try Dictionary(uniqueKeysWithValues: paths.map { ($0, try git("show", "\(branch):\($0)")) })
        }

        /// Somebody else's commit on a branch.
        func commit(_ files: [String: String], on branch: String = "gh-pages") throws {
            let clone = disk.folder.path + "/clone"
            try? FileManager.default.removeItem(atPath: clone)
            let format = try git("rev-parse", "--show-object-format")
            try disk.run(
                ["git", "init", "--quiet", "--object-format=\(format)", "--initial-branch=\(branch)", clone], in: "/")
            try disk.run(["git", "remote", "add", "origin", remote], in: clone)
            try disk.run(["git", "fetch", "--quiet", "origin"], in: clone)
            if try git("for-each-ref", "refs/heads/\(branch)") != "" {
                try disk.run(["git", "reset", "--quiet", "--hard", "origin/\(branch)"], in: clone)
            }
            for (path, text) in files {
                try DiskFileSystem().replace([FileContent(path: clone + "/" + path, bytes: Array(text.utf8))])
            }
            try disk.run(["git", "add", "--all"], in: clone)
            try disk.run(["git", "commit", "--quiet", "-m", "theirs"], in: clone)
            try disk.run(["git", "push", "--quiet", "origin", "HEAD:refs/heads/\(branch)"], in: clone)
        }

        var target: Publication.Target { .git(.init(remote: remote)) }
        var orphan: Publication.Target { .git(.init(remote: remote, keepsHistory: false)) }
    }

    @Test(arguments: ["sha1", "sha256"])
    func aBranchIsMadeAndContinued(format: String) throws {
        let setting = try Setting(format: format)
        defer { setting.disk.remove() }
        // A repository that is empty does not say how it names objects.
        if format == "sha256" { try setting.commit(["CNAME": "example.org"], on: "gh-pages") }
        let first = setting.disk.publish(setting.target) { $0.isForced = format == "sha256" }
        #expect(first.codes == [] && first.lines.first?.hasSuffix("has 5 files: 5 added.") == true)
        let count = format == "sha1" ? "1" : "2"
        #expect(try setting.git("rev-list", "--count", "gh-pages") == count)
        for (path, bytes) in setting.disk.site {
            #expect(
                try setting.files()[path] == String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
        }
        // The same again is no commit.
        let head = try setting.git("rev-parse", "gh-pages")
        #expect(setting.disk.publish(setting.target).lines.first?.hasSuffix("is up to date: 5 files.") == true)
        #expect(try setting.git("rev-parse", "gh-pages") == head)
        setting.project.makeSite(["index.html": "another", "-x \"quoted\".html": "b"])
        try setting.disk.copy(setting.project)
        let second = setting.disk.publish(setting.target)
        #expect(second.lines.first?.hasSuffix("has 5 files: 1 added, 1 changed, 1 removed.") == true, "\(second)")
        #expect(try setting.git("rev-parse", "gh-pages^") == head)
        #expect(try setting.files()["-x \"quoted\".html"] == "b")
        #expect(try setting.files()["assets/site.0123456789.css"] == nil)
        #expect(try setting.git("fsck", "--strict") == "")
    }

    @Test func commitsAreTheSameButForTheirDates() throws {
        let (a, b) = (try Setting(), try Setting())
        defer {
            a.disk.remove()
            b.disk.remove()
        }
        for setting in [a, b] { #expect(setting.disk.publish(setting.target).codes == []) }
        #expect(try a.git("rev-parse", "gh-pages") == b.git("rev-parse", "gh-pages"))
        let message = try a.git("log", "-1", "--format=%an <%ae> %cn %at %ai%n%B", "gh-pages")
        #expect(
            message.hasPrefix(
                "Ann <ann@example.org> Ann \(AuditProject.noon) 2026-03-01 12:00:00 +0000\nPublish Tests\n\n"))
        #expect(message.contains("5 files, 1 report, by report \(ToolVersion.current)\n\nSite-Digest: sha256:"))
    }

    @Test func aBranchOfOthersIsRefusedAndTheirFilesStay() throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        try setting.commit(["CNAME": "example.org", "index.html": "theirs"])
        #expect(setting.disk.publish(setting.target).codes == ["error foreign-target"])
        #expect(try setting.files().count == 2)
        #expect(setting.disk.publish(setting.target) { $0.isForced = true }.codes == [])
        #expect(try setting.files()["CNAME"] == "example.org" && setting.files()["index.html"] == "home")
        // On top of theirs: forcing takes nobody's commit away.
        #expect(try setting.git("rev-list", "--count", "gh-pages") == "2")
        try setting.commit(["index.html": "edited by hand"])
        let outcome = setting.disk.publish(setting.target)
        #expect(outcome.codes == ["error changed-target"])
        #expect(outcome.notes.first == "index.html: it was changed since report wrote it")
    }

    @Test func anOrphanReplacesABranchOnlyByForce() throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        #expect(setting.disk.publish(setting.orphan).codes == [])
        let first = try setting.git("rev-parse", "gh-pages")
        setting.project.makeSite(["index.html": "another"])
        try setting.disk.copy(setting.project)
        #expect(setting.disk.publish(setting.orphan).codes == ["error diverged-branch"])
        #expect(try setting.git("rev-parse", "gh-pages") == first)
        #expect(setting.disk.publish(setting.orphan) { $0.isForced = true }.codes == [])
        #expect(try setting.git("rev-list", "--count", "gh-pages") == "1")
        #expect(try setting.git("rev-parse", "gh-pages") != first && setting.files()["index.html"] == "another")
    }

    /// Somebody pushes between our look at the branch and our push: theirs stays.
    @Test(arguments: [false, true])
    func aBranchThatMovesMeanwhileIsLeftAlone(isForcedOrphan: Bool) throws {
        let racing = RacingProcesses()
        let setting = try Setting(processes: racing)
        defer { setting.disk.remove() }
        #expect(setting.disk.publish(setting.target).codes == [])
        setting.project.makeSite(["index.html": "another"])
        try setting.disk.copy(setting.project)
        racing.beforePush = { try? setting.commit(["theirs.txt": "theirs"]) }
        let target = isForcedOrphan ? setting.orphan : setting.target
        let outcome = setting.disk.publish(target) { $0.isForced = isForcedOrphan }
        #expect(outcome.codes == ["error diverged-branch"], "\(outcome)")
        #expect(try setting.files()["theirs.txt"] == "theirs" && setting.files()["index.html"] == "home")
        racing.beforePush = nil
        #expect(setting.disk.publish(setting.target).codes == [])
        #expect(try setting.files()["theirs.txt"] == "theirs" && setting.files()["index.html"] == "another")
    }

    @Test func aDryRunSendsNothing() throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        let outcome = setting.disk.publish(setting.target) { $0.isDry = true }
        #expect(outcome.lines.contains("add     index.html") && outcome.codes == [])
        #expect(try setting.git("for-each-ref") == "")
    }

    /// The project's repository is a stranger's: its settings and hooks are not looked at, its index and work tree not touched.
    @Test func theProjectsRepositoryHasNoPart() throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        let root = setting.disk.root
        let ran = setting.disk.folder.path + "/ran"
        try setting.disk.run(["git", "init", "--quiet", "--initial-branch=main"], in: root)
        try setting.disk.run(["git", "remote", "add", "origin", setting.remote], in: root)
        let trap = "/bin/sh -c 'echo ran >> \"\(ran)\"' #"
        for (key, value) in [
            ("core.fsmonitor", trap), ("core.sshCommand", trap), ("credential.helper", "!" + trap),
            ("filter.x.clean", trap), ("core.hooksPath", root + "/hooks"), ("url.ext::sh.insteadOf", setting.remote),
        ] {
            try setting.disk.run(["git", "config", key, value], in: root)
        }
        for hook in ["pre-push", "pre-commit", "reference-transaction", "post-index-change"] {
            try DiskFileSystem().replace([
                FileContent(path: root + "/hooks/" + hook, bytes: Array("#!/bin/sh\necho ran >> '\(ran)'\n".utf8))
            ])
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: root + "/hooks/" + hook)
        }
        try DiskFileSystem().replace([FileContent(path: root + "/.gitattributes", bytes: Array("* filter=x\n".utf8))])
        let before = setting.disk.tree(root + "/.git")
        let outcome = setting.disk.publish(.git(.init(remote: "origin")))
        #expect(outcome.codes == [], "\(outcome)")
        #expect(try setting.files()["index.html"] == "home")
        #expect(setting.disk.tree(root + "/.git") == before)
        #expect(!FileManager.default.fileExists(atPath: ran))
        #expect(!FileManager.default.fileExists(atPath: root + "/.report/publish"))
    }

    @Test(arguments: [
        "--upload-pack=touch ran", "ext::sh -c 'touch ran'", "-oProxyCommand=touch ran", "ssh://-oProxyCommand=touch/x",
        "git://example.org/x", "http://example.org/x", "host:-x", "-x:y", "unknown", "./nowhere", "fd::3", "",
        "user@-oProxyCommand=x:y", "file://host/x",
    ])
    func addressesThatAreNoPlacesAreRefused(address: String) throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        #expect(setting.disk.publish(.git(.init(remote: address))).codes == ["error unsafe-address"])
        #expect(!FileManager.default.fileExists(atPath: setting.disk.root + "/ran"))
    }

    @Test(arguments: ["--force", "a..b", "a b", "", "x.lock", "@{-1}"])
    func branchesHaveNamesOfBranches(branch: String) throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        let outcome = setting.disk.publish(.git(.init(remote: setting.remote, branch: branch)))
        #expect(outcome.codes == ["error unsafe-address"])
    }

    @Test func aRepositoryThatRefusesSaysWhy() throws {
        let setting = try Setting()
        defer { setting.disk.remove() }
        let hook = setting.remote + "/hooks/pre-receive"
        try DiskFileSystem().replace([FileContent(path: hook, bytes: Array("#!/bin/sh\nexit 1\n".utf8))])
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hook)
        let outcome = setting.disk.publish(setting.target)
        #expect(outcome.codes == ["error failed-publication"])
        #expect(outcome.diagnostics.first?.message.contains("pre-receive hook declined") == true)
    }
}

/// Programs of the machine, before one of which something else happens.
private final class RacingProcesses: ProcessRunner, @unchecked Sendable {
    var beforePush: (() -> Void)?

    func run(_ command: ProcessCommand) throws(ProcessFailure) -> ProcessOutput {
        if command.arguments.contains("push") { beforePush?() }
        return try SystemProcessRunner().run(command)
    }
}

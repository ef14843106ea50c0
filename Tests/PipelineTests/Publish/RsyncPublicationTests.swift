import Diagnostics
import Foundation
import Publishing
import TestSupport
import Testing
import Workspace

@testable import Pipeline

private let hasRsync = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/rsync")
}

/// rsync on this machine: to a folder, and to a daemon on the loopback interface.
@Suite(.enabled(if: hasRsync))
struct RsyncPublicationTests {
    private func pages(_ disk: PublishedFolder, _ target: String) -> [String: [UInt8]] {
        disk.tree(target).filter { $0.key != PublicationManifest.path }
    }

    private func check(_ project: PublishedProject, _ disk: PublishedFolder, _ address: String, at target: String)
        throws
    {
        let first = disk.publish(.rsync(address))
        #expect(first.codes == [] && first.lines == ["\(address) has 5 files: 5 added."], "\(first)")
        #expect(pages(disk, target) == disk.site)
        let again = disk.publish(.rsync(address))
        #expect(
            again.lines == ["\(address) is up to date: 5 files."], "\(again.diagnostics.map(\.message)) \(again.notes)")
        try DiskFileSystem().replace([FileContent(path: target + "/theirs/CNAME", bytes: [1])])
        project.makeSite(["index.html": "another", "-q[1]*?.html": "b", "deep/ä b.html": "c"])
        try disk.copy(project)
        let lines = [
            "add     -q[1]*?.html", "add     deep/ä b.html", "change  index.html", "remove  assets/site.0123456789.css",
        ]
        let counts = "2 added, 1 changed, 1 removed."
        let dry = disk.publish(.rsync(address)) { $0.isDry = true }
        #expect(dry.lines == lines + ["\(address) would have 6 files: \(counts)"])
        #expect(pages(disk, target).count == 6)
        #expect(disk.publish(.rsync(address)).lines == ["\(address) has 6 files: \(counts)"])
        #expect(pages(disk, target) == disk.site.merging(["theirs/CNAME": [1]]) { $1 })
        // What had signs of patterns in its name goes, too, and nothing that it would match.
        try DiskFileSystem().replace([FileContent(path: target + "/-q1xx.html", bytes: [1])])
        project.makeSite(["index.html": "another"])
        try disk.copy(project)
        #expect(disk.publish(.rsync(address)).lines == ["\(address) has 4 files: 2 removed."])
        #expect(pages(disk, target) == disk.site.merging(["theirs/CNAME": [1], "-q1xx.html": [1]]) { $1 })
        #expect(!FileManager.default.fileExists(atPath: target + "/deep"))
    }

    @Test func aFolderOfThisMachine() throws {
        let project = PublishedProject()
        let disk = try PublishedFolder(project)
        defer { disk.remove() }
        let target = disk.folder.path + "/a 'www'; touch ran"
        try check(project, disk, target, at: target)
        #expect(!FileManager.default.fileExists(atPath: disk.root + "/ran"))
    }

    @Test func aDaemon() throws {
        let project = PublishedProject()
        let disk = try PublishedFolder(project)
        defer { disk.remove() }
        let module = disk.folder.path + "/module"
        try FileManager.default.createDirectory(atPath: module, withIntermediateDirectories: true)
        let settings = disk.folder.path + "/rsyncd.conf"
        let port = Int.random(in: 20_000...50_000)
        let text =
            "use chroot = no\nreverse lookup = no\n[docs]\npath = \(module)\nread only = no\nuid = \(getuid())\ngid = \(getgid())\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: settings))
        let daemon = Process()
        daemon.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        daemon.arguments = [
            "rsync", "--daemon", "--no-detach", "--address=127.0.0.1", "--port=\(port)", "--config=\(settings)",
        ]
        daemon.standardError = FileHandle.nullDevice
        try daemon.run()
        defer { daemon.terminate() }
        for _ in 0..<100 {
            let ask = ProcessCommand("/usr/bin/env", ["rsync", "rsync://127.0.0.1:\(port)/docs/"])
            if try SystemProcessRunner().run(ask).exitCode == 0 { break }
            usleep(50_000)
        }
        try check(project, disk, "rsync://127.0.0.1:\(port)/docs/site", at: module + "/site")
    }

    @Test func filesOfOthersAreNotOverwritten() throws {
        let disk = try PublishedFolder()
        defer { disk.remove() }
        let target = disk.folder.path + "/www"
        try DiskFileSystem().replace([FileContent(path: target + "/index.html", bytes: [1])])
        #expect(disk.publish(.rsync(target)).codes == ["error foreign-target"])
        #expect(disk.tree(target) == ["index.html": [1]])
        #expect(disk.publish(.rsync(target)) { $0.isForced = true }.codes == [])
        #expect(pages(disk, target) == disk.site)
        let project = PublishedProject()
        try DiskFileSystem().replace([FileContent(path: target + "/new.html", bytes: [1])])
        project.makeSite(["new.html": "new"])
        try disk.copy(project)
        let outcome = disk.publish(.rsync(target))
        #expect(outcome.codes == ["error changed-target"] && outcome.notes.first == "new.html: report did not write it")
    }

    @Test(arguments: [
        "-e sh", "--rsh=sh", "host:", "host:/", "host:~", "host:..", "host:-x", "-host:x", "host::", "rsync://host/",
        "http://host/x", "host:a\nb", "",
    ])
    func addressesThatAreNoPlacesAreRefused(address: String) throws {
        let disk = try PublishedFolder()
        defer { disk.remove() }
        #expect(disk.publish(.rsync(address)).codes == ["error unsafe-address"])
    }
}

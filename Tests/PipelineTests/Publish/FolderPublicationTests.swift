import Diagnostics
import Foundation
import Publishing
import TestSupport
import Testing
import Workspace

@testable import Pipeline

@Suite struct FolderPublicationTests {
    private static let list = PublicationManifest.path

    /// What a target has but the publication's own list.
    private func pages(_ project: PublishedProject, _ target: String = "/srv/www") -> [String: [UInt8]] {
        project.tree(target).filter { $0.key != Self.list }
    }

    @Test func aSiteIsPublishedAndThenUpToDate() throws {
        let project = PublishedProject()
        let outcome = project.publish(.folder("/srv/www"))
        #expect(outcome.diagnostics == [])
        #expect(pages(project) == project.site && project.site.count == 5)
        #expect(outcome.lines == ["/srv/www has 5 files: 5 added."])
        #expect(project.tree("/srv").keys.allSatisfy { $0.hasPrefix("www/") })
        let before = project.files.paths
        #expect(project.publish(.folder("/srv/www")).lines == ["/srv/www is up to date: 5 files."])
        #expect(project.files.paths == before)
    }

    @Test func whatChangedIsToldAndFilesOfOthersStay() {
        let project = PublishedProject()
        #expect(project.publish(.folder("/srv/www/")).diagnostics == [])
        project.files.add("/srv/www/CNAME", Array("example.org".utf8))
        project.files.link("/srv/www/shared", to: "/srv/elsewhere")
        project.makeSite(["index.html": "another home", "new page.html": "new"])
        let dry = project.publish(.folder("/srv/www")) { $0.isDry = true }
        let lines = ["add     new page.html", "change  index.html", "remove  assets/site.0123456789.css"]
        #expect(dry.lines == lines + ["/srv/www would have 5 files: 1 added, 1 changed, 1 removed."])
        #expect(project.files.bytes(at: "/srv/www/index.html") == Array("home".utf8))
        let outcome = project.publish(.folder("/srv/www"))
        #expect(outcome.lines == ["/srv/www has 5 files: 1 added, 1 changed, 1 removed."])
        var expected = project.site
        expected["CNAME"] = Array("example.org".utf8)
        #expect(pages(project).filter { $0.key != "shared" } == expected)
        #expect(project.files.linkStatus(of: "/srv/www/shared")?.kind == .link)
    }

    @Test func aTargetOfOthersIsRefusedAndTakenOverByForce() {
        let project = PublishedProject()
        project.files.add("/srv/www/index.html", Array("theirs".utf8))
        project.files.add("/srv/www/about.html", Array("theirs".utf8))
        #expect(project.publish(.folder("/srv/www")).codes == ["error foreign-target"])
        #expect(project.tree("/srv/www").count == 2)
        let outcome = project.publish(.folder("/srv/www")) { $0.isForced = true }
        #expect(outcome.lines == ["/srv/www has 5 files: 4 added, 1 changed."])
        #expect(project.files.bytes(at: "/srv/www/about.html") == Array("theirs".utf8))
        #expect(project.files.bytes(at: "/srv/www/index.html") == Array("home".utf8))
    }

    @Test func aPageThatWasChangedInTheTargetIsLeftAlone() {
        let project = PublishedProject()
        #expect(project.publish(.folder("/srv/www")).diagnostics == [])
        project.files.add("/srv/www/index.html", Array("edited there".utf8))
        let outcome = project.publish(.folder("/srv/www"))
        #expect(outcome.codes == ["error changed-target"])
        #expect(outcome.notes.first == "index.html: it was changed since report wrote it")
        #expect(project.files.bytes(at: "/srv/www/index.html") == Array("edited there".utf8))
        #expect(project.publish(.folder("/srv/www")) { $0.isForced = true }.diagnostics == [])
        #expect(pages(project) == project.site)
    }

    @Test(arguments: ["link", "folder"])
    func whatStandsInTheWayStaysWhateverIsForced(kind: String) {
        let project = PublishedProject()
        if kind == "link" {
            project.files.link("/srv/www/index.html", to: "/home/ann/secret")
        } else {
            project.files.add("/srv/www/index.html/inner", [1])
        }
        let outcome = project.publish(.folder("/srv/www")) { $0.isForced = true }
        #expect(outcome.codes == ["error changed-target"])
        #expect(outcome.notes.first == "index.html: a folder or a link stands in its way")
        #expect(project.tree("/srv").count == (kind == "link" ? 0 : 1))
        #expect(project.files.linkStatus(of: "/srv/www/index.html")?.kind == (kind == "link" ? .link : .folder))
    }

    /// At each change of a file that fails, the target is all of the old site or all of the new one, and the next publication
    /// makes it the new one and leaves nothing else behind.
    @Test(arguments: [false, true])
    func aReaderNeverFindsHalfASite(isLink: Bool) throws {
        func start() -> PublishedProject {
            let project = PublishedProject()
            if isLink {
                project.files.add("/srv/first/own.txt", Array("own".utf8))
                project.files.link("/srv/www", to: "first")
                #expect(project.publish(.folder("/srv/www")) { $0.isForced = true }.diagnostics == [])
            } else {
                #expect(project.publish(.folder("/srv/www")).diagnostics == [])
            }
            let real = project.files.realPath(of: "/srv/www") ?? ""
            project.files.add(real + "/CNAME", Array("example.org".utf8))
            return project
        }
        func read(_ project: PublishedProject) -> [String: [UInt8]] {
            project.files.realPath(of: "/srv/www").map { project.tree($0) } ?? [:]
        }
        var step = 0
        var (sawOld, sawNew) = (0, 0)
        while step < 200 {
            let project = start()
            let old = read(project)
            #expect(old["CNAME"] != nil)
            project.makeSite(["index.html": "another home", "b.html": "b", "deep/c.html": "c"])
            let stopping = StoppingFiles(project.files, after: step) { $0.hasPrefix("/srv") }
            let outcome = project.publish(.folder("/srv/www"), over: stopping)
            let now = read(project)
            var new = project.site
            new["CNAME"] = old["CNAME"]
            new[Self.list] = now[Self.list]
            if isLink { new["own.txt"] = old["own.txt"] }
            if now == old { sawOld += 1 } else { sawNew += 1 }
            #expect(now == old || now == new, "after \(step) changes")
            if outcome.diagnostics.isEmpty { break }
            #expect(project.publish(.folder("/srv/www")).diagnostics.isEmpty)
            #expect(read(project).filter { $0.key != Self.list } == new.filter { $0.key != Self.list })
            let beside = Set(project.tree("/srv").keys.map { $0.prefix { $0 != "/" } })
            #expect(beside.allSatisfy { !$0.hasPrefix(".") }, "\(beside)")
            #expect(beside.count == (isLink ? 2 : 1), "\(beside)")
            step += 1
        }
        #expect(sawOld > 8 && sawNew > 1 && step < 200)
    }

    @Test(arguments: [
        "", "/", ".", "..", "output", "output/site", "output/site/deeper", "../../..", ".git/www", "x/../output/site",
        "/home/ann", "dangling", "Analyses/a.md", "inward",
    ])
    func noTargetHoldsWhatItMustNot(target: String) {
        let project = PublishedProject()
        project.files.link(TestProject.root + "/dangling", to: "nowhere")
        project.files.link(TestProject.root + "/inward", to: "output/site")
        let before = project.files.paths
        #expect(project.publish(.folder(target)) { $0.isForced = true }.codes == ["error unsafe-target"])
        #expect(project.files.paths.filter { !$0.hasSuffix(".lock") } == before)
    }

    @Test func aSiteIsPublishedAsItWasBuilt() {
        let project = PublishedProject()
        project.audit.project.add("output/site/index.html", "edited")
        #expect(project.publish(.folder("/srv/www")).codes == ["error changed-site"])
        project.makeSite()
        project.audit.project.add("output/site/notes.txt", "mine")
        let outcome = project.publish(.folder("/srv/www"))
        #expect(outcome.codes == ["warning changed-site"] && outcome.notes == ["notes.txt"])
        #expect(pages(project)["notes.txt"] == nil && pages(project)["index.html"] != nil)
    }

    @Test(arguments: ["../evil.html", "/etc/evil.html", "a/../b.html", "a//b.html", ".git/config", "a\nb.html", ""])
    func pathsThatLeadOutOfASiteMakeItNone(path: String) {
        let project = PublishedProject()
        let digest = String(repeating: "0", count: 64)
        let list = #"{"files": {"\#(path.replacing("\n", with: "\\n"))": "\#(digest)"}, "reports": {}}"#
        project.audit.project.add("output/site/.report-site.json", list)
        #expect(project.publish(.folder("/srv/www")).codes == ["error no-site"])
        #expect(project.tree("/srv").isEmpty)
    }

    @Test(arguments: ["../evil.html", "/etc/passwd"])
    func aListOfATargetThatLeadsOutOfItIsNotBelieved(path: String) {
        let project = PublishedProject()
        project.files.add("/srv/evil.html", Array("stays".utf8))
        let digest = String(repeating: "0", count: 64)
        let list = #"{"publication": "report publish", "files": {"\#(path)": "\#(digest)"}}"#
        project.files.add("/srv/www/.report-publish.json", Array(list.utf8))
        #expect(project.publish(.folder("/srv/www")) { $0.isForced = true }.codes == ["error foreign-target"])
        #expect(project.files.bytes(at: "/srv/evil.html") == Array("stays".utf8))
    }

    /// On a disk: folders change places in one call of the system, others' files keep their modes and links stay links.
    @Test func foldersOnDiskChangePlaces() throws {
        let project = PublishedProject()
        let disk = try PublishedFolder(project)
        defer { disk.remove() }
        let target = disk.folder.path + "/www -x"
        #expect(disk.publish(.folder(target)).diagnostics == [])
        #expect(disk.tree(target).filter { $0.key != Self.list } == disk.site)
        let manager = FileManager.default
        try Data("Deny".utf8).write(to: URL(fileURLWithPath: target + "/.htaccess"))
        try manager.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target + "/.htaccess")
        try manager.createSymbolicLink(atPath: target + "/shared", withDestinationPath: "/nowhere")
        let kept = try manager.attributesOfItem(atPath: target + "/index.html")[.systemFileNumber] as? Int
        project.makeSite(["index.html": "home", "b.html": "b"])
        try disk.copy(project)
        #expect(disk.publish(.folder(target)).lines == ["\(target) has 5 files: 1 added, 1 removed."])
        #expect(try manager.attributesOfItem(atPath: target + "/.htaccess")[.posixPermissions] as? Int == 0o640)
        #expect(try manager.destinationOfSymbolicLink(atPath: target + "/shared") == "/nowhere")
        #expect(try manager.attributesOfItem(atPath: target + "/index.html")[.systemFileNumber] as? Int == kept)
        #expect(try manager.contentsOfDirectory(atPath: disk.folder.path).sorted() == ["project", "www -x"])
    }

    @Test func aLinkOnDiskLeadsToTheNewSite() throws {
        let project = PublishedProject()
        let disk = try PublishedFolder(project)
        defer { disk.remove() }
        let manager = FileManager.default
        let link = disk.folder.path + "/www"
        try manager.createDirectory(atPath: disk.folder.path + "/empty", withIntermediateDirectories: true)
        try manager.createSymbolicLink(atPath: link, withDestinationPath: "empty")
        for home in ["home", "another", "third"] {
            project.makeSite(["index.html": home])
            try disk.copy(project)
            #expect(disk.publish(.folder(link)).diagnostics == [])
            #expect(try manager.destinationOfSymbolicLink(atPath: link).hasPrefix("www.release-"))
            #expect(try String(contentsOfFile: link + "/index.html", encoding: .utf8) == home)
        }
        // One release, the folder that the link led to at first, the project, the link.
        #expect(try manager.contentsOfDirectory(atPath: disk.folder.path).count == 4)
    }

    @Test func anotherPublicationIsWaitedFor() throws {
        let project = PublishedProject()
        let lock = try project.files.lock(TestProject.root + "/.report/publish.lock", waiting: .zero)
        #expect(project.publish(.folder("/srv/www")).codes == ["error publication-under-way"])
        lock?.release()
        #expect(project.publish(.folder("/srv/www")).codes == [])
    }
}

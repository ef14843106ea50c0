import Digests
import Execution
import Foundation
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// Entries that were damaged in any way, or written by two builds at once.
@Suite struct CacheDamageTests {
    /// A congruential generator, so that a failure can be repeated.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 31)
        }
    }

    private static let folder = TestProject.root + "/.report/cache"

    private static func cache(of project: TestProject) throws -> BuildCache {
        let key = try #require(project.files.bytes(at: "/home/ann/.config/report/cache-key"))
        return BuildCache(project.files, folder: folder, key: key)
    }

    /// One bit anywhere, bytes more or less: an entry is whole or none.
    @Test func anyDamageIsNoticed() throws {
        let project = CacheTests.project()
        _ = project.build(cached: true)
        let cache = try Self.cache(of: project)
        let names = try project.files.names(in: Self.folder)
        #expect(names.count >= 10 && names.allSatisfy { cache.value($0) != nil })
        var numbers = Numbers(state: 1)
        for name in names {
            let path = Paths.joined(Self.folder, name)
            let whole = try #require(project.files.bytes(at: path))
            for round in 0..<200 {
                var bytes = whole
                switch round % 4 {
                case 0, 1:
                    bytes[Int.random(in: 0..<bytes.count, using: &numbers)] ^=
                        1 << UInt8.random(in: 0..<8, using: &numbers)
                case 2: bytes.removeLast(Int.random(in: 1...bytes.count, using: &numbers))
                default: bytes.append(UInt8.random(in: 0...255, using: &numbers))
                }
                project.files.add(path, bytes)
                #expect(cache.value(name) == nil, "\(name), round \(round)")
            }
            project.files.add(path, whole)
            #expect(cache.value(name) != nil)
        }
    }

    /// A build over damaged entries makes what a build without any makes; not one of many kinds of damage stops it.
    @Test(arguments: 1...8)
    func buildsOverDamageAreAsNew(seed: Int) throws {
        let project = CacheTests.project()
        _ = project.build(cached: true)
        let outputs = { ["html", "md", "json"].map { project.text("output/a.\($0)") } }
        let sound = outputs()
        var numbers = Numbers(state: UInt64(seed))
        for path in project.files.paths where path.contains("/.report/") && Bool.random(using: &numbers) {
            var bytes = project.files.bytes(at: path) ?? []
            for _ in 0..<Int.random(in: 1...20, using: &numbers) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            bytes.removeLast(Int.random(in: 0...bytes.count, using: &numbers) * Int.random(in: 0...1, using: &numbers))
            project.files.add(path, bytes)
        }
        try project.removeOutputs()
        let again = try #require(project.build(cached: true))
        #expect(again.succeeded && outputs() == sound)
        #expect(try #require(project.build(cached: true)).explanations.allSatisfy { $0.isReused })
    }

    /// What an entry holds under a sound code, but is no record of the directive, is computed again.
    @Test func entriesOfAnotherShapeAreNotUsed() throws {
        let project = CacheTests.project()
        _ = project.build(cached: true)
        let cache = try Self.cache(of: project)
        for name in try project.files.names(in: Self.folder) where cache.value(name)?["values"] != nil {
            cache.store(["values": [], "assumptions": "none"], name)
        }
        try project.removeOutputs()
        let again = try #require(project.build(cached: true))
        #expect(again.succeeded && again.explanations.allSatisfy { !$0.isReused })
    }

    /// Four builds of one project on disk at once, now with one parameter, now with another, and then one that finds all in order.
    @Test func buildsAtOnceShareACache() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let disk = DiskFileSystem()
        let root = folder.appending(path: "project").path
        let texts = [
            "Analyses/a.md": CacheTests.analysis, "Analyses/part.md": CacheTests.included,
            "Analyses/rows.csv": CacheTests.rows, "Analyses/more.csv": CacheTests.rows,
        ]
        for (path, text) in texts {
            try disk.replace([FileContent(path: root + "/" + path, bytes: Array(text.utf8))])
        }
        let real = try #require(disk.realPath(of: root))
        let workspace = WorkspaceContext(files: disk, workingFolder: real, home: folder.path, user: getuid())
        let home = folder.appending(path: "config").path
        @Sendable func build(_ level: String, _ output: String) -> [Build.Outcome] {
            var options = BuildOptions()
            options.params = [("level", level)]
            options.output = folder.appending(path: output).path
            options.jobs = 2
            // So that no report is left alone.
            options.keepsResults = true
            return Build(
                options, in: workspace, trust: Trust(workspace, configurationHome: home),
                cache: ProjectCache(workspace, configurationHome: home)
            ).run(["Analyses/a.md"]).outcomes
        }
        func page(_ output: String) throws -> [UInt8] {
            try disk.contents(of: folder.appending(path: output).path + "/a.json", limit: 1 << 20)
        }
        let levels = ["0.8", "0.9"]
        for level in levels { #expect(build(level, "alone-\(level)").allSatisfy { $0.succeeded }) }
        try disk.removeAll(in: real + "/.report/cache")
        let built = onThreads(4) { turn in
            (0..<5).flatMap { round in
                build(levels[(turn + round) % 2], "out-\(turn)-\((turn + round) % 2)").map(\.succeeded)
            }
        }
        #expect(built == Array(repeating: Array(repeating: true, count: 5), count: 4))
        for turn in 0..<4 {
            for (index, level) in levels.enumerated() {
                #expect(try page("out-\(turn)-\(index)") == page("alone-\(level)"))
            }
        }
        for level in levels {
            _ = build(level, "alone-\(level)")
            #expect(build(level, "alone-\(level)").flatMap(\.explanations).allSatisfy { $0.isReused })
        }
        #expect(try disk.names(in: real + "/.report/cache").allSatisfy { !$0.hasPrefix(".") })
    }
}

extension DiskFileSystem {
    fileprivate func removeAll(in folder: String) throws {
        for name in try names(in: folder) { try remove(Paths.joined(folder, name)) }
    }
}

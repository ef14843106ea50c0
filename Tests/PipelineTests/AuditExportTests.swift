import Diagnostics
import Digests
import Ledger
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// Exports of trails in memory; Python tests hold what other people's programs say of them.
@Suite struct AuditExportTests {
    private let project = TestProject([
        "Analyses/a b.md": "source", "data/<b>.csv": "rows", "output/a b.html": "page", "LICENSE": "free",
        "secret/key": "secret",
    ])

    private func file(_ path: String, _ text: String) -> LedgerEntry.File {
        .init(path: path, bytes: text.utf8.count, sha256: sha256(text.utf8))
    }

    private func entry(
        _ time: String = "2026-11-28T23:01:07Z", data: [LedgerEntry.File]? = nil
    ) -> LedgerEntry {
        LedgerEntry(
            analysis: "Analyses/a b.md", report: "a b", time: time, author: "Ann <ann@example.org>",
            source: file("Analyses/a b.md", "source"), data: data ?? [file("data/<b>.csv", "rows")],
            parameters: ["level": 0.95, "arms": ["A", "B"]], seed: .max, tool: .init(version: "0.1.0", build: nil),
            results: sha256([]), record: "", files: [file("a b.html", "page")])
    }

    private func export(_ entries: [LedgerEntry]) throws -> AuditExport {
        let trail = try AuditTrail(
            of: ".", output: nil, in: project.workspace, trust: Trust(project.workspace, configurationHome: nil))
        try trail.ledger.append(entries.map { ($0, EntryRecord(numbers: [])) }, signer: nil)
        return try AuditExport(of: trail, in: project.workspace)
    }

    /// Writes a crate to `crate`; returns its entities by name, and the messages of what was left out.
    private func crate(
        _ export: AuditExport, licence: String? = nil, leavesData: Bool = false
    ) throws -> (graph: [String: Value], changed: [String]) {
        let made = try export.writeCrate(of: [], to: "crate", licence: licence, leavesData: leavesData)
        let metadata = made.crate.metadata
        #expect(project.text("crate/ro-crate-metadata.json") == metadata.indentedJSON + "\n")
        var found: [String: Value] = [:]
        for entity in metadata["@graph"]?.list ?? [] { found[entity["@id"]?.string ?? ""] = entity }
        return (found, made.folder.changed)
    }

    @Test func aCrateHoldsTheFilesAndTellsOfThem() throws {
        let (graph, changed) = try crate(try export([entry()]))
        #expect(changed.isEmpty)
        for (path, text) in [
            ("Analyses/a b.md", "source"), ("data/<b>.csv", "rows"), ("output/a b.html", "page"), ("LICENSE", "free"),
        ] {
            #expect(project.text("crate/" + path) == text)
        }
        let action = try #require(graph["#entry-0"])
        #expect(
            action["object"] == [
                ["@id": "Analyses/a%20b.md"], ["@id": "data/%3Cb%3E.csv"], ["@id": "#entry-0/arms"],
                ["@id": "#entry-0/level"], ["@id": "#entry-0/--seed"],
            ])
        #expect(action["result"] == ["@id": "output/a%20b.html"])
        #expect(action["endTime"] == "2026-11-28T23:01:07+00:00")
        #expect(graph["#entry-0/--seed"]?["value"] == "18446744073709551615")
        #expect(graph["#entry-0/arms"]?["value"] == "[\"A\",\"B\"]")
        #expect(graph["./"]?["license"] == ["@id": "LICENSE"])
        #expect(graph["data/%3Cb%3E.csv"]?["sha256"] == .string(sha256("rows".utf8)))
        #expect(graph.values.allSatisfy { !$0.canonicalJSON.contains("example.org") })
    }

    /// A trail may be a stranger's: what it names outside the project, or by a path of its own making, is not read.
    @Test(arguments: [
        "../../../etc/passwd", "/etc/passwd", "data/../../../../etc/passwd", "link", "./data/<b>.csv", "data//<b>.csv",
        "",
    ])
    func nothingOutsideTheProjectIsTaken(path: String) throws {
        project.files.add("/etc/passwd", Array("secret".utf8))
        project.files.link(TestProject.root + "/link", to: "/etc/passwd")
        let data = file(path, path.hasSuffix("csv") ? "rows" : "secret")
        let (graph, changed) = try crate(export([entry(data: [data])]))
        #expect(changed == [path])
        #expect(!project.files.paths.contains { $0.hasPrefix(TestProject.root + "/crate/") && $0.hasSuffix("passwd") })
        #expect(project.text("crate/link") == nil)
        #expect(graph.values.contains { $0["name"]?.string == path && $0["@type"] == "CreativeWork" })
    }

    @Test func whatHasChangedIsToldOf() throws {
        let export = try export([entry()])
        project.add("output/a b.html", "PAGE")
        let (graph, changed) = try crate(export, licence: "MIT", leavesData: true)
        #expect(changed == ["output/a b.html"])
        #expect(project.text("crate/output/a b.html") == nil)
        #expect(project.text("crate/data/<b>.csv") == nil)
        #expect(graph["./"]?["license"] == ["@id": "https://spdx.org/licenses/MIT"])
    }

    @Test func nothingIsWrittenOver() throws {
        let export = try export([entry()])
        for target in ["Analyses", "LICENSE"] {
            do throws(Diagnostic) {
                _ = try export.crate(of: [], to: target, licence: nil, leavesData: false)
                Issue.record("\(target) was written over")
            } catch {
                #expect(error.code == .crateTarget)
            }
        }
    }

    @Test func entriesAreChosenByNumberAnalysisOrReport() throws {
        var other = entry()
        other.report = "b"
        other.analysis = "Analyses/b.md"
        let export = try export([entry(), other, entry("2026-11-29T00:00:00Z")])
        #expect(try export.entries([], onlyLatest: true).map(\.index) == [1, 2])
        #expect(try export.entries([], onlyLatest: false).map(\.index) == [0, 1, 2])
        #expect(try export.entries(["Analyses/a b.md"], onlyLatest: true).map(\.index) == [2])
        #expect(try export.entries(["b", "0", "latest"], onlyLatest: true).map(\.index) == [0, 1, 2])
        do throws(Diagnostic) {
            _ = try export.entries(["c"], onlyLatest: true)
            Issue.record("there is no c")
        } catch {
            #expect(error.code == .unknownEntry)
        }
    }

    /// RFC 9562, 4 and 5.8: the version is the first of the third group's digits, the variant's bits are 10.
    @Test func runsAreNamedByTheirLeaves() {
        let name = LineageEvents.identifier(of: [])
        // SHA-256 of nothing: e3b0c44298fc1c149afbf4c8996fb924…
        #expect(name == "e3b0c442-98fc-8c14-8afb-f4c8996fb924")
    }

    @Test func theLastEntryIsAnEvent() throws {
        let text = try export([entry()]).lineage(of: [])
        let events = text.split(separator: "\n").compactMap { Value(canonicalJSON: Array($0.utf8)) }
        #expect(events.map { $0["eventType"] } == ["START", "COMPLETE"])
        #expect(events[1]["inputs"]?.list?.map { $0["name"] } == ["Analyses/a b.md", "data/<b>.csv"])
        #expect(events[1]["outputs"]?.list?.map { $0["name"] } == ["output/a b.html"])
        #expect(events[0]["outputs"] == [])
        #expect(!text.contains("example.org"))
    }
}

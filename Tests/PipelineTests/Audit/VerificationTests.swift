import Diagnostics
import Ledger
import TestSupport
import Testing
import Workspace

@testable import Pipeline

@Suite struct VerificationTests {
    private static let keyText = SampleTrail.key?.verifyingKey.description ?? ""

    private func workspace(_ files: MemoryFileSystem) -> WorkspaceContext {
        WorkspaceContext(files: files, workingFolder: "/output", home: "/home/ann", user: 0)
    }

    private func verify(
        _ files: MemoryFileSystem, _ change: (inout VerifyRequest) -> Void = { _ in }
    ) throws -> (text: String?, diagnostics: [Diagnostic]) {
        var request = VerifyRequest()
        change(&request)
        let workspace = workspace(files)
        let trail = try AuditTrail(
            of: "/output", output: "/output", in: workspace, trust: Trust(workspace, configurationHome: nil))
        // Histories have their pages, as after a build.
        let pages = HistoryPages(trail.ledger, in: trail.location, workspace)
        try? pages.write(pages.reports())
        return request.verify(trail, in: workspace)
    }

    @Test func saysWhoSigned() throws {
        let signed = try SampleTrail.outputs(20)
        let trusted = try verify(signed) { $0.keys = [Self.keyText] }
        #expect(trusted.diagnostics == [])
        #expect(
            trusted.text
                == "audit: 20 entries, 14 files of their reports: all as it was written.\nSigned by \(Self.keyText).")
        #expect(try verify(signed).text?.contains("Signed in the name of PeterNeumann, which was not checked") == true)
        let unsigned = try SampleTrail.outputs(20, signer: nil)
        #expect(try verify(unsigned).text?.contains("Not signed: whoever can write it can write another.") == true)
        #expect(try verify(unsigned) { $0.keys = [Self.keyText] }.diagnostics.map(\.code) == [.badCheckpoint])
    }

    @Test func keysAndCheckpointsMayBeFiles() throws {
        let files = try SampleTrail.outputs(20)
        files.add("/keys/trail", Array((Self.keyText + "\n").utf8))
        files.add("/kept", try #require(files.bytes(at: "/output/audit/checkpoint")))
        let outcome = try verify(files) {
            $0.keys = ["/keys/trail"]
            $0.checkpoints = ["../kept"]
        }
        #expect(outcome.diagnostics == [] && outcome.text?.contains("1 earlier checkpoint:") == true)
        for wrong in ["/keys/none", "audit/checkpoint", SampleTrail.keyText] {
            #expect(try verify(files) { $0.keys = [wrong] }.diagnostics.map(\.code) == [.unreadableKey])
            #expect(try verify(files) { $0.checkpoints = [wrong] }.diagnostics.isEmpty == (wrong == "audit/checkpoint"))
        }
    }

    @Test func aFolderWithoutATrailHasNone() throws {
        let (text, diagnostics) = try verify(MemoryFileSystem(["/output/a.html": ""]))
        #expect(diagnostics.map(\.code) == [.missingTrailFile])
        #expect(text?.contains("not as it was written") == true)
    }

    /// Reports that are held against their latest entries alone, and what of them is amiss.
    @Test func reportsAreThoseOfTheirLatestEntries() throws {
        let files = try SampleTrail.outputs(20)
        files.add("/output/report-3.html", Array("<p>Build 16 of report-3.".utf8))
        try files.remove("/output/sub/report-4.json")
        files.add("/output/report-5.html", Array("<p>more".utf8))
        let faults = try verify(files).diagnostics
        #expect(
            faults.map(\.message) == [
                "report-3.html: it is not what entry 17 has the digest of",
                "sub/report-4.json: entry 18 speaks of it, and it is gone",
                "report-5.html, byte 7: it has 7 bytes, and had 24 for entry 19",
            ])
        #expect(faults.allSatisfy { $0.code == .alteredOutput })
    }

    /// The trail of a stranger may name files that are none of its business.
    @Test func nothingOutsideTheOutputFolderIsRead() throws {
        let files = MemoryFileSystem(["/secret": "x", "/output/a": "x"])
        files.link("/output/link", to: "/")
        let ledger = TransparencyLog(at: "/output/audit", files: files)
        let names = ["../secret", "/secret", "a/../../secret", "link/secret", "link", "a"]
        for (index, name) in names.enumerated() {
            let file = LedgerEntry.File(path: name, bytes: 1, sha256: SampleTrail.digest(of: "x"))
            try ledger.append(
                [(SampleTrail.entry(index, report: "r\(index)", files: [file]), SampleTrail.record(0))], signer: nil)
        }
        let faults = try verify(files).diagnostics
        #expect(faults.count == 5 && faults.allSatisfy { $0.code == .alteredOutput }, "\(faults.map(\.message))")
    }

    @Test func whatAnInterruptedAppendLeftIsAWarning() throws {
        let files = try SampleTrail.outputs(20)
        let left = Tile(.entries, index: 0, width: 21).path
        files.add("/output/audit/" + left, [1])
        #expect(try verify(files).diagnostics.map(\.code) == [.unknownTrailFile])
        files.add("/output/audit/lock", AppendIntent(paths: [left]).bytes)
        let outcome = try verify(files)
        #expect(outcome.diagnostics.map(\.code) == [.interruptedAppend] && !outcome.diagnostics.hasErrors)
        #expect(outcome.text?.contains("all as it was written") == true)
        files.add("/output/audit/lock", Array("nonsense".utf8))
        #expect(
            try verify(files).diagnostics.map(\.code).sorted { $0.number < $1.number } == [
                .alteredTrail, .unknownTrailFile,
            ])
    }

    /// Files that are made from the trail are held against what making them gives.
    @Test func derivedFilesHaveOneForm() throws {
        let files = try SampleTrail.outputs(20)
        func verify() -> [DiagnosticCode] {
            var verification = TrailVerification(of: TransparencyLog(at: "/output/audit", files: files))
            verification.derived = { histories in
                let size = histories.reduce(0) { $0 + $1.entries.count }
                return [
                    .init(path: "/output/audit/history/a.html", bytes: Array("\(size)".utf8)) {
                        $0 == Array("19".utf8)
                    }
                ]
            }
            return verification.run().diagnostics.map(\.code)
        }
        #expect(verify() == [.missingTrailFile])
        files.add("/output/audit/history/a.html", Array("20".utf8))
        #expect(verify() == [])
        files.add("/output/audit/history/a.html", Array("21".utf8))
        #expect(verify() == [.alteredTrail])
        // What a build that was killed after its append leaves.
        files.add("/output/audit/history/a.html", Array("19".utf8))
        #expect(verify() == [.interruptedAppend])
        files.add("/output/audit/history/a.html", Array("21".utf8))
        files.add("/output/audit/history/b.html", [])
        #expect(verify() == [.alteredTrail, .unknownTrailFile])
    }

    /// A copy of a trail need have no pages, as a mirror has none; those that it has are held against it.
    @Test func pagesOfACopyAreOfIt() throws {
        let audit = AuditProject(AuditProject.analysis, ["Analyses/b.md": "---\ntitle: B\n---\nNothing.\n"])
        audit.build()
        audit.data(rows: 4)
        audit.build()
        func verify() -> [DiagnosticCode] {
            VerifyRequest().verify(copy: "/home/ann/copy", in: audit.workspace).diagnostics.map(\.code)
        }
        let files = audit.project.files
        for (path, bytes) in audit.files(below: "output/audit") { files.add("/home/ann/copy/" + path, bytes) }
        #expect(verify() == [])
        let page = try #require(files.bytes(at: "/home/ann/copy/history/a.html"))
        files.add("/home/ann/copy/history/a.html", page.dropLast() + [0x20])
        #expect(verify() == [.alteredTrail])
        files.add("/home/ann/copy/history/a.html", page)
        files.add("/home/ann/copy/history/c.html", page)
        #expect(verify() == [.unknownTrailFile])
        for name in ["a", "b", "c"] { try files.remove("/home/ann/copy/history/\(name).html") }
        #expect(verify() == [])
    }

    @Test func aProofHoldsWithoutTheTrail() throws {
        let files = try SampleTrail.outputs(20)
        let ledger = TransparencyLog(at: "/output/audit", files: files)
        let proof = TlogProof(
            extra: try ledger.leaf(17), index: 17, path: try ledger.inclusionProof(of: 17, in: 20),
            checkpoint: try #require(try ledger.checkpoint()))
        let alone = MemoryFileSystem()
        alone.add("/output/page.html", try #require(files.bytes(at: "/output/report-3.html")))
        alone.add("/output/p.tlog-proof", proof.bytes)
        var request = VerifyRequest()
        request.keys = [Self.keyText]
        let proven = request.verify("page.html", proof: "p.tlog-proof", in: workspace(alone))
        #expect(proven.diagnostics == [])
        #expect(
            proven.text
                == "page.html is the output report-3.html of entry 17, made of Analyses/report-3.md at 2026-11-28T23:01:07Z, in the trail PeterNeumann with 20 entries.\nSigned by \(Self.keyText)."
        )
        // Every byte of file and proof counts.
        for path in ["/output/page.html", "/output/p.tlog-proof"] {
            let bytes = try #require(alone.bytes(at: path))
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 1
                alone.add(path, changed)
                let outcome = request.verify("page.html", proof: "p.tlog-proof", in: workspace(alone))
                #expect(outcome.text == nil && outcome.diagnostics.hasErrors, "\(path) byte \(index)")
            }
            alone.add(path, bytes)
        }
        for path in ["/output/page.html", "/output/p.tlog-proof"] {
            let bytes = try #require(alone.bytes(at: path))
            try alone.remove(path)
            #expect(request.verify("page.html", proof: "p.tlog-proof", in: workspace(alone)).diagnostics.hasErrors)
            alone.add(path, bytes)
        }
    }

    @Test func keysAreMadeOnceAndOutsideProjects() throws {
        let files = MemoryFileSystem([
            "/home/ann/project/Analyses/a.md": "", "/home/ann/clone/.git/HEAD": "", "/home/ann/.git/HEAD": "",
        ])
        func make(_ file: String?, _ name: String? = nil) throws(Diagnostic) -> NewSigningKey {
            try NewSigningKey(file, name: name, in: workspace(files), configurationHome: "/home/ann/.config")
        }
        let key = try make(nil)
        #expect(key.path == "/home/ann/.config/report/signing-key" && key.isStandard)
        let text = String(decoding: try #require(files.bytes(at: key.path)), as: UTF8.self)
        #expect(SigningKey(text)?.verifyingKey.description == key.verifyingKey)
        #expect(try make("/home/ann/keys/own", "example.com/own").verifyingKey.hasPrefix("example.com/own+"))
        for (file, name) in [
            (nil, nil), ("/home/ann/project/Analyses/key", nil), ("/home/ann/project/new/key", nil),
            ("/home/ann/clone/key", nil), ("/home/ann/x", "two words"),
        ] as [(String?, String?)] {
            let before = files.paths
            #expect(throws: Diagnostic.self) { try make(file, name) }
            #expect(files.paths == before)
        }
        #expect(files.bytes(at: key.path) == Array(text.utf8))
    }
}

import Ledger
import Testing
import Values

@Suite struct AttestationTests {
    /// The key of the documentation of Go's `golang.org/x/mod/sumdb/note`, which is no secret.
    private static let key = SigningKey(
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")

    private let entry = LedgerEntry(
        analysis: "Analyses/a.md", report: "a", time: "2026-11-28T23:01:07Z", note: "first",
        author: "Ann <ann@example.com>", source: .init(path: "Analyses/a.md", bytes: 10, sha256: "01"),
        data: [.init(path: "data/a.csv", bytes: 100, sha256: "02")], parameters: ["level": 0.95], seed: 42,
        tool: .init(version: "1.0.0", build: "03"),
        commit: .init(revision: "0123456789abcdef0123456789abcdef01234567", isDirty: false), results: "04",
        record: "05",
        files: [.init(path: "a.html", bytes: 2, sha256: "00ff")])

    private func envelope() throws -> SignedEnvelope {
        try SignedEnvelope(ProvenanceStatement.value(of: entry), signer: try #require(Self.key))
    }

    /// The example of DSSE's `protocol.md`.
    @Test func encodesAsTheSpecificationDoes() throws {
        let line =
            "{\"payload\":\"aGVsbG8gd29ybGQ=\",\"payloadType\":\"http://example.com/HelloWorld\",\"signatures\":[]}\n"
        let envelope = try #require(SignedEnvelope(line: Array(line.utf8)))
        #expect(
            String(decoding: envelope.encoding, as: UTF8.self)
                == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }

    /// What securesystemslib 1.6.0 calls the key of `golang.org/x/mod/sumdb/note`'s documentation: `SSlibKey.from_crypto`.
    @Test func keysHaveTheNamesThatOthersGiveThem() throws {
        let key = try #require(VerifyingKey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        #expect(key.envelopeKeyID == "669aedcdca40d5269cd931b0126b7cfab199d418bd909e689e3c13cdeb1cd695")
    }

    @Test func aLineIsReadAsItIsWritten() throws {
        let envelope = try envelope()
        #expect(SignedEnvelope(line: envelope.line) == envelope)
        let key = try #require(Self.key).verifyingKey
        #expect(envelope.isSigned(by: key))
        let other = try #require(SigningKey.generate(name: "other"))
        #expect(!envelope.isSigned(by: other.verifyingKey))
    }

    /// Every byte counts: another one makes no line, or one that the key did not sign, except in the hint at the key.
    @Test func noByteOfALineCanBeAnother() throws {
        let line = try envelope().line
        let key = try #require(Self.key).verifyingKey
        let hint = try #require(line.firstRange(of: Array(key.envelopeKeyID.utf8)))
        var unread = 0
        for index in line.indices where !hint.contains(index) {
            var damaged = line
            damaged[index] ^= 0x02
            guard let read = SignedEnvelope(line: damaged) else {
                unread += 1
                continue
            }
            #expect(!read.isSigned(by: key), "byte \(index)")
        }
        #expect(unread > 0 && unread < line.count - hint.count)
    }

    /// Two builds that came to the same state the same, whoever built when, why and as the how-manieth.
    @Test func theStatementKnowsNoTimeAndNobody() {
        var other = entry
        other.time = "2027-01-01T00:00:00Z"
        other.author = "Ben <ben@example.com>"
        other.note = "again"
        other.previous = 1
        #expect(ProvenanceStatement.value(of: other) == ProvenanceStatement.value(of: entry))
        other.seed += 1
        #expect(ProvenanceStatement.value(of: other) != ProvenanceStatement.value(of: entry))
    }

    @Test func theStatementHasItsParts() throws {
        let value = ProvenanceStatement.value(of: entry)
        #expect(value["subject"]?.list == [["name": "a.html", "digest": ["sha256": "00ff"]]])
        let definition = try #require(value["predicate"]?["buildDefinition"])
        #expect(
            definition["externalParameters"] == [
                "analysis": "Analyses/a.md", "report": "a", "parameters": ["level": 0.95], "seed": "42",
                "options": [:],
            ])
        let roles = definition["resolvedDependencies"]?.list?.compactMap { $0["annotations"]?["report_role"]?.string }
        #expect(roles == ["source", "data", "repository"])
        #expect(definition["resolvedDependencies"]?.list?.last?["annotations"]?["report_dirty"] == false)
    }
}

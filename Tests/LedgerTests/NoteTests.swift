import Ledger
import TestSupport
import Testing

@Suite struct NoteTests {
    /// C2SP signed-note, "Example".
    static let example = """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """
    static let exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    @Test func theExampleOfTheSpecificationIsVerified() throws {
        let key = try #require(VerifyingKey(Self.exampleKey))
        #expect(key.description == Self.exampleKey)
        let note = try #require(SignedNote(Array(Self.example.utf8)))
        #expect(note.text == "This is an example message.\n")
        #expect(note.verdict(of: [key]) == .signed(by: [key]))
        #expect(note.verdict(of: []) == .unknown)
        var forged = note
        forged.text = "This is an example massage.\n"
        #expect(forged.verdict(of: [key]) == .forged(key))
    }

    /// The documentation of Go's `golang.org/x/mod/sumdb/note`: key, text and note.
    @Test func signsAsTheGoPackageDoes() throws {
        let key = try #require(SigningKey(SampleTrail.keyText))
        #expect(key.text == SampleTrail.keyText)
        #expect(key.verifyingKey.description == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        let text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        let note = try key.sign(text)
        #expect(note.verdict(of: [key.verifyingKey]) == .signed(by: [key.verifyingKey]))
        #if !canImport(Darwin)
            // Apple's Ed25519 adds random bytes.
            #expect(
                String(decoding: note.bytes, as: UTF8.self) == text
                    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
            )
        #endif
    }

    /// Every other byte in any place makes a note that is refused, or that the key did not sign.
    @Test func noByteOfANoteCanBeAnother() throws {
        let key = try #require(VerifyingKey(Self.exampleKey))
        let bytes = Array(Self.example.utf8)
        for index in bytes.indices {
            for flip: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
                var damaged = bytes
                damaged[index] ^= flip
                guard let note = SignedNote(damaged) else { continue }
                if case .signed = note.verdict(of: [key]) { Issue.record("byte \(index) xor \(flip)") }
            }
        }
    }

    @Test func checkpointsHaveOneForm() throws {
        // C2SP tlog-checkpoint's example.
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        let checkpoint = try #require(Checkpoint(text: text))
        #expect(checkpoint.origin == "example.com/behind-the-sofa" && checkpoint.size == 20_852_163)
        #expect(checkpoint.text == text)
        for other in [
            text.replacing("20852163", with: "020852163"), text.replacing("20852163", with: "+20852163"),
            text.replacing("q2I=", with: "q2J="), text.replacing("\n208", with: "\n\n208"), text + "more\n",
            String(text.dropLast()), text.replacing("example.com/behind-the-sofa", with: ""),
        ] { #expect(Checkpoint(text: other) == nil, "\(other)") }
    }

    @Test func keysAreNotReadInAnotherForm() {
        #expect(VerifyingKey(Self.exampleKey.replacing("530d", with: "530e")) == nil)
        #expect(VerifyingKey(Self.exampleKey.replacing("530d", with: "530D")) == nil)
        #expect(VerifyingKey(Self.exampleKey.replacing("foo", with: "fo o")) == nil)
        #expect(VerifyingKey(Self.exampleKey + "=") == nil)
        #expect(SigningKey(Self.exampleKey) == nil)
        #expect(SigningKey(SampleTrail.keyText.replacing("c74f20a3", with: "c74f20a4")) == nil)
        #expect(SigningKey.generate(name: "two words") == nil)
    }

    @Test func newKeysReadBack() throws {
        let key = try #require(SigningKey.generate())
        let read = try #require(SigningKey(key.text + "\n"))
        #expect(read.verifyingKey == key.verifyingKey)
        #expect(VerifyingKey(key.verifyingKey.description) == key.verifyingKey)
    }
}

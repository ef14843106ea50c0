import Testing

@testable import LanguageServer

@Suite struct FrameReaderTests {
    private static func frame(_ body: String) -> [UInt8] {
        Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    private static func read(_ bytes: [UInt8], size: Int = .max) -> [FrameReader.Item] {
        var reader = FrameReader()
        var found: [FrameReader.Item] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            reader.append(rest.prefix(size))
            rest = rest.dropFirst(size)
            while let item = reader.next() { found.append(item) }
        }
        return found
    }

    private static func messages(_ items: [FrameReader.Item]) -> [String] {
        items.compactMap { if case .message(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil } }
    }

    /// Whatever the pieces in which the bytes come, the messages are the same.
    @Test(arguments: [1, 2, 3, 7, 1000]) func piecesMakeNoDifference(size: Int) {
        let bodies = ["{}", "{\"a\":\"é🎉\"}", "[1,2]", ""]
        let found = Self.read(bodies.flatMap(Self.frame), size: size)
        #expect(found == bodies.map { .message(Array($0.utf8)) })
    }

    @Test func headersMayHaveOtherLinesAndAnyCase() {
        let bytes = Array("content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:2\r\n\r\n{}".utf8)
        #expect(Self.read(bytes) == [.message(Array("{}".utf8))])
    }

    @Test(arguments: ["X: 1\r\n\r\n", "Content-Length: many\r\n\r\n", "Content-Length: -5\r\n\r\n", "\r\n\r\n"])
    func headersWithoutALengthAreReported(header: String) {
        let found = Self.read(Array(header.utf8) + Self.frame("{}"))
        #expect(found.count == 2)
        #expect(Self.messages(found) == ["{}"])
    }

    /// A length that nobody means takes no memory, and what it announces is passed over.
    @Test func giantsAreRefused() {
        var reader = FrameReader()
        reader.append(Array("Content-Length: \(FrameReader.largestBody + 1)\r\n\r\n".utf8))
        #expect(reader.next() != nil)
        let piece = [UInt8](repeating: 0x20, count: 1 << 20)
        for _ in 0..<(FrameReader.largestBody >> 20) {
            reader.append(piece)
            #expect(reader.next() == nil)
        }
        reader.append([0x20] + Self.frame("{}"))
        #expect(reader.next() == .message(Array("{}".utf8)))
    }

    /// Bytes that are no messages, between messages: every later message but perhaps the next is read, and nothing stops.
    @Test(arguments: 0..<200) func noiseIsSurvived(seed: UInt64) {
        var chance = Chance(seed)
        let alphabet: [UInt8] = Array("Content-Length: 0123456789\r\n\r\n{}\"\u{0}".utf8) + [0xFF, 0xC3]
        var bytes = Self.frame("first")
        for _ in 0..<Int.random(in: 0..<40_000, using: &chance) {
            bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &chance)])
        }
        // What the noise announced as its length ends in this.
        bytes += [UInt8](repeating: 0x20, count: 20_000)
        for _ in 0..<3 { bytes += Self.frame("last") }
        let found = Self.messages(Self.read(bytes, size: Int.random(in: 1..<5000, using: &chance)))
        #expect(found.first == "first")
        #expect(found.suffix(2) == ["last", "last"])
    }
}

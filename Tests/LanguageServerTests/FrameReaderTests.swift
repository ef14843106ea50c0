import Testing

@testable import LanguageServer

@Suite struct FrameReaderTests {
    private static func frame(_ body: String) -> [UInt8] {
        Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    /// Whatever the pieces in which the bytes come, the messages are the same.
    @Test(arguments: [1, 2, 3, 7, 1000]) func piecesMakeNoDifference(size: Int) {
        let bodies = ["{}", "{\"a\":\"é🎉\"}", "[1,2]"]
        var reader = FrameReader()
        var found: [FrameReader.Item] = []
        var rest = bodies.flatMap(Self.frame)[...]
        while !rest.isEmpty {
            reader.append(rest.prefix(size))
            rest = rest.dropFirst(size)
            while let item = reader.next() { found.append(item) }
        }
        #expect(found == bodies.map { .message(Array($0.utf8)) })
    }
}

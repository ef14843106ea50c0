import Foundation
import LanguageServer

extension FuzzTarget {
    /// What an editor sends to the language server: cut into messages the same however its bytes arrive, and each read
    /// or refused.
    static let wire = FuzzTarget(
        name: "wire",
        seeds: [
            frame(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#)
                + frame(#"{"jsonrpc":"2.0","method":"initialized"}"#) + frame(#"{"id":"a","result":null}"#),
            frame("") + frame("[") + frame("{}") + "noise" + frame(#"{"id":1.5,"method":"x"}"#),
            "Content-Type: x\r\ncontent-length:  2\r\n\r\n{}Content-Length: 99999999999999\r\n\r\n" + frame("{}"),
            String(repeating: "x", count: 9000) + frame("{}"),
        ],
        words: [
            "Content-Length: ", "\r\n\r\n", "\r\n", "Content-Type: ", "{\"id\":", "\"method\":", "\"params\":", "[[[[",
            "999999999", "268435457", "-1", "\u{0}", "\\ud800", "null", "1e400",
        ]
    ) { bytes in
        let whole = reading(bytes, by: bytes.count)
        for item in whole {
            guard case .message(let message) = item else { continue }
            try expect(message.count <= bytes.count, "a message is longer than what came")
            _ = try? IncomingMessage(message)
        }
        // What comes after something that is no message may be cut otherwise, for less of it was there to see.
        for size in [1, 7] {
            let pieces = reading(bytes, by: size)
            let sound = min(sound(whole), sound(pieces))
            try expect(
                pieces.prefix(sound).elementsEqual(whole.prefix(sound)), "by \(size) bytes the messages are others")
            try expect(
                sound < whole.count || pieces.count == whole.count, "by \(size) bytes there are more messages")
        }
    }

    private static func frame(_ text: String) -> String { "Content-Length: \(text.utf8.count)\r\n\r\n\(text)" }

    /// How many messages there are before the first fault.
    private static func sound(_ items: [FrameReader.Item]) -> Int {
        items.prefix { if case .message = $0 { true } else { false } }.count
    }

    private static func reading(_ bytes: [UInt8], by size: Int) -> [FrameReader.Item] {
        var reader = FrameReader()
        var items: [FrameReader.Item] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + max(1, size))
            reader.append(bytes[start..<end])
            while let item = reader.next() { items.append(item) }
            start = end
        }
        return items
    }
}

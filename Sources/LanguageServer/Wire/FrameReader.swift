/// Cuts a stream of bytes into messages by the `Content-Length` of their headers.
///
/// Source: Language Server Protocol 3.17, base protocol. Nothing that comes in stops it: a header that tells no length is
/// passed over, what belongs to no message is searched for the next header, and each is reported once.
package struct FrameReader {
    package enum Item: Equatable {
        case message([UInt8])
        /// Bytes that are no message, with why.
        case fault(String)
    }

    static let largestHeader = 8 << 10
    /// An analysis takes at most 64 MiB; in JSON its text may take several times that.
    static let largestBody = 256 << 20

    private var buffer: [UInt8] = []
    private var position = 0
    /// Bytes of a refused body that are still to come.
    private var skipped = 0

    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        if position > 1 << 16 {
            buffer.removeFirst(position)
            position = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next message or fault; nil until more bytes come.
    package mutating func next() -> Item? {
        if skipped > 0 {
            let count = min(skipped, buffer.count - position)
            position += count
            skipped -= count
            if skipped > 0 { return nil }
        }
        guard let end = headerEnd() else {
            guard buffer.count - position > FrameReader.largestHeader else { return nil }
            resynchronise()
            return .fault("a header has at most \(FrameReader.largestHeader) bytes")
        }
        guard let length = FrameReader.contentLength(buffer[position..<end]) else {
            position = end
            return .fault("a header has a line 'Content-Length: N'")
        }
        guard length <= FrameReader.largestBody else {
            position = end
            skipped = length
            return .fault("a message has at most \(FrameReader.largestBody) bytes")
        }
        guard buffer.count - end >= length else { return nil }
        position = end + length
        return .message(Array(buffer[end..<position]))
    }

    /// Behind the empty line that ends the header; nil where it has not come yet.
    private func headerEnd() -> Int? {
        let last = min(buffer.count, position + FrameReader.largestHeader)
        var index = position
        while index + 3 < last {
            if buffer[index] == 0x0D, buffer[index + 1] == 0x0A, buffer[index + 2] == 0x0D, buffer[index + 3] == 0x0A {
                return index + 4
            }
            index += 1
        }
        return nil
    }

    /// Goes to the next text that may begin a header.
    private mutating func resynchronise() {
        let name = Array("Content-Length:".utf8)
        var index = position + 1
        while index + name.count <= buffer.count {
            if buffer[index..<(index + name.count)].elementsEqual(name) {
                position = index
                return
            }
            index += 1
        }
        // The last bytes may be the beginning of the name.
        position = max(position + 1, buffer.count - name.count + 1)
    }

    /// The length that a header tells last. What stands before its name on the line is not of the header: the rest of
    /// something else.
    private static func contentLength(_ header: ArraySlice<UInt8>) -> Int? {
        let text = String(decoding: header, as: UTF8.self).lowercased()
        guard let name = text.ranges(of: "content-length:").last else { return nil }
        let digits = text[name.upperBound...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty || digits.count > 15 ? nil : Int(digits)
    }
}

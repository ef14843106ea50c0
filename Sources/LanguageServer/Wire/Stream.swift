import Foundation

/// The two ends of a connection with an editor, as file descriptors.
struct Stream: Sendable {
    var input: Int32
    var output: Int32

    /// Reads frames on a thread of its own and posts them, at the end `.end`.
    func read(into inbox: Inbox) {
        let thread = Thread {
            var reader = FrameReader()
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = buffer.withUnsafeMutableBytes { Foundation.read(input, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                reader.append(buffer[0..<count])
                while let item = reader.next() {
                    switch item {
                    case .message(let bytes): inbox.post(.message(bytes))
                    case .fault(let reason): inbox.post(.fault(reason))
                    }
                }
            }
            inbox.post(.end)
        }
        thread.start()
    }

    /// Writes a message with its header. That nobody reads any more shows when reading ends.
    func write(_ message: Data) {
        let frame = Array("Content-Length: \(message.count)\r\n\r\n".utf8) + message
        var written = 0
        frame.withUnsafeBytes { bytes in
            while written < bytes.count, let base = bytes.baseAddress {
                let count = Foundation.write(output, base + written, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                written += count
            }
        }
    }
}

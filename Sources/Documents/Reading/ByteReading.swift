/// A reader that goes through bytes from front to back.
protocol ByteReading {
    var bytes: [UInt8] { get }
    /// Of the next byte.
    var index: Int { get set }
}

extension ByteReading {
    /// Moves behind spaces, tabs and line ends.
    mutating func skipSpace() {
        while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { index += 1 }
    }

    /// Moves behind a byte where it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }
}

import Crypto

/// How a git repository names its objects.
package enum GitObjectFormat: String, Sendable {
    case sha1
    case sha256

    /// How many hexadecimal digits a name has.
    package var digits: Int { self == .sha1 ? 40 : 64 }

    /// Whether a text is a name as git writes it.
    package func isName(_ text: some StringProtocol) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

/// The name that git gives a file's bytes: the digest of `blob`, a space, their count, a zero and the bytes.
///
/// Made from the bytes as they are: of a file that filters or line endings change on its way into the repository git has
/// another.
package struct GitBlobName {
    private enum State {
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
    }

    private var state: State

    /// - Parameter size: How many bytes there will be.
    package init(_ format: GitObjectFormat, size: Int) {
        state = format == .sha1 ? .sha1(Insecure.SHA1()) : .sha256(SHA256())
        Array("blob \(size)\0".utf8).withUnsafeBytes { update($0) }
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .sha1(var digest):
            digest.update(bufferPointer: bytes)
            state = .sha1(digest)
        case .sha256(var digest):
            digest.update(bufferPointer: bytes)
            state = .sha256(digest)
        }
    }

    /// In lower-case hexadecimal digits.
    package func finalize() -> String {
        let bytes: [UInt8] =
            switch state {
            case .sha1(let digest): Array(digest.finalize())
            case .sha256(let digest): Array(digest.finalize())
            }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    package static func of(_ bytes: [UInt8], _ format: GitObjectFormat) -> String {
        var name = GitBlobName(format, size: bytes.count)
        bytes.withUnsafeBytes { name.update($0) }
        return name.finalize()
    }

    /// Of a file, read a piece at a time.
    package static func of(
        _ path: String, in files: any FileSystem, _ format: GitObjectFormat
    ) throws(FileError) -> String {
        let source = try files.open(path)
        var name = GitBlobName(format, size: source.size)
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        while case let count = try source.read(into: piece), count > 0 {
            name.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
        return name.finalize()
    }
}

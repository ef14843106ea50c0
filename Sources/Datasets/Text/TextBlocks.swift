import Digests
import Workspace

/// Bytes that are read, and changed, by one owner after another.
final class TextBlock: @unchecked Sendable {
    private(set) var bytes: UnsafeMutableBufferPointer<UInt8>
    fileprivate(set) var count = 0

    init(capacity: Int) { bytes = .allocate(capacity: capacity) }
    deinit { bytes.deallocate() }

    /// What is filled.
    var text: UnsafeMutableBufferPointer<UInt8> { UnsafeMutableBufferPointer(rebasing: bytes[..<count]) }

    /// Twice as large, with the same bytes.
    fileprivate func grow() {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * bytes.count)
        _ = larger.update(fromContentsOf: bytes[..<count])
        bytes.deallocate()
        bytes = larger
    }
}

/// A file of delimited text in blocks that begin and end between records. Its bytes go through a digest on their way, unless
/// they are known and nothing tells of a change.
struct TextBlocks {
    private static let size = 1 << 20

    private let source: any ByteSource
    private let file: Frame.File
    private let workspace: any FileSystem
    private var digest: StreamingDigest?
    private var ends = RecordEnds()
    /// What was read behind the last block.
    private var rest = TextBlock(capacity: TextBlocks.size)
    private var isAtEnd = false

    init(of file: Frame.File, in workspace: any FileSystem) throws(FileError) {
        self.file = file
        self.workspace = workspace
        let isKnown = file.known.map { $0.status == workspace.status(of: file.path) } ?? false
        digest = isKnown ? nil : StreamingDigest()
        source = try workspace.open(file.path)
    }

    /// - Returns: nil at the file's end.
    mutating func next() throws(FileError) -> TextBlock? {
        let block = rest
        var whole: Int?
        while !isAtEnd, whole == nil {
            if block.count == block.bytes.count { block.grow() }
            let before = block.count
            let room = UnsafeMutableRawBufferPointer(block.bytes)[before...]
            let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room))
            isAtEnd = count == 0
            block.count += count
            let read = UnsafeBufferPointer(rebasing: block.bytes[before..<block.count])
            digest?.update(UnsafeRawBufferPointer(read))
            whole = ends.last(in: read).map { before + $0 }
            // Too long, or wrong before it became so: whoever reads it finds out.
            if block.count > RecordLimits.recordBytes + RecordLimits.cellBytes { whole = whole ?? block.count }
        }
        let count = whole ?? block.count
        guard count > 0 || !isAtEnd else { return nil }
        let tail = block.bytes[count..<block.count]
        rest = TextBlock(capacity: max(TextBlocks.size, 2 * tail.count))
        rest.count = tail.count
        _ = rest.bytes.update(fromContentsOf: tail)
        block.count = count
        return block
    }

    /// Of all bytes, once `next` returned nil; nil where the file changed on the way.
    var fingerprint: Frame.Fingerprint? {
        if let digest { return Frame.Fingerprint(bytes: digest.byteCount, sha256: digest.finalize()) }
        guard let known = file.known, known.status == workspace.status(of: file.path) else { return nil }
        return known.fingerprint
    }
}

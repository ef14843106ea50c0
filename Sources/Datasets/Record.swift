package import Digests

/// Where a cell lies among bytes.
struct CellSpan: Sendable {
    var start: Int32
    var end: Int32

    init(_ start: Int, _ end: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    /// A cell that is missing whatever its bytes (null or absent in JSON).
    static let absent = CellSpan(0, -1)

    var isAbsent: Bool { end < start }
    var range: Range<Int> { isAbsent ? 0..<0 : Int(start)..<Int(end) }
}

/// One record: its cells' bytes one after another, reused from record to record.
package struct Record {
    /// The line on which it begins, from 1.
    package var line = 1
    private(set) var bytes: [UInt8] = []
    var spans: [CellSpan] = []

    package init() {}

    package var count: Int { spans.count }

    package mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
    }

    package func cell(_ index: Int) -> ArraySlice<UInt8> { bytes[spans[index].range] }

    package func isAbsent(_ cell: Int) -> Bool { cell < spans.count && spans[cell].isAbsent }

    package mutating func append(_ text: some Sequence<UInt8>, isAbsent: Bool = false) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        spans.append(isAbsent ? .absent : CellSpan(start, bytes.count))
    }

    /// The same row without cells at its beginning and at its end.
    package mutating func drop(first: Int, last: Int) {
        guard count >= first + last else { return }
        spans.removeLast(last)
        spans.removeFirst(first)
    }
}

extension Record {
    /// Its cells, each with its length and whether it is missing, for what must tell these rows from all others.
    package func digest(into digest: inout StreamingDigest) {
        for index in spans.indices {
            let cell = cell(index)
            let isMissing = isAbsent(index)
            digest.update(Array("\(isMissing ? -1 : cell.count) ".utf8))
            if !isMissing { digest.update(cell) }
        }
        digest.update([0x0A])
    }
}

/// What bounds the memory that one record may take.
enum RecordLimits {
    static let cellBytes = 1 << 20
    static let columns = 16_384
    static let recordBytes = 64 << 20
}

extension Collection<UInt8> {
    /// The text, nil where it is not UTF-8.
    var validText: String? { String(validating: self, as: UTF8.self) }
}

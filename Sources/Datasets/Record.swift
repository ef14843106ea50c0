package import Digests

/// One record of a text file: its cells' bytes one after another, reused from record to record.
package struct Record {
    /// The line on which it begins, from 1.
    package var line = 1
    package internal(set) var bytes: [UInt8] = []
    /// Where each cell ends in `bytes`.
    var ends: [Int] = []
    /// Cells that are missing whatever their bytes (null or absent in JSON); empty where there are none.
    var absent: [Bool] = []

    package init() {}

    package var count: Int { ends.count }

    package mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        absent.removeAll(keepingCapacity: true)
    }

    func range(_ cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] }

    package func cell(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    package func isAbsent(_ cell: Int) -> Bool { cell < absent.count && absent[cell] }

    package mutating func append(_ text: some Sequence<UInt8>, isAbsent: Bool = false) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        absent.append(isAbsent)
    }
}

extension Record {
    /// Its cells, each with its length and whether it is missing, for what must tell these rows from all others.
    package func digest(into digest: inout StreamingDigest) {
        for index in ends.indices {
            let isMissing = isAbsent(index)
            let range = range(index)
            digest.update(Array("\(isMissing ? -1 : range.count) ".utf8))
            if !isMissing { digest.update(bytes[range]) }
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

extension ArraySlice<UInt8> {
    /// The text, nil where it is not UTF-8.
    var validText: String? { String(validating: self, as: UTF8.self) }
}

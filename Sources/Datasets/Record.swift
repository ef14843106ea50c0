/// One record of a text file: its cells' bytes one after another, reused from record to record.
struct Record {
    /// The line on which it begins, from 1.
    var line = 1
    var bytes: [UInt8] = []
    /// Where each cell ends in `bytes`.
    var ends: [Int] = []
    /// Cells that are missing whatever their bytes (null or absent in JSON); empty where there are none.
    var absent: [Bool] = []

    var count: Int { ends.count }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        absent.removeAll(keepingCapacity: true)
    }

    func range(_ cell: Int) -> Range<Int> { (cell == 0 ? 0 : ends[cell - 1])..<ends[cell] }

    func cell(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    mutating func append(_ text: some Sequence<UInt8>, isAbsent: Bool = false) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        absent.append(isAbsent)
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

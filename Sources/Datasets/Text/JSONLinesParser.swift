import Foundation
import Values

/// Records of JSON Lines: one object of scalars a line, fed in pieces of any size.
///
/// Cells come in the order of `columns`; a member that is null or absent is a missing cell.
struct JSONLinesParser {
    private let file: String
    private var line = 1
    private var pending: [UInt8] = []
    private var record = Record()
    /// The columns in order; with `discovers`, members not in it yet are added as they come.
    private(set) var columns: [String]
    private var known: Set<String>
    private let discovers: Bool

    init(file: String, columns: [String], discovers: Bool) {
        self.file = file
        self.columns = columns
        self.discovers = discovers
        known = Set(columns)
    }

    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if piece.offset > 0 { try endLine(body) }
            pending.append(contentsOf: piece.element)
            if pending.count > RecordLimits.recordBytes { throw fault("A line holds at most 64 MiB") }
        }
    }

    mutating func finish(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        try endLine(body)
    }

    private mutating func endLine(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        defer {
            pending.removeAll(keepingCapacity: true)
            line += 1
        }
        if line == 1, pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        let parsed = try? JSONSerialization.jsonObject(with: Data(pending))
        guard let members = parsed as? [String: Any] else {
            throw fault("Each line of a JSON Lines file is one JSON object")
        }
        if discovers {
            let new = members.keys.filter { !known.contains($0) }.sorted()
            columns += new
            known.formUnion(new)
            if columns.count > RecordLimits.columns {
                throw fault("A file has at most \(RecordLimits.columns) columns")
            }
        }
        record.clear()
        record.line = line
        for column in columns { try append(members[column], column) }
        try body(&record)
    }

    private mutating func append(_ member: Any?, _ column: String) throws(DataFault) {
        switch member {
        case nil, is NSNull: record.append([], isAbsent: true)
        case let text as String:
            guard text.utf8.count <= RecordLimits.cellBytes else { throw fault("A cell holds at most 1 MiB", column) }
            record.append(text.utf8)
        case let number as NSNumber:
            // Booleans arrive as numbers too, told apart by their Objective-C type.
            if String(cString: number.objCType) == "c" {
                record.append((number.boolValue ? "true" : "false").utf8)
            } else {
                record.append(Value.ecmaScript(number.doubleValue).utf8)
            }
        default: throw fault("A member of a record is a number, a text, true, false or null", column)
        }
    }

    private func fault(_ message: String, _ column: String? = nil) -> DataFault {
        DataFault(file: file, line: line, column: column, message: message)
    }
}

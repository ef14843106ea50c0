import Digests

/// A row of a frame, valid during the call that receives it.
package struct Row {
    /// What rows of one file share.
    final class Context: Sendable {
        let frame: Frame
        /// As people see it.
        let file: String
        /// Where each of the frame's columns stands in a record, -1 where it does not.
        private let mapping: [Int]
        /// The same as rows read it.
        fileprivate nonisolated(unsafe) let places: UnsafeMutablePointer<Int>
        let missing: MissingMarks
        /// Which rows are kept, by the frame's columns.
        let filter: Condition<Int>?
        /// Of a draft, the units whose rows are kept and the place of the column that names them.
        let sample: (units: UnitSample.Chooser, column: Int)?

        init(_ frame: Frame, file: String, mapping: [Int]) throws(DataFault) {
            self.frame = frame
            self.file = file
            self.mapping = mapping
            places = Context.places(mapping)
            missing = frame.missing
            filter = try frame.filter?.root.map { (name) throws(DataFault) in try frame.index(of: name) }
            sample = frame.sample
        }

        /// The same for one thread alone: two that count users of one object in turn wait for each other at every row.
        init(copying other: Context) {
            frame = other.frame
            file = other.file
            mapping = other.mapping
            places = Context.places(mapping)
            missing = other.missing.copy
            filter = other.filter?.copy
            sample = other.sample
        }

        deinit { places.deallocate() }

        private static func places(_ mapping: [Int]) -> UnsafeMutablePointer<Int> {
            let places = UnsafeMutablePointer<Int>.allocate(capacity: max(1, mapping.count))
            places.initialize(from: mapping, count: mapping.count)
            return places
        }
    }

    /// Held by who calls: rows are many, and each would count itself in and out.
    unowned(unsafe) let context: Context
    private let places: UnsafeMutablePointer<Int>
    private let isEmptyMissing: Bool
    private let hasMarks: Bool
    private let bytes: UnsafePointer<UInt8>
    let spans: UnsafeBufferPointer<CellSpan>
    package let line: Int

    init(context: Context, bytes: UnsafePointer<UInt8>, spans: UnsafeBufferPointer<CellSpan>, line: Int) {
        self.context = context
        places = context.places
        isEmptyMissing = context.missing.hasEmpty
        hasMarks = context.missing.hasOthers
        self.bytes = bytes
        self.spans = spans
        self.line = line
    }

    /// `data/asos.csv:12`, or `row 12 of duckdb`.
    package var place: String { context.place(ofLine: line) }

    /// A cell's bytes; nil where it is missing.
    package func cell(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        let place = places[column]
        guard place >= 0, place < spans.count, !spans[place].isAbsent else { return nil }
        let cell = bytes(of: spans[place])
        if cell.isEmpty { return isEmptyMissing ? nil : cell }
        return hasMarks && context.missing.contains(cell) ? nil : cell
    }

    /// Whether its unit is one of a sample; a row without a name is.
    func isOf(_ sample: UnitSample.Chooser, by column: Int) -> Bool { cell(column).map { sample.keeps($0) } ?? true }

    package func isMissing(_ column: Int) -> Bool { cell(column) == nil }

    /// The cell's number, nil where it is missing.
    package func number(_ column: Int) throws(DataFault) -> Double? {
        guard let cell = cell(column) else { return nil }
        switch DecimalNumber.read(cell) {
        case .number(let number): return number
        case .notFinite: throw fault(column, "A number is finite, which \(quoted(cell)) is not")
        case .notANumber: throw fault(column, "This column is used as numbers, and \(quoted(cell)) is none")
        }
    }

    /// The cell's text, nil where it is missing.
    package func text(_ column: Int) throws(DataFault) -> String? {
        guard let cell = cell(column) else { return nil }
        guard let text = cell.validText else { throw notUTF8(column) }
        return text
    }

    /// The bytes of the cell's text, nil where it is missing.
    package func utf8(_ column: Int) throws(DataFault) -> UnsafeBufferPointer<UInt8>? {
        guard let cell = cell(column) else { return nil }
        guard cell.allSatisfy({ $0 < 0x80 }) || cell.validText != nil else { throw notUTF8(column) }
        return cell
    }

    /// The number of the cell's text among names.
    ///
    /// - Parameter rule: What a missing cell breaks.
    package func code(_ column: Int, in names: inout NameCodes, rule: String) throws(DataFault) -> Int {
        guard let cell = cell(column) else { throw fault(column, rule) }
        guard let code = names.code(of: cell) else { throw notUTF8(column) }
        return code
    }

    package func fault(_ column: Int?, _ message: String) -> DataFault {
        DataFault(
            file: context.file, line: line, column: column.map { context.frame.columns[$0] }, message: message)
    }

    func bytes(of span: CellSpan) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + Int(span.start), count: Int(span.end - span.start))
    }

    private func notUTF8(_ column: Int) -> DataFault { fault(column, "Text is UTF-8, and this cell is not") }

    /// The cell, as far as a line of words has room for it.
    package func quoted(_ column: Int) -> String { cell(column).map(quoted) ?? "“”" }

    private func quoted(_ cell: UnsafeBufferPointer<UInt8>) -> String {
        "“\(String(decoding: cell.prefix(40), as: UTF8.self))”"
    }
}

extension Row.Context {
    /// Calls the body with a row that the condition and, of a draft, the sample keep.
    func keep(_ row: inout Row, _ body: (inout Row) throws(DataFault) -> Void) throws(DataFault) {
        if let filter, try filter.evaluate(row) != true { return }
        if let sample, !row.isOf(sample.units, by: sample.column) { return }
        try body(&row)
    }

    func place(ofLine line: Int) -> String { frame.source == nil ? "\(file):\(line)" : "row \(line) of \(file)" }

    /// Calls the body with a record as a row.
    func visit(
        _ record: Record, _ body: (inout Row) throws(DataFault) -> Void
    ) throws(DataFault) {
        try record.bytes.withUnsafeBufferPointer { (bytes) throws(DataFault) in
            try record.spans.withUnsafeBufferPointer { (spans) throws(DataFault) in
                // Of no bytes none is read.
                let base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
                var row = Row(context: self, bytes: base, spans: spans, line: record.line)
                try body(&row)
            }
        }
    }
}

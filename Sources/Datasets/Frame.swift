package import Workspace

/// A table of records that is read when it is needed and never held whole: files, the columns they share, which cells
/// count as missing, and which rows are kept.
package struct Frame: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case csv
        case tsv
        case jsonl
    }

    package struct File: Sendable, Hashable {
        /// Absolute and real.
        package var path: String
        /// As people see it, from the project's root.
        package var shown: String
        package var format: Format

        package init(path: String, shown: String, format: Format) {
            self.path = path
            self.shown = shown
            self.format = format
        }
    }

    /// What a whole pass over a file found; a later pass that finds another digest has read another file.
    package struct Fingerprint: Sendable, Hashable {
        package var bytes: Int
        package var sha256: String

        package init(bytes: Int, sha256: String) {
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    package let files: [File]
    /// Texts that mean a missing cell.
    let missing: MissingMarks
    package let filter: Predicate?
    package internal(set) var columns: [String] = []
    package internal(set) var fingerprints: [Fingerprint] = []
    /// What delivers the rows where there are no files.
    package private(set) var source: (any RowSource)?

    package init(files: [File], missing: [String], filter: Predicate?) {
        self.files = files
        self.missing = MissingMarks(missing)
        self.filter = filter
    }

    /// The rows of an engine, whose conditions the engine keeps and whose missing cells it tells.
    package init(_ source: any RowSource) {
        files = []
        missing = MissingMarks([])
        filter = nil
        columns = source.columns.map(\.name)
        self.source = source
    }

    /// The frame as far as some of its columns and a condition reach, where an engine can be asked for less; else itself.
    package func selecting(_ names: Set<String>, where condition: Predicate.Expression? = nil) -> Frame {
        guard let source else { return self }
        let kept = source.columns.filter { names.contains($0.name) }
        return Frame(source.selecting(kept.isEmpty ? source.columns : kept, where: condition))
    }

    /// The frame, what is sent to an engine for it told to a journal.
    package func recorded(in journal: QueryJournal) -> Frame { source.map { Frame($0.recorded(in: journal)) } ?? self }

    /// The frame as an earlier survey of the same bytes left it.
    package func surveyed(columns: [String], fingerprints: [Fingerprint]) -> Frame {
        var frame = self
        (frame.columns, frame.fingerprints) = (columns, fingerprints)
        return frame
    }

    /// A column's place, or a fault that names the column that is not there.
    func index(of name: String) throws(DataFault) -> Int {
        guard let index = columns.firstIndex(of: name) else {
            throw DataFault(file: files.first?.shown ?? "", column: name, message: "There is no column \(name)")
        }
        return index
    }

    /// Calls `body` with every kept row in order, in one pass over each file.
    ///
    /// - Throws: the first fault: unreadable or malformed text, a comparison of text with a number, a file that changed
    ///   since the frame was made, or what `body` throws.
    package func forEachRow(
        in workspace: any FileSystem, _ body: (inout Row) throws(DataFault) -> Void
    ) throws(DataFault) {
        if let source {
            let mapping = Array(columns.indices)
            try source.forEachRecord { (record) throws(DataFault) in
                var row = Row(record: record, mapping: mapping, file: source.shown, frame: self)
                try body(&row)
            }
        }
        for (index, file) in files.enumerated() {
            let print = try RecordStream(file: file, workspace: workspace).read(columns: columns) {
                (record, mapping) throws(DataFault) in
                var row = Row(record: record, mapping: mapping, file: file.shown, frame: self)
                if let filter, try filter.evaluate(row) != true { return }
                try body(&row)
            }
            guard print == fingerprints[index] else {
                throw DataFault(file: file.shown, message: "A data file stays as it is while a report is built")
            }
        }
    }
}

/// A row of a frame, valid during the call that receives it.
package struct Row {
    let record: Record
    /// Where each of the frame's columns stands in the record, -1 where it does not.
    let mapping: [Int]
    let file: String
    let frame: Frame

    package var line: Int { record.line }

    /// `data/asos.csv:12`, or `row 12 of duckdb`.
    package var place: String { frame.source == nil ? "\(file):\(record.line)" : "row \(record.line) of \(file)" }

    package func isMissing(_ column: Int) -> Bool {
        let cell = mapping[column]
        if cell < 0 || (cell < record.absent.count && record.absent[cell]) { return true }
        return frame.missing.contains(record.cell(cell))
    }

    /// The cell's number, nil where it is missing.
    package func number(_ column: Int) throws(DataFault) -> Double? {
        if isMissing(column) { return nil }
        switch DecimalNumber.read(record.cell(mapping[column])) {
        case .number(let number): return number
        case .notFinite: throw fault(column, "A number is finite, which \(quoted(column)) is not")
        case .notANumber: throw fault(column, "This column is used as numbers, and \(quoted(column)) is none")
        }
    }

    /// The cell's text, nil where it is missing.
    package func text(_ column: Int) throws(DataFault) -> String? {
        if isMissing(column) { return nil }
        guard let text = record.cell(mapping[column]).validText else {
            throw fault(column, "Text is UTF-8, and this cell is not")
        }
        return text
    }

    package func fault(_ column: Int?, _ message: String) -> DataFault {
        DataFault(file: file, line: record.line, column: column.map { frame.columns[$0] }, message: message)
    }

    private func quoted(_ column: Int) -> String {
        let text = String(decoding: record.cell(mapping[column]).prefix(40), as: UTF8.self)
        return "“\(text)”"
    }
}

package import Digests
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
        /// What it holds as long as it is as it was; nil where that is to be found out by reading.
        package var known: Known?

        package init(path: String, shown: String, format: Format, known: Known? = nil) {
            self.path = path
            self.shown = shown
            self.format = format
            self.known = known
        }
    }

    /// A file that was read before, by a stamp that shows every later change.
    package struct Known: Sendable, Hashable {
        package var status: FileStatus
        package var fingerprint: Fingerprint

        package init(status: FileStatus, fingerprint: Fingerprint) {
            self.status = status
            self.fingerprint = fingerprint
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
    package internal(set) var filter: Predicate?
    package internal(set) var columns: [String] = []
    package internal(set) var fingerprints: [Fingerprint] = []
    /// What delivers the rows where there are no files.
    package private(set) var source: (any RowSource)?
    /// Of a draft, the units whose rows are kept and the place of the column that names them.
    private(set) var sample: (units: UnitSample.Chooser, column: Int)?

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

    /// Of the frame's rows those of a sample's units, which a column names. Rows without a name stay, for who reads them to
    /// tell; so do all where there is no such column.
    package func sampled(_ sample: UnitSample, by column: String) -> Frame {
        guard let index = columns.firstIndex(of: column) else { return self }
        if let source { return Frame(source.sampled(sample, by: column)) }
        var frame = self
        frame.sample = (sample.chooser, index)
        return frame
    }

    /// The frame without rows that a later one of the same keys replaces, where an engine can be asked for that; else itself.
    package func lasting(_ name: String, by names: [String]) -> Frame {
        guard let source, let column = source.columns.first(where: { $0.name == name }),
            // Others are no numbers, which the reader tells with their row.
            column.kind == .number || column.kind == .unknown
        else { return self }
        return Frame(source.lasting(column, by: source.columns.filter { names.contains($0.name) }))
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
}

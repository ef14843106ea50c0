package import Workspace

/// The first pass over a frame's files: which columns there are, what they hold, and the files' digests.
package struct FrameSurvey: Sendable {
    package struct Column: Sendable, Hashable {
        package enum Kind: String, Sendable {
            case number
            case text
            /// Every cell is missing.
            case empty
        }

        package var name: String
        package var missing = 0
        package var numbers = 0
        package var texts = 0

        package var kind: Kind { texts > 0 ? .text : numbers > 0 ? .number : .empty }
    }

    package private(set) var columns: [Column] = []
    /// Rows in the files.
    package private(set) var rows = 0
    /// Rows that the filter keeps.
    package private(set) var kept = 0

    /// Reads all files of a frame once and makes it ready for `forEachRow`.
    ///
    /// - Throws: the first fault of a file, or that the files of a frame have different columns, or that the filter
    ///   names a column that is not there.
    package init(of frame: inout Frame, in workspace: any FileSystem) throws(DataFault) {
        for file in frame.files {
            let stream = RecordStream(file: file, workspace: workspace)
            var tallies: [Column] = []
            let missing = frame.missing
            var count = 0
            let (names, fingerprint) = try stream.survey { (record, _) throws(DataFault) in
                while tallies.count < record.count { tallies.append(Column(name: "", missing: count)) }
                for index in tallies.indices { FrameSurvey.tally(record, index, missing, &tallies[index]) }
                count += 1
            }
            rows += count
            frame.fingerprints.append(fingerprint)
            while tallies.count < names.count { tallies.append(Column(name: "")) }
            for index in tallies.indices { tallies[index].name = names[index] }
            try merge(tallies, of: file, into: &frame)
        }
        frame.columns = columns.map(\.name)
        if let filter = frame.filter {
            for name in filter.columns where !frame.columns.contains(name) {
                throw DataFault(
                    file: frame.files.first?.shown ?? "", column: name, message: "There is no column \(name)")
            }
            var kept = 0
            try frame.forEachRow(in: workspace) { (_) throws(DataFault) in kept += 1 }
            self.kept = kept
        } else {
            kept = rows
        }
    }

    private mutating func merge(_ tallies: [Column], of file: Frame.File, into frame: inout Frame) throws(DataFault) {
        if columns.isEmpty {
            columns = tallies
            return
        }
        let isOpen = file.format == .jsonl
        for tally in tallies {
            if let index = columns.firstIndex(where: { $0.name == tally.name }) {
                columns[index].missing += tally.missing
                columns[index].numbers += tally.numbers
                columns[index].texts += tally.texts
            } else if isOpen {
                columns.append(tally)
            } else {
                throw DataFault(
                    file: file.shown, column: tally.name,
                    message:
                        "Files of one frame have the same columns, and \(frame.files[0].shown) has no \(tally.name)")
            }
        }
        for column in columns where !isOpen && !tallies.contains(where: { $0.name == column.name }) {
            throw DataFault(
                file: file.shown, column: column.name,
                message: "Files of one frame have the same columns, and this one has no \(column.name)")
        }
    }

    private static func tally(_ record: Record, _ index: Int, _ missing: MissingMarks, _ column: inout Column) {
        guard index < record.count, !(index < record.absent.count && record.absent[index]) else {
            column.missing += 1
            return
        }
        let cell = record.cell(index)
        if missing.contains(cell) {
            column.missing += 1
        } else if case .number = DecimalNumber.read(cell) {
            column.numbers += 1
        } else {
            column.texts += 1
        }
    }
}

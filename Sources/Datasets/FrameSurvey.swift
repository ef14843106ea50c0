import Parallelism
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
            let tallies: [Column]
            if file.format == .jsonl {
                tallies = try records(of: file, &frame, workspace)
            } else {
                tallies = try text(of: file, &frame, workspace)
            }
            try merge(tallies, of: file, into: &frame)
        }
        let names = columns.map(\.name)
        if let fault = FrameSurvey.missing(frame.filter, among: names, frame) { throw fault }
        frame.columns = names
        guard frame.filter != nil, frame.files.contains(where: { $0.format == .jsonl }) else { return }
        // Which columns there are is known only now.
        kept = 0
        try frame.forEachRow(in: workspace) { (_) throws(DataFault) in kept += 1 }
    }

    // MARK: One file

    /// What a block of text holds.
    fileprivate struct Tally: Sendable {
        var columns: [Column]
        var rows = 0
        var kept = 0
        var fault: DataFault?
    }

    private mutating func text(
        of file: Frame.File, _ frame: inout Frame, _ workspace: any FileSystem
    ) throws(DataFault) -> [Column] {
        var reader = try DelimitedFile(file, in: workspace)
        let filter = frame.filter
        let (whole, known) = (frame, columns.map(\.name))
        var context: Row.Context?
        var total: Tally?
        var lines = 1
        // Who hears that a column is not there wants to know which are.
        var seen: [String] = []
        defer { frame.columns = seen }
        try orderedPipeline { () throws(DataFault) -> (block: DelimitedBlock, context: Row.Context)? in
            guard let block = try reader.next() else { return nil }
            if let context { return (block, context) }
            // The condition is looked at on the way, if its columns are there.
            let names = known.isEmpty ? reader.header : known
            seen = names
            if let fault = FrameSurvey.missing(filter, among: names, whole) { throw fault }
            let made = try whole.surveyed(columns: names, fingerprints: []).context(file.shown, header: reader.header)
            context = made
            return (block, made)
        } map: { item in
            FrameSurvey.tally(item.block, item.context)
        } take: { (part: (tally: Tally, lines: Int)) throws(DataFault) in
            if let fault = part.tally.fault { throw fault.shifted(by: lines) }
            lines += part.lines
            total = total.map { $0.adding(part.tally) } ?? part.tally
        }
        frame.fingerprints.append(try reader.fingerprint())
        rows += total?.rows ?? 0
        kept += total?.kept ?? 0
        var columns = total?.columns ?? []
        for (index, name) in reader.header.enumerated() { columns[index].name = name }
        return columns
    }

    private static func tally(_ block: DelimitedBlock, _ context: Row.Context) -> (tally: Tally, lines: Int) {
        let context = Row.Context(copying: context)
        let (missing, filter) = (context.missing, context.filter)
        var tally = Tally(columns: Array(repeating: Column(name: ""), count: block.width))
        var lines = 0
        do throws(DataFault) {
            lines = try block.forEachRow(context, from: 0) { (row) throws(DataFault) in
                for index in tally.columns.indices {
                    tally.columns[index].add(row.bytes(of: row.spans[index]), missing)
                }
                tally.rows += 1
                if let filter, try filter.evaluate(row) != true { return }
                tally.kept += 1
            }
        } catch {
            tally.fault = error
        }
        return (tally, lines)
    }

    private mutating func records(
        of file: Frame.File, _ frame: inout Frame, _ workspace: any FileSystem
    ) throws(DataFault) -> [Column] {
        var tallies: [Column] = []
        var count = 0
        var plain = frame
        plain.filter = nil
        let context = try plain.context(file.shown, header: [])
        let (names, fingerprint) = try JSONLinesFile(file: file, workspace: workspace).survey {
            (record) throws(DataFault) in
            try context.visit(record) { (row) throws(DataFault) in
                while tallies.count < row.spans.count { tallies.append(Column(name: "", missing: count)) }
                for index in tallies.indices {
                    if index < row.spans.count, !row.spans[index].isAbsent {
                        tallies[index].add(row.bytes(of: row.spans[index]), context.frame.missing)
                    } else {
                        tallies[index].missing += 1
                    }
                }
                count += 1
            }
        }
        frame.fingerprints.append(fingerprint)
        rows += count
        kept += count
        while tallies.count < names.count { tallies.append(Column(name: "")) }
        for index in tallies.indices { tallies[index].name = names[index] }
        return tallies
    }

    private static func missing(_ filter: Predicate?, among names: [String], _ frame: Frame) -> DataFault? {
        filter?.columns.first { !names.contains($0) }.map { name in
            DataFault(file: frame.files.first?.shown ?? "", column: name, message: "There is no column \(name)")
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
}

extension FrameSurvey.Column {
    fileprivate mutating func add(_ cell: UnsafeBufferPointer<UInt8>, _ marks: MissingMarks) {
        if marks.contains(cell) {
            missing += 1
        } else if DecimalNumber.isNumber(cell) {
            numbers += 1
        } else {
            texts += 1
        }
    }
}

extension FrameSurvey.Tally {
    fileprivate func adding(_ other: FrameSurvey.Tally) -> FrameSurvey.Tally {
        var sum = self
        for (index, column) in other.columns.enumerated() {
            sum.columns[index].missing += column.missing
            sum.columns[index].numbers += column.numbers
            sum.columns[index].texts += column.texts
        }
        sum.rows += other.rows
        sum.kept += other.kept
        return sum
    }
}

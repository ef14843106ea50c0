package import Workspace

extension Frame {
    /// Calls `body` with every kept row in order, in one pass over each file.
    ///
    /// - Throws: the first fault: unreadable or malformed text, a comparison of text with a number, a file that changed
    ///   since the frame was made, or what `body` throws.
    package func forEachRow(
        in workspace: any FileSystem, _ body: (inout Row) throws(DataFault) -> Void
    ) throws(DataFault) {
        if let source {
            let context = try context(source.shown, header: columns)
            try source.forEachRecord { (record) throws(DataFault) in try context.visit(record, body) }
        }
        for (index, file) in files.enumerated() {
            if file.format == .jsonl {
                let context = try context(file.shown, header: columns)
                let print = try JSONLinesFile(file: file, workspace: workspace).read(columns: columns) {
                    (record) throws(DataFault) in
                    try context.visit(record) { (row) throws(DataFault) in try context.keep(&row, body) }
                }
                try hold(print, at: index)
                continue
            }
            var reader = try DelimitedFile(file, in: workspace)
            var context: Row.Context?
            var line = 1
            while let block = try reader.next() {
                let own = if let context { context } else { try self.context(file.shown, header: reader.header) }
                context = own
                line = try block.forEachRow(own, from: line) { (row) throws(DataFault) in try own.keep(&row, body) }
            }
            try hold(reader.fingerprint(), at: index)
        }
    }

    /// What rows of a file share whose records have these columns.
    ///
    /// - Throws: where the condition is over a column that is not there.
    func context(_ file: String, header: [String]) throws(DataFault) -> Row.Context {
        let places = Dictionary(header.enumerated().map { ($1, $0) }) { first, _ in first }
        return try Row.Context(self, file: file, mapping: columns.map { places[$0] ?? -1 })
    }

    func hold(_ print: Fingerprint, at index: Int) throws(DataFault) {
        guard print == fingerprints[index] else { throw DelimitedFile.changed(files[index]) }
    }
}

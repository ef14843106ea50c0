package import Datasets

/// A table that this program makes, of rows of its own.
package struct NewTable: Sendable {
    package enum Kind: Sendable {
        case text
        case whole
        case real
    }

    package struct Column: Sendable {
        package var name: String
        package var kind: Kind

        package init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// As typed; a dot stands between a schema and its table.
    package let name: String
    package let columns: [Column]

    /// nil where a part of the name is empty, or holds what no name does.
    package init?(_ name: String, columns: [Column]) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let isSound = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.count <= 128
                && part.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" }
        }
        guard isSound, parts.count <= 3 else { return nil }
        self.name = name
        self.columns = columns
    }

    /// The name, each part of it quoted.
    func identifier(_ dialect: SQLDialect) -> String {
        name.split(separator: ".").map { dialect.identifier(String($0)) }.joined(separator: ".")
    }

    func creation(_ dialect: SQLDialect) -> String {
        let list = columns.map { "\(dialect.identifier($0.name)) \(dialect.type(of: $0.kind))" }
        return "create table \(identifier(dialect)) (\(list.joined(separator: ", ")))"
    }

    var header: String { columns.map(\.name).joined(separator: ",") + "\n" }
}

extension SQLDialect {
    func type(of kind: NewTable.Kind) -> String {
        switch kind {
        case .text: string
        case .real: double
        case .whole: self == .sqlite ? "integer" : self == .bigquery ? "int64" : "bigint"
        }
    }
}

/// What takes rows into a new table.
package protocol TableWriter {
    /// Writes a table whole or, where anything fails, leaves what was there, as far as the engine can.
    ///
    /// - Parameters:
    ///   - replaces: Whether a table of the name may be taken away for it.
    ///   - rows: Pieces of comma-separated text without a header, whole lines, until nil.
    func write(_ table: NewTable, replaces: Bool, _ rows: () -> [UInt8]?) throws(DataFault)
}

extension NewTable {
    /// Calls the body with every row of the pieces.
    func forEachRow(
        of rows: () -> [UInt8]?, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        var reader = RecordReader(file: name, form: .delimited(UInt8(ascii: ","), null: nil))
        try reader.take(Array(header.utf8), body)
        while let piece = rows() { try reader.take(piece, body) }
        try reader.take(nil, body)
    }

    /// A cell as a literal.
    func literal(_ cell: ArraySlice<UInt8>, _ column: Int, _ dialect: SQLDialect) throws(DataFault) -> String {
        let text = String(decoding: cell, as: UTF8.self)
        if columns[column].kind == .text { return dialect.text(text) }
        guard case .number(let number) = DecimalNumber.read(cell) else {
            throw .engine(name, "A number is written as one", text)
        }
        return columns[column].kind == .whole ? String(Int(number)) : dialect.number(number)
    }
}

extension RecordReader {
    fileprivate mutating func take(
        _ bytes: [UInt8], _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        var fault: DataFault?
        bytes.withUnsafeBytes { buffer in
            do throws(DataFault) { try take(buffer, body) } catch { fault = error }
        }
        if let fault { throw fault }
    }
}

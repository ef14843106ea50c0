import Datasets

/// What Spark says of a query: its version, the types of columns, their names.
///
/// Types come as a table of text in which a comment of a column may hold anything, so names are those of an object of JSON
/// behind it, and a type is that of the next line that begins with its column's name, filled up to twenty characters.
struct SparkDescription {
    private(set) var version = ""
    private(set) var columns: [RowSourceColumn] = []

    /// nil where the output is not whole.
    init?(_ output: String, columns mark: String, end: String) {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: true)
        guard let first = lines.first, let last = lines.last, last == "[\"\(end)\"]",
            let place = lines.lastIndex(of: "[\"\(mark)\"]"), place == lines.count - 3
        else { return nil }
        var record = Record()
        var object = Record()
        guard (try? JSONRow(Array(first.utf8), into: &record)) != nil, record.count == 1,
            let row = try? JSONRow(Array(lines[place + 1].utf8), into: &object), !row.names.isEmpty
        else { return nil }
        version = String(decoding: record.cell(0), as: UTF8.self)
        var rest = lines[1..<place]
        for name in row.names {
            var kind = RowSourceColumn.Kind.unknown
            let described = rest.firstIndex { line in
                line.prefix { $0 != "\t" } == name + String(repeating: " ", count: max(0, 20 - name.utf16.count))
            }
            if let described {
                let cells = rest[described].split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
                rest = rest[(described + 1)...]
                if cells.count > 1 { kind = SparkDescription.kind(cells[1].prefix { $0 != " " }) }
            }
            columns.append(RowSourceColumn(name, kind))
        }
    }

    private static func kind(_ type: Substring) -> RowSourceColumn.Kind {
        switch type {
        case "tinyint", "smallint", "int", "bigint", "float", "double": .number
        case _ where type.hasPrefix("decimal("): .number
        case "string",
            _ where type.hasPrefix("varchar(") || type.hasPrefix("char("):
            .text
        default: .other
        }
    }
}

package import Datasets

/// A table of which an engine keeps the states that it had, each with a name.
package struct SnapshotTable: Sendable, Hashable {
    package enum Format: String, Sendable, CaseIterable {
        case iceberg
        case delta
    }

    package let format: Format
    /// Catalog, schema and table, as far as they are named.
    private let parts: [String]

    /// nil where a part of the dotted name is empty.
    package init?(_ format: Format, named name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ part in part.contains { !$0.isWhitespace } }) else { return nil }
        self.format = format
        self.parts = parts
    }

    /// `iceberg snapshot 5 of lake.units`.
    package func pin(_ snapshot: String) -> String {
        "\(format.rawValue) \(format == .delta ? "version" : "snapshot") \(snapshot) of \(parts.joined(separator: "."))"
    }

    fileprivate func text(_ dialect: SQLDialect, of suffix: String = "") -> String {
        var names = parts
        names[names.count - 1] += suffix
        return names.map { dialect.identifier($0) }.joined(separator: ".")
    }
}

extension SQLDialect {
    /// What finds a table's current snapshot in its first cell; nil for dialects that cannot read a table as of one.
    ///
    /// Of Iceberg the branch `main` tells it: what was committed last may lie on another, or was rolled back.
    package func currentSnapshot(of table: SnapshotTable) -> String? {
        switch (self, table.format) {
        case (.spark, .iceberg):
            "select cast(snapshot_id as string) as snapshot from \(table.text(self)).\(identifier("refs")) where name = 'main'"
        case (.spark, .delta): "describe history \(table.text(self)) limit 1"
        case (.trino, .iceberg):
            "select cast(snapshot_id as varchar) as snapshot from \(table.text(self, of: "$refs")) where name = 'main'"
        case (.trino, .delta):
            "select cast(max(version) as varchar) as snapshot from \(table.text(self, of: "$history"))"
        default: nil
        }
    }

    /// The rows of a table as of a snapshot, a whole number.
    package func rows(of table: SnapshotTable, at snapshot: String) -> String {
        "select * from \(table.text(self)) \(self == .trino ? "for " : "")version as of \(snapshot)"
    }
}

extension QueryEngine {
    /// The name of a table's current snapshot.
    package func snapshot(of table: SnapshotTable) throws(DataFault) -> String {
        guard let sql = dialect.currentSnapshot(of: table) else {
            throw .engine(
                name, "`snapshot` is of tables in Spark and Trino",
                "`fresh` tells of the state of any other")
        }
        var found = ""
        if sql.hasPrefix("select") {
            try read(sql, ExpectedRows(columns: 1, areFew: true)) { (record) throws(DataFault) in
                if !record.isAbsent(0) { found = String(decoding: record.cell(0), as: UTF8.self) }
            }
        } else {
            found = try answer(of: sql) ?? ""
        }
        guard !found.isEmpty else { throw .engine(name, "The table has no snapshot yet: nothing was written to it") }
        guard found.utf8.count < 20, found.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .engine(name, "A snapshot's name is a whole number", found)
        }
        return found
    }
}

package import Datasets
import Digests

extension SQLDialect {
    /// A column's number, null where it is missing or none.
    func number(of column: RowSourceColumn) -> String {
        let name = identifier(column.name)
        switch self {
        // Its columns hold what they hold, whatever their type says.
        case .sqlite: return "case when typeof(\(name)) in ('integer', 'real') then cast(\(name) as real) end"
        // Where Spark is strict, a text that is no number ends the query instead of being counted.
        case .spark where column.kind != .number: return "try_cast(\(name) as double)"
        default: return "cast(\(name) as \(double))"
        }
    }

    /// Whether a column holds something that is no finite number, though not missing; `number` is that of the cell.
    func isBad(_ column: RowSourceColumn, number: String) -> String {
        // Nothing compares with NaN as true, or it is the largest of all: either way it is not within.
        "\(identifier(column.name)) is not null and (\(number) is null or not (abs(\(number)) <= 1.7976931348623157e308))"
    }

    /// A column's text.
    func text(of column: RowSourceColumn) -> String {
        column.kind == .text ? identifier(column.name) : "cast(\(identifier(column.name)) as \(string))"
    }

    /// Whether a row is of a sample's units, or its unit has no name.
    func condition(of sample: UnitSample, by column: RowSourceColumn) -> String {
        let name = identifier(column.name)
        let hash = md5(of: "\(text(sample.prefix)) || cast(\(name) as \(string))")
        return "(\(name) is null or \(hash)\(binary) < \(text(sample.bound)))"
    }

    /// The MD5 of a text, as lower-case hexadecimal digits. SQLite has none; this program gives it one.
    private func md5(of text: String) -> String {
        switch self {
        case .duckdb, .sqlite, .postgres, .spark, .snowflake: "md5(\(text))"
        case .trino: "lower(to_hex(md5(to_utf8(\(text)))))"
        case .bigquery: "to_hex(md5(\(text)))"
        }
    }

    /// What groups rows by a column of names.
    ///
    /// - Parameter prefix: `q.` where a name of the result could be meant, too.
    func name(of column: RowSourceColumn, prefix: String = "") -> String {
        let name = prefix + identifier(column.name)
        // 1 and '1' are two things there and one name, and a column may tell no capital from a small letter.
        return self == .sqlite ? "cast(\(name) as text)\(binary)" : name
    }

    /// A condition of `where`.
    ///
    /// - Throws: where a column is not there, or text is compared with a number.
    func condition(_ condition: Predicate.Expression, over columns: [RowSourceColumn]) throws(DataFault) -> String {
        switch condition {
        case .and(let a, let b):
            return "(\(try self.condition(a, over: columns)) and \(try self.condition(b, over: columns)))"
        case .or(let a, let b):
            return "(\(try self.condition(a, over: columns)) or \(try self.condition(b, over: columns)))"
        case .not(let a): return "(not \(try self.condition(a, over: columns)))"
        case .isMissing(let name): return "(\(identifier(try column(name, in: columns).name)) is null)"
        case .isIn(let name, let literals):
            let column = try column(name, in: columns)
            guard !literals.isEmpty else { return "(\(identifier(column.name)) is null and null is not null)" }
            var texts: [String] = []
            for literal in literals { texts.append(try compared(column, "=", literal)) }
            return "(" + texts.joined(separator: " or ") + ")"
        case .compare(let name, let comparison, let literal):
            let sign = comparison == .notEqual ? "<>" : comparison.rawValue
            return try compared(column(name, in: columns), sign, literal)
        }
    }

    private func compared(
        _ column: RowSourceColumn, _ sign: String, _ literal: Predicate.Literal
    ) throws(DataFault) -> String {
        switch literal {
        case .text(let text): return "(\(self.text(of: column))\(binary) \(sign) \(self.text(text)))"
        case .number(let value):
            guard column.kind == .number || column.kind == .unknown else {
                throw DataFault(
                    file: "", column: column.name,
                    message: "This column is compared with a number, and its type is none of numbers")
            }
            return "(\(number(of: column)) \(sign) \(number(value)))"
        }
    }

    private func column(_ name: String, in columns: [RowSourceColumn]) throws(DataFault) -> RowSourceColumn {
        guard let column = columns.first(where: { $0.name == name }) else {
            throw DataFault(file: "", column: name, message: "There is no column \(name)")
        }
        return column
    }
}

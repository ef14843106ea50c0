/// Something wrong in a data file: what rule it breaks and where.
package struct DataFault: Error, Hashable, Sendable {
    /// As people see it, from the project's root.
    package var file: String
    /// The line on which the record begins, from 1; nil for the file as a whole.
    package var line: Int?
    package var column: String?
    /// The rule, as one sentence without a full stop.
    package var message: String
    /// What an engine or its client had to say, line by line; nil for what was found in data.
    package var engine: [String]?

    package init(
        file: String, line: Int? = nil, column: String? = nil, message: String, engine: [String]? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.engine = engine
    }

    /// `data/asos.csv:12, column variance_c`.
    package var place: String {
        file + (line.map { ":\($0)" } ?? "") + (column.map { ", column \($0)" } ?? "")
    }
}

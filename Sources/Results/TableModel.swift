package import Diagnostics
package import Values

/// A table as data: what stands in each cell and how a column is aligned, not how it looks.
package struct TableModel: Sendable {
    package struct Column: Sendable {
        /// Inline Markdown.
        package var title: String
        package var alignment: Alignment

        package init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    package enum Alignment: String, Sendable {
        case left
        case right
        /// Decimal points under each other.
        case decimal
    }

    package enum Cell: Sendable {
        case empty
        /// Plain text, from data or a name: nothing in it is markup.
        case text(String)
        /// Inline Markdown that the analysis wrote, with values in it, and where it stands.
        case markdown(String, at: SourceRange)
        /// A number (or an interval, or an object with `estimate` and `interval`), how to write it in the notation of
        /// the language's formats, and the path of the result that it is.
        case number(Value, format: String, path: ResultPath?)
    }

    package struct Row: Sendable {
        package var cells: [Cell]
        /// The row that matters: set in weight.
        package var isEmphasised: Bool
        /// A rule above: the row begins a group.
        package var beginsGroup: Bool

        package init(_ cells: [Cell], isEmphasised: Bool = false, beginsGroup: Bool = false) {
            self.cells = cells
            self.isEmphasised = isEmphasised
            self.beginsGroup = beginsGroup
        }
    }

    package var columns: [Column]
    package var rows: [Row]
    /// Inline Markdown of the analysis, with where it stands.
    package var footnotes: [(text: String, range: SourceRange)]

    package init(columns: [Column], rows: [Row], footnotes: [(text: String, range: SourceRange)] = []) {
        self.columns = columns
        self.rows = rows
        self.footnotes = footnotes
    }
}

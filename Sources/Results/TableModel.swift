package import Diagnostics
package import Values

/// A table as data: what stands in each cell and how a column is aligned, not how it looks.
package struct TableModel: Sendable {
    package struct Column: Sendable {
        /// Inline Markdown.
        package var title: String
        package var alignment: Alignment
        /// Inline Markdown: stands in the header behind the title, so that the cells need not say it.
        package var unit: String?
        /// Its numbers are drawn, too: estimates with their intervals, or from the null to the number.
        package var bar: Bar?
        /// Places in `footnotes`, in order.
        package var notes: [Int] = []

        package init(_ title: String, _ alignment: Alignment = .left, unit: String? = nil, bar: Bar? = nil) {
            self.title = title
            self.alignment = alignment
            self.unit = unit
            self.bar = bar
        }
    }

    package enum Alignment: String, Sendable {
        case left
        case right
        /// Decimal points under each other.
        case decimal
    }

    /// Bars beside the numbers of a column, all on one axis.
    package struct Bar: Sendable, Hashable {
        package enum Null: Sendable, Hashable {
            /// Zero, where it is not far from the numbers.
            case automatic
            case at(Double)
            case none
        }

        package var null = Null.automatic
        /// The ends of the axis; nil for those of the numbers.
        package var lower: Double?
        package var upper: Double?

        package init() {}
    }

    /// A heading over several columns.
    package struct Spanner: Sendable {
        /// Inline Markdown.
        package var title: String
        package var columns: Range<Int>
        /// 1 directly over the columns' own headings, more over other spanners.
        package var level: Int
        package var notes: [Int] = []

        package init(_ title: String, columns: Range<Int>, level: Int = 1) {
            self.title = title
            self.columns = columns
            self.level = level
        }
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
        /// What the group is called that the row begins; it stands in a row of its own.
        package var groupTitle: Cell?
        /// Columns whose cells alone are set in weight.
        package var emphasised: Set<Int> = []
        /// Places in `footnotes` by column.
        package var notes: [Int: [Int]] = [:]

        package init(_ cells: [Cell], isEmphasised: Bool = false, beginsGroup: Bool = false) {
            self.cells = cells
            self.isEmphasised = isEmphasised
            self.beginsGroup = beginsGroup
        }
    }

    /// A remark below the table.
    package struct Footnote: Sendable {
        /// Inline Markdown of the analysis.
        package var text: String
        package var range: SourceRange
        /// What stands at the places that it is about; nil for one about the table as a whole.
        package var mark: String?

        package init(_ text: String, at range: SourceRange, mark: String? = nil) {
            self.text = text
            self.range = range
            self.mark = mark
        }
    }

    package var columns: [Column]
    package var rows: [Row]
    package var footnotes: [Footnote]
    package var spanners: [Spanner] = []
    /// How many columns at the left name the rows; nil for the first where it holds nothing but texts.
    package var stub: Int?

    package init(columns: [Column], rows: [Row], footnotes: [Footnote] = []) {
        self.columns = columns
        self.rows = rows
        self.footnotes = footnotes
    }
}

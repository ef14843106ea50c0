package import Documents
package import Results

/// A table with its cells resolved.
package struct ReportTable: Sendable {
    package struct Column: Sendable {
        package var title: RichText
        package var unit: RichText?
        package var alignment: TableModel.Alignment
        /// The axis of its bars; nil where it has none.
        package var axis: Axis?
        /// The marks of footnotes, in order.
        package var marks: [String]
        /// Whether its numbers are written in per cent, though the results hold shares.
        package var isPercent: Bool
    }

    /// What the bars of a column are drawn along.
    package struct Axis: Sendable, Hashable {
        package var lower: Double
        package var upper: Double
        /// Where the line of no effect stands.
        package var null: Double?
        /// The three as they are written.
        package var lowerText: String
        package var upperText: String
        package var nullText: String?
    }

    package struct Spanner: Sendable {
        package var title: RichText
        package var columns: Range<Int>
        package var level: Int
        package var marks: [String]
    }

    package enum Cell: Sendable {
        case empty
        case text(String)
        case rich(RichText)
        /// A number, its interval apart where it has one.
        case number(ResolvedValue, estimate: String, interval: String?)
    }

    package struct Row: Sendable {
        package var cells: [Cell]
        package var isEmphasised: Bool
        package var beginsGroup: Bool
        /// The title of the group that the row begins.
        package var groupTitle: Cell?
        /// Columns whose cells alone are set in weight.
        package var emphasised: Set<Int>
        /// The marks of footnotes by column, in order.
        package var marks: [Int: [String]]
    }

    package struct Footnote: Sendable {
        package var text: RichText
        package var mark: String?
    }

    package var columns: [Column]
    package var rows: [Row]
    package var footnotes: [Footnote]
    /// From the top level down, from left to right.
    package var spanners: [Spanner]
    /// How many columns at the left name the rows.
    package var stub: Int

    /// The column's spanners from the outermost in.
    package func spanners(over column: Int) -> [Spanner] {
        spanners.filter { $0.columns.contains(column) }.sorted { $0.level > $1.level }
    }
}

extension Report {
    /// A cell as it reads, without markup.
    package func plainText(_ cell: ReportTable.Cell) -> String {
        switch cell {
        case .empty: ""
        case .text(let text): text
        case .rich(let text): plainText(text)
        case .number(let value, _, _): value.text
        }
    }
}

package import Documents
package import Results

/// A table with its cells resolved.
package struct ReportTable: Sendable {
    package struct Column: Sendable {
        package var title: RichText
        package var alignment: TableModel.Alignment
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
    }

    package var columns: [Column]
    package var rows: [Row]
    package var footnotes: [RichText]
}

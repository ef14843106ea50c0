package import Diagnostics
package import Documents
package import Markdown
package import Results

/// A directive with what it made, numbered, and with what must stand beside it.
package struct ReportItem: Sendable {
    package var directive: Directive
    /// Nil where it could not be computed.
    package var result: DirectiveResult?
    /// Nil where no table is shown.
    package var table: ReportTable?
    /// Nil where no figure is shown.
    package var figure: FigureModel?
    /// Of a captioned table; an uncaptioned one has no number.
    package var tableNumber: Int?
    package var figureNumber: Int?
    package var assumptions: [String]
    package var warnings: [String]
    /// What the build said about this directive.
    package var diagnostics: [Diagnostic]

    /// The line of the analysis on which the directive begins.
    package var line: Int { directive.range.start.line }

    /// "Figure 2", "Table 1", or the directive's word and id.
    package var name: String {
        if let figureNumber { return "Figure \(figureNumber)" }
        if let tableNumber { return "Table \(tableNumber)" }
        return directive.hasWrittenID ? "\(directive.word) \(directive.id)" : directive.word
    }

    /// Whether the page has a place to link to.
    package var isVisible: Bool {
        table != nil || figure != nil || result == nil || directive.echo != .hidden || !assumptions.isEmpty
            || !warnings.isEmpty
    }
}

/// A heading of the body.
package struct ReportHeading: Sendable, Hashable {
    package var level: Int
    /// As GitHub makes it, `-1`, `-2` behind repeated ones.
    package var slug: String
    package var text: String
    package var range: SourceRange
    /// Whether it is a tab, or stands in one.
    package var isInTabs = false
}

/// A footnote with its number, in order of first reference.
package struct ReportFootnote: Sendable, Hashable {
    package var number: Int
    /// As written, or with a number behind it where an included file uses the label as well.
    package var label: String
    /// The definition.
    package var node: Node
    /// Where it is referred to, in order.
    package var references: [SourceRange]
}

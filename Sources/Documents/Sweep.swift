package import Diagnostics
package import Values

/// `sweep` of front matter: parameters with the values that they go through, and what the reports' index compares.
package struct Sweep: Sendable {
    /// One parameter and its values, in order.
    package struct Axis: Sendable {
        package var parameter: Parameter
        package var values: [Value]
        /// Where it is written; the parameter's own place where a person typed it.
        package var range: SourceRange

        package init(_ parameter: Parameter, values: [Value], at range: SourceRange) {
            self.parameter = parameter
            self.values = values
            self.range = range
        }
    }

    /// A result that the index shows for each report.
    package struct Column: Sendable {
        package var path: ResultPath
        package var format: NumberFormat?
        /// Inline Markdown; nil where the path says enough.
        package var title: String?
        package var range: SourceRange

        package init(_ path: ResultPath, format: NumberFormat?, title: String?, at range: SourceRange) {
            self.path = path
            self.format = format
            self.title = title
            self.range = range
        }
    }

    package var axes: [Axis] = []
    package var columns: [Column] = []
    package var range: SourceRange
}

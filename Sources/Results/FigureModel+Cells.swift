extension FigureModel {
    /// A cell of a heat map: indices into the categories of both axes.
    package struct Cell: Sendable {
        package var column: Int
        package var row: Int
        package var value: Double
        /// What stands in the cell where there is room.
        package var text: String
        /// Shown on hover: what the value is of.
        package var label: String

        package init(column: Int, row: Int, value: Double, text: String, label: String = "") {
            self.column = column
            self.row = row
            self.value = value
            self.text = text
            self.label = label
        }
    }

    /// Which colour stands for which value: steps between round numbers, told by a bar above the panels.
    package struct ColourScale: Sendable {
        /// Words with units.
        package var title: String
        /// A format of the language for the bar's ticks.
        package var format: String
        package var domain: ClosedRange<Double>
        /// The value about which two hues diverge; nil for one hue from little to much.
        package var middle: Double?

        package init(_ title: String, format: String = "", domain: ClosedRange<Double>, middle: Double? = nil) {
            self.title = title
            self.format = format
            self.domain = domain
            self.middle = middle
        }
    }
}

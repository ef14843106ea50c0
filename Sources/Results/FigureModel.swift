/// A figure as data: panels of marks over axes. Every series in it is also in the results file.
package struct FigureModel: Sendable {
    /// What the language calls it: `scatter`, `forest`, `shrinkage`, `density`, …
    package var kind: String
    package var panels: [Panel]
    /// How many panels stand side by side at the most.
    package var columns: Int
    /// The same in a narrow drawing.
    package var compactColumns: Int
    /// Names stand in a key above the panels even where there is room beside what they name.
    package var prefersKey: Bool
    /// What a reader who sees nothing is told where `alt` is not written.
    package var summary: String

    package init(
        kind: String, panels: [Panel], columns: Int = 1, compactColumns: Int = 1, prefersKey: Bool = false,
        summary: String
    ) {
        self.kind = kind
        self.panels = panels
        self.columns = columns
        self.compactColumns = compactColumns
        self.prefersKey = prefersKey
        self.summary = summary
    }

    package struct Panel: Sendable {
        package var title: String?
        package var x: Axis
        package var y: Axis
        /// Drawn in order, the first below.
        package var marks: [Mark]
        /// Both axes share a unit, so that the panel is square.
        package var isSquare: Bool
        /// What the colours of points with a `value` stand for.
        package var colours: ColourScale?
        /// What the areas of points with a `size` stand for.
        package var sizes: SizeScale?

        package init(title: String? = nil, x: Axis, y: Axis, marks: [Mark], isSquare: Bool = false) {
            self.title = title
            self.x = x
            self.y = y
            self.marks = marks
            self.isSquare = isSquare
        }
    }

    package struct Axis: Sendable {
        package enum Scale: String, Sendable {
            case linear
            case log
            /// Logarithmic on both sides of zero, linear about it.
            case symlog
            /// Seconds since 1970 began, in UTC.
            case time
            /// Rows of a forest, rows and columns of a heat map, bands of bars: positions are indices into `categories`.
            case category
            /// Drawn without ticks (the height of a density).
            case hidden
        }

        /// Words with units.
        package var title: String
        package var scale: Scale
        /// A format of the language for the ticks: `.1%`, `.2f`; empty for a sensible one.
        package var format: String
        /// Fixed limits; nil for those of the marks.
        package var domain: ClosedRange<Double>?
        /// The value drawn stronger than the grid (no effect), nil for none.
        package var null: Double?
        /// Small values stand at the top (of a y axis).
        package var isReversed: Bool
        package var categories: [Category]
        /// What stands above the columns of the categories' annotations.
        package var headings: [String]
        /// Up to which magnitude a symlog scale is about linear; nil for a thousandth of the largest.
        package var threshold: Double?
        /// Panels with the same title do not share this axis's limits.
        package var isFree = false

        package init(
            _ title: String, scale: Scale = .linear, format: String = "", domain: ClosedRange<Double>? = nil,
            null: Double? = nil, isReversed: Bool = false, categories: [Category] = [], headings: [String] = []
        ) {
            self.title = title
            self.scale = scale
            self.format = format
            self.domain = domain
            self.null = null
            self.isReversed = isReversed
            self.categories = categories
            self.headings = headings
        }
    }

    /// A row of a category axis: its label, what stands in columns in the right margin, and its group's heading if it
    /// begins one.
    package struct Category: Sendable {
        package var label: String
        package var annotations: [String]
        package var group: String?

        package init(label: String, annotations: [String] = [], group: String? = nil) {
            self.label = label
            self.annotations = annotations
            self.group = group
        }

        package init(label: String, annotation: String, group: String? = nil) {
            self.init(label: label, annotations: [annotation], group: group)
        }
    }

    /// What a mark belongs to. The same name has the same colour, dash and symbol in every figure of a site.
    package struct Series: Sendable, Hashable {
        /// A term of the field where there is one (`naive`, `tc`, `jive`, `liml`, `shared-control`, `ignore`, `raw`).
        package var name: String
        /// What the label says, e.g. "JIVE 0.80".
        package var label: String
        /// Grey, behind: what is not the point.
        package var isMuted: Bool

        package init(name: String, label: String? = nil, isMuted: Bool = false) {
            self.name = name
            self.label = label ?? name
            self.isMuted = isMuted
        }
    }

    package struct Point: Sendable {
        package var x: Double
        package var y: Double
        package var xInterval: ClosedRange<Double>?
        package var yInterval: ClosedRange<Double>?
        /// Shown on hover: which experiment and arm.
        package var label: String
        /// Stands beside the point where there is room.
        package var callout: String
        /// Its area, relative to the largest, 0…1; nil for all alike.
        package var size: Double?
        /// What its colour stands for, where the panel has `colours`.
        package var value: Double?

        package init(
            x: Double, y: Double, xInterval: ClosedRange<Double>? = nil, yInterval: ClosedRange<Double>? = nil,
            label: String = "", callout: String = ""
        ) {
            self.x = x
            self.y = y
            self.xInterval = xInterval
            self.yInterval = yInterval
            self.label = label
            self.callout = callout
        }
    }

    /// An estimate with its intervals on a category axis.
    package struct Interval: Sendable {
        /// The row, an index into the y axis's categories.
        package var row: Int
        package var estimate: Double
        /// 95%, drawn thin; an open end is infinite and drawn as an arrow at the frame.
        package var outer: (lower: Double, upper: Double)
        /// 66%, drawn thick.
        package var inner: (lower: Double, upper: Double)?
        /// Relative to the largest, 0…1, the area of the symbol; nil for all alike.
        package var weight: Double?
        package var label: String

        package init(
            row: Int, estimate: Double, outer: (lower: Double, upper: Double),
            inner: (lower: Double, upper: Double)? = nil, weight: Double? = nil, label: String = ""
        ) {
            self.row = row
            self.estimate = estimate
            self.outer = outer
            self.inner = inner
            self.weight = weight
            self.label = label
        }
    }
}

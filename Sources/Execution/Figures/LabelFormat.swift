import Documents

/// How the numbers beside a figure's marks are written: as `label-format` or `x-format` says, else with as many decimals
/// as give a typical interval two digits.
struct LabelFormat {
    private let format: NumberFormat

    /// - Parameter fallback: What is taken where the options say nothing; nil for decimals by the intervals' width.
    init(_ context: StepContext, intervals: [(lower: Double, upper: Double)] = [], fallback: String? = nil) {
        let written = ["label-format", "x-format"].lazy.compactMap { context.options[$0]?.string }.first ?? fallback
        if let written, let format = NumberFormat(parsing: written) {
            self.init(format)
        } else {
            self.init(intervals: intervals)
        }
    }

    /// For rows and what they come to: one decimal more than for the rows alone where the latter is much narrower.
    init(
        _ context: StepContext, rows: [(lower: Double, upper: Double)], summary: (lower: Double, upper: Double)?
    ) {
        let own = LabelFormat.decimals(rows)
        let finer = summary.map { LabelFormat.decimals([$0]) } ?? own
        self.init(context, fallback: ".\(max(own, min(finer, own + 1)))f")
    }

    private init(_ format: NumberFormat) { self.format = format }

    /// With as many decimals as give a typical interval two digits.
    init(intervals: [(lower: Double, upper: Double)]) {
        self.init(NumberFormat(.fixed, digits: LabelFormat.decimals(intervals)))
    }

    private static func decimals(_ intervals: [(lower: Double, upper: Double)]) -> Int {
        let widths = intervals.map { $0.upper - $0.lower }.filter { $0.isFinite && $0 > 0 }.sorted()
        guard !widths.isEmpty else { return 2 }
        var width = widths[widths.count / 2]
        var decimals = 0
        while width < 10, decimals < 12 {
            width *= 10
            decimals += 1
        }
        return decimals
    }

    func text(_ number: Double) -> String { format.text(number) }

    /// `[lower, upper]`, open ends infinite.
    func text(_ ends: (lower: Double, upper: Double)) -> String {
        let lower = ends.lower.isFinite ? format.text(ends.lower) : "−∞"
        let upper = ends.upper.isFinite ? format.text(ends.upper) : "∞"
        return "[\(lower), \(upper)]"
    }
}

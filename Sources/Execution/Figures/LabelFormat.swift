import Documents

/// How the numbers beside a figure's marks are written: as `label-format` or `x-format` says, else with as many decimals
/// as give a typical interval two digits.
struct LabelFormat {
    private let format: NumberFormat

    /// - Parameter fallback: What is taken where the options say nothing; nil for decimals by the intervals' width.
    init(_ context: StepContext, intervals: [(lower: Double, upper: Double)] = [], fallback: String? = nil) {
        let written = ["label-format", "x-format"].lazy.compactMap { context.options[$0]?.string }.first ?? fallback
        if let written, let format = NumberFormat(parsing: written) {
            self.format = format
            return
        }
        let widths = intervals.map { $0.upper - $0.lower }.filter { $0.isFinite && $0 > 0 }.sorted()
        var decimals = 2
        if !widths.isEmpty {
            var width = widths[widths.count / 2]
            decimals = 0
            while width < 10, decimals < 12 {
                width *= 10
                decimals += 1
            }
        }
        format = NumberFormat(.fixed, digits: decimals)
    }

    func text(_ number: Double) -> String { format.text(number) }

    /// `[lower, upper]`, open ends infinite.
    func text(_ ends: (lower: Double, upper: Double)) -> String {
        let lower = ends.lower.isFinite ? format.text(ends.lower) : "−∞"
        let upper = ends.upper.isFinite ? format.text(ends.upper) : "∞"
        return "[\(lower), \(upper)]"
    }
}

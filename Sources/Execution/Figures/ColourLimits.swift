import Diagnostics
import Documents
import Results

/// The limits of a colour scale: as `value-domain` says, else those of the values, about the middle where there is one.
enum ColourLimits {
    /// - Parameter fallback: The limits where nobody writes any, instead of those of the values.
    static func domain(
        _ lowest: Double, _ highest: Double, middle: Double?, fallback: ClosedRange<Double>? = nil,
        _ context: inout StepContext
    ) throws(StepFailure) -> ClosedRange<Double> {
        let limits = context.options["value-domain"]?.items.compactMap(\.number) ?? []
        var domain = lowest < highest ? lowest...highest : lowest...(lowest + max(lowest.magnitude, 1) / 10)
        if limits.count == 2, limits[0] < limits[1] {
            domain = limits[0]...limits[1]
        } else if let fallback {
            domain = fallback
        } else if let middle {
            let reach = max(highest - middle, middle - lowest)
            domain = (middle - (reach > 0 ? reach : 1))...(middle + (reach > 0 ? reach : 1))
        }
        if let middle, !domain.contains(middle) {
            throw context.fail(
                .error(
                    .badFigure, "The value about which hues diverge lies within the colours' limits",
                    at: context.range(of: context.options["value-domain"] == nil ? "null" : "value-domain")))
        }
        return domain
    }
}

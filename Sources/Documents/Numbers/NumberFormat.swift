/// How a number is written: `.2f`, `+.1%`, `.3g`, `,`, `e`, `interval .2f`, `p`.
package struct NumberFormat: Sendable, Hashable {
    package enum Style: Sendable, Hashable {
        /// A fixed number of decimals: `.2f`.
        case fixed
        /// Hundredfold with a per cent sign: `.1%`.
        case percent
        /// Significant digits: `.3g`.
        case significant
        /// A mantissa and a power of ten: `e`, `.2e`.
        case scientific
        /// A p-value as "p = .03" or "p < .001": `p`.
        case pValue
        /// As many digits as it takes, at most six significant: no format, or `,` alone.
        case plain
    }

    package var style: Style
    package var digits: Int?
    package var alwaysSigned: Bool
    /// Thousands apart: `,`.
    package var grouped: Bool
    /// The estimate with its interval behind it: `interval .2f`.
    package var interval: Bool

    package init(
        _ style: Style = .plain, digits: Int? = nil, alwaysSigned: Bool = false, grouped: Bool = false,
        interval: Bool = false
    ) {
        self.style = style
        self.digits = digits
        self.alwaysSigned = alwaysSigned
        self.grouped = grouped
        self.interval = interval
    }
}

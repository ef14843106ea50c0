/// How a treatment's mean is compared with its control's.
package enum EffectScale: String, Sendable, CaseIterable {
    /// ȳ_t − ȳ_c.
    case difference
    /// ȳ_t/ȳ_c − 1.
    case relative
    /// log(ȳ_t/ȳ_c).
    case logRatio
    /// (ȳ_t − ȳ_c)/s_c, s_c the standard deviation of the control's units.
    case standardised
}

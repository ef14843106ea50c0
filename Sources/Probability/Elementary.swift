internal import CSleef

/// Elementary functions whose bits are the same on every processor.
///
/// Each is SLEEF's reproducible scalar form, within one unit in the last place (`erfc` within 1.5); the C library's
/// change with the processor's instructions. Sums, products, quotients and square roots are exact IEEE operations
/// and need no counterpart here. Source: Shibata and Petrogalli, "SLEEF: A Portable Vectorized Library of C Standard
/// Mathematical Functions", IEEE TPDS 31(6), 2020.
package enum Elementary {
    package static func exp(_ x: Double) -> Double { Sleef_cinz_expd1_u10purec(x) }
    package static func expm1(_ x: Double) -> Double { Sleef_cinz_expm1d1_u10purec(x) }
    package static func log(_ x: Double) -> Double { Sleef_cinz_logd1_u10purec(x) }
    package static func log1p(_ x: Double) -> Double { Sleef_cinz_log1pd1_u10purec(x) }
    package static func log10(_ x: Double) -> Double { Sleef_cinz_log10d1_u10purec(x) }
    package static func pow(_ x: Double, _ y: Double) -> Double { Sleef_cinz_powd1_u10purec(x, y) }
    package static func sin(_ x: Double) -> Double { Sleef_cinz_sind1_u10purec(x) }
    package static func cos(_ x: Double) -> Double { Sleef_cinz_cosd1_u10purec(x) }
    package static func tan(_ x: Double) -> Double { Sleef_cinz_tand1_u10purec(x) }
    package static func atan(_ x: Double) -> Double { Sleef_cinz_atand1_u10purec(x) }
    package static func atan2(_ y: Double, _ x: Double) -> Double { Sleef_cinz_atan2d1_u10purec(y, x) }
    package static func tanh(_ x: Double) -> Double { Sleef_cinz_tanhd1_u10purec(x) }
    package static func erf(_ x: Double) -> Double { Sleef_cinz_erfd1_u10purec(x) }
    package static func erfc(_ x: Double) -> Double { Sleef_cinz_erfcd1_u15purec(x) }
    /// log |Γ(x)|.
    package static func lgamma(_ x: Double) -> Double { Sleef_cinz_lgammad1_u10purec(x) }

    package static let logTwoPi = 1.837877066409345483560659472811
    package static let squareRootOfTwo = 1.414213562373095048801688724210
}

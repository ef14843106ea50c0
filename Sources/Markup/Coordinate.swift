/// A coordinate of a drawing: at most two decimals, no trailing zeros, never "-0".
///
/// Two decimals of a viewBox unit are a hundredth of a pixel, so that files stay short and the same everywhere.
/// A number that is not finite has no place in a drawing and becomes 0.
package func coordinate(_ x: Double) -> String {
    guard x.isFinite, x.magnitude < 1e9 else { return "0" }
    let hundredths = Int((x * 100).rounded(.toNearestOrAwayFromZero))
    guard hundredths != 0 else { return "0" }
    let magnitude = hundredths.magnitude
    var text = hundredths < 0 ? "-" : ""
    text += String(magnitude / 100)
    let rest = magnitude % 100
    guard rest > 0 else { return text }
    text += rest < 10 ? ".0" : "."
    text += String(rest % 10 == 0 ? rest / 10 : rest)
    return text
}

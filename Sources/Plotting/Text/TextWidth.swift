/// How wide a text will be at a font size, in the drawing's units.
///
/// The reader's sans-serif is not known, so the table holds the advances of a wide one (DejaVu Sans, in thousandths of
/// an em): with any usual system font the text is a little narrower than reserved, never wider.
func textWidth(_ text: String, size: Double = TextSize.label, isBold: Bool = false) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { $0 + advance(of: $1) }
    return Double(thousandths) * size / 1000 * (isBold ? boldFactor : 1)
}

/// The text cut to a width, with an ellipsis where it was cut.
func shortened(_ text: String, to width: Double, size: Double = TextSize.label) -> String {
    guard textWidth(text, size: size) > width else { return text }
    var kept = text
    while !kept.isEmpty, textWidth(kept + "…", size: size) > width { kept.removeLast() }
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
}

/// The text on at most two lines of about the same length, broken between words; what is still too long is cut.
func wrapped(_ text: String, to width: Double, size: Double = TextSize.label, isBold: Bool = false) -> [String] {
    guard textWidth(text, size: size, isBold: isBold) > width else { return [text] }
    let limit = isBold ? width / boldFactor : width
    let words = text.split(separator: " ").map(String.init)
    let breaks = (1..<max(2, words.count)).map { count in
        (words.prefix(count).joined(separator: " "), words.dropFirst(count).joined(separator: " "))
    }
    let best = breaks.min { a, b in longer(a, size) < longer(b, size) }
    guard let (first, rest) = best, !rest.isEmpty else { return [shortened(text, to: limit, size: size)] }
    return [shortened(first, to: limit, size: size), shortened(rest, to: limit, size: size)]
}

private func longer(_ lines: (String, String), _ size: Double) -> Double {
    max(textWidth(lines.0, size: size), textWidth(lines.1, size: size))
}

/// How much wider bold letters are.
private let boldFactor = 1.16

/// Font sizes of a drawing, in its units.
enum TextSize {
    static let label = 12.5
    static let tick = 11.5
}

private func advance(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20...0x7E: asciiAdvances[Int(scalar.value) - 0x20]
    case 0x0300...0x036F, 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F: 0
    case 0x2009, 0x202F: 200
    case 0x2212, 0x00D7, 0x00B1, 0x2264, 0x2265: 838
    case 0x00B7, 0x2007, 0x2008: 420
    case 0x2013: 500
    case 0x2014, 0x2026: 1000
    case 0x1100...0x11FF, 0x2E80...0xFFEF, 0x1F000...0x3FFFF: 1050
    default: 700
    }
}

/// From space to tilde.
private let asciiAdvances: [Int] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863,
    748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
]

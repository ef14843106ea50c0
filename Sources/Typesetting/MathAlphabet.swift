/// The styled letters that Unicode has for mathematics.
///
/// Browsers know no other `mathvariant` than `normal`: a bold x is the letter U+1D431.
/// Source: The Unicode Standard, Mathematical Alphanumeric Symbols, with the letters that were encoded before them.
enum MathAlphabet: String {
    case bold, italic
    case boldItalic = "bold-italic"
    case doubleStruck = "double-struck"
    case script
    case boldScript = "bold-script"
    case fraktur
    case boldFraktur = "bold-fraktur"
    case sansSerif = "sans-serif"
    case boldSansSerif = "bold-sans-serif"
    case sansSerifItalic = "sans-serif-italic"
    case sansSerifBoldItalic = "sans-serif-bold-italic"
    case monospace

    /// Where A, α's capital and 0 of the alphabet stand; nil where it has none.
    private var blocks: (latin: UInt32, greek: UInt32?, digits: UInt32?) {
        switch self {
        case .bold: (0x1D400, 0x1D6A8, 0x1D7CE)
        case .italic: (0x1D434, 0x1D6E2, nil)
        case .boldItalic: (0x1D468, 0x1D71C, nil)
        case .script: (0x1D49C, nil, nil)
        case .boldScript: (0x1D4D0, nil, nil)
        case .fraktur: (0x1D504, nil, nil)
        case .doubleStruck: (0x1D538, nil, 0x1D7D8)
        case .boldFraktur: (0x1D56C, nil, nil)
        case .sansSerif: (0x1D5A0, nil, 0x1D7E2)
        case .boldSansSerif: (0x1D5D4, 0x1D756, 0x1D7EC)
        case .sansSerifItalic: (0x1D608, nil, nil)
        case .sansSerifBoldItalic: (0x1D63C, 0x1D790, nil)
        case .monospace: (0x1D670, nil, 0x1D7F6)
        }
    }

    /// Letters of the Letterlike Symbols, for which the alphabets have holes.
    private static let holes: [UInt32: UInt32] = [
        0x1D455: 0x210E, 0x1D49D: 0x212C, 0x1D4A0: 0x2130, 0x1D4A1: 0x2131, 0x1D4A3: 0x210B, 0x1D4A4: 0x2110,
        0x1D4A7: 0x2112, 0x1D4A8: 0x2133, 0x1D4AD: 0x211B, 0x1D4BA: 0x212F, 0x1D4BC: 0x210A, 0x1D4C4: 0x2134,
        0x1D506: 0x212D, 0x1D50B: 0x210C, 0x1D50C: 0x2111, 0x1D515: 0x211C, 0x1D51D: 0x2128, 0x1D53A: 0x2102,
        0x1D53F: 0x210D, 0x1D545: 0x2115, 0x1D547: 0x2119, 0x1D548: 0x211A, 0x1D549: 0x211D, 0x1D551: 0x2124,
    ]

    func text(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            out.unicodeScalars.append(styled(scalar.value).flatMap(Unicode.Scalar.init) ?? scalar)
        }
        return out
    }

    private func styled(_ scalar: UInt32) -> UInt32? {
        let blocks = blocks
        let found: UInt32? =
            switch scalar {
            case 0x41...0x5A: blocks.latin + scalar - 0x41
            case 0x61...0x7A: blocks.latin + 26 + scalar - 0x61
            case 0x30...0x39: blocks.digits.map { $0 + scalar - 0x30 }
            case 0x391...0x3A1, 0x3A3...0x3A9: blocks.greek.map { $0 + scalar - 0x391 }
            case 0x3B1...0x3C9: blocks.greek.map { $0 + 26 + scalar - 0x3B1 }
            case 0x2207: blocks.greek.map { $0 + 25 }
            case 0x2202: blocks.greek.map { $0 + 51 }
            case 0x3F5: blocks.greek.map { $0 + 52 }
            case 0x3D1: blocks.greek.map { $0 + 53 }
            case 0x3F0: blocks.greek.map { $0 + 54 }
            case 0x3D5: blocks.greek.map { $0 + 55 }
            case 0x3F1: blocks.greek.map { $0 + 56 }
            case 0x3D6: blocks.greek.map { $0 + 57 }
            default: nil
            }
        return found.map { MathAlphabet.holes[$0] ?? $0 }
    }
}

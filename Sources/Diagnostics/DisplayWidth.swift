extension String {
    /// About how many cells of a terminal, or columns of a fixed-width font, the text takes: East Asian letters and emoji
    /// two, marks on another letter none.
    package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }
}

extension Character {
    /// 0, 1 or 2 cells.
    ///
    /// Source: Unicode Standard Annex 11, East Asian Width: the blocks whose letters are W or F; and emoji, which terminals
    /// and editors draw as wide.
    package var displayWidth: Int {
        guard let first = unicodeScalars.first else { return 0 }
        if first.value < 0x300 { return unicodeScalars.contains { $0.value == 0xFE0F } ? 2 : 1 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        let isEmoji =
            first.properties.isEmojiPresentation
            || unicodeScalars.contains { $0.value == 0xFE0F } && first.properties.isEmoji
        return isEmoji || first.isEastAsianWide ? 2 : 1
    }
}

extension Unicode.Scalar {
    fileprivate var isEastAsianWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF,
            0x1AFF0...0x1B2FF, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

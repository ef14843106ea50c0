/// The bytes of some text, as the parser's readers see them.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
    /// The byte at `index`, 0 behind the end.
    func at(_ index: Int) -> UInt8 { index >= 0 && index < count ? self[index] : 0 }

    /// Whether `other` stands at `index`.
    func has(_ other: Bytes, at index: Int) -> Bool {
        guard index >= 0, index + other.count <= count else { return false }
        for k in 0..<other.count where self[index + k] != other[k] { return false }
        return true
    }

    /// The first place from `start` on at which `other` stands.
    func firstIndex(of other: Bytes, from start: Int) -> Int? {
        guard let first = other.first, other.count <= count else { return nil }
        var index = start
        while index + other.count <= count {
            if self[index] == first, has(other, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// The end of `lower..<upper` without spaces, tabs and line ends.
    func trimmedEnd(_ lower: Int, _ upper: Int) -> Int {
        var end = upper
        while end > lower, self[end - 1].isBlank || self[end - 1].isLineEnd { end -= 1 }
        return end
    }

    /// The length of the run of `byte` at `index`.
    func run(of byte: UInt8, at index: Int) -> Int {
        var end = index
        while end < count, self[end] == byte { end += 1 }
        return end - index
    }
}

extension UInt8 {
    /// A space or a tab; or a NUL of the file, which cmark was given as a space.
    var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0 }
    var isLineEnd: Bool { self == 0x0A || self == 0x0D }
    var isSpace: Bool { isBlank || (0x0A...0x0D).contains(self) }

    /// ASCII punctuation: what a backslash escapes.
    var isPunctuation: Bool {
        (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self)
            || (0x7B...0x7E).contains(self)
    }

    var isAlphanumeric: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}

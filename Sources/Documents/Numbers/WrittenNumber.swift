/// A number as a person wrote it in the text of a claim: "+3.2%", "−0.40", "1 200", ".03", "4.1 pp".
package struct WrittenNumber: Sendable, Hashable {
    package enum Unit: Sendable, Hashable {
        case one
        case percent
        /// Percentage points: "4.1 pp".
        case points
    }

    /// In the unit of the result: "3.2%" and "3.2 pp" are 0.032.
    package var value: Double
    /// Digits behind the point, as written ("3.2%" has one).
    package var decimals: Int
    package var unit: Unit
    /// Written with "+" or a minus: a rewrite gives a sign to positive numbers only where "+" was written.
    package var sign: Character?
    /// What stands between thousands.
    package var separator: Character?
    /// ".03": no zero before the point.
    package var omitsZero: Bool
    /// The power of ten of "1.2e-5".
    package var exponent: Int

    /// All digits as written and where the point stands among them.
    private var digits: [UInt8]

    package var isPercent: Bool { unit != .one }

    /// How many decimals of the result the text shows.
    package var places: Int { decimals - exponent + (isPercent ? 2 : 0) }

    /// Whether the text is what `result` rounds to.
    package func isRounding(of result: Double) -> Bool {
        let rounded = DecimalExpansion(result.magnitude).rounded(to: places)
        let written = DecimalExpansion(digits: digits, point: digits.count - places)
        return rounded == written && (written.isZero || (result < 0) == (value < 0))
    }

    /// `result` in the manner in which this number is written, without its unit.
    package func text(_ result: Double) -> String {
        guard result.isFinite else { return NumberFormat().text(result) }
        let rounded = DecimalExpansion(result.magnitude).rounded(to: places)
        let shown = rounded.shifted((isPercent ? 2 : 0) - exponent)
        var whole = shown.whole
        if let separator {
            let digits = Array(whole)
            whole = digits.enumerated().map { index, digit in
                index > 0 && (digits.count - index) % 3 == 0 ? "\(separator)\(digit)" : "\(digit)"
            }.joined()
        }
        if omitsZero, whole == "0", decimals > 0 { whole = "" }
        let minus = sign == "\u{2212}" ? "\u{2212}" : "-"
        let prefix = rounded.isZero ? "" : result < 0 ? minus : sign == "+" ? "+" : ""
        return prefix + whole + (decimals > 0 ? "." + shown.fraction(decimals) : "")
            + (exponent != 0 ? "e\(exponent)" : "")
    }

    /// The numbers of a text, each with where its sign and digits (not its unit) stand among the text's UTF-8 bytes.
    ///
    /// Digits that belong to a word ("Q3", "2nd", "COVID-19") are none.
    package static func all(in text: String) -> [(number: WrittenNumber, range: Range<Int>)] {
        var reader = Reader(Array(text.unicodeScalars))
        return reader.all()
    }

    private init(_ parts: Reader.Parts) {
        digits = parts.digits
        decimals = parts.decimals
        unit = parts.unit
        sign = parts.sign
        separator = parts.separator
        omitsZero = parts.omitsZero
        exponent = parts.exponent
        value = 0
        let magnitude = Double(
            String(decoding: digits.map { $0 + 48 }, as: UTF8.self) + "e\(-places)")
        value = (magnitude ?? 0) * (sign == "-" || sign == "\u{2212}" ? -1 : 1)
    }
}

extension WrittenNumber {
    /// Finds numbers in a text.
    fileprivate struct Reader {
        struct Parts {
            var digits: [UInt8] = []
            var decimals = 0
            var unit = Unit.one
            var sign: Character?
            var separator: Character?
            var omitsZero = false
            var exponent = 0
        }

        private let scalars: [Unicode.Scalar]
        private var index = 0

        init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

        private func at(_ offset: Int) -> Unicode.Scalar {
            offset >= 0 && offset < scalars.count ? scalars[offset] : " "
        }

        private func isDigit(_ offset: Int) -> Bool { ("0"..."9").contains(at(offset)) }

        private func isWord(_ offset: Int) -> Bool {
            at(offset).properties.isAlphabetic || isDigit(offset) || at(offset) == "_"
        }

        mutating func all() -> [(number: WrittenNumber, range: Range<Int>)] {
            var found: [(number: WrittenNumber, range: Range<Int>)] = []
            var byte = 0
            var counted = 0
            func bytes(to offset: Int) -> Int {
                while counted < offset {
                    byte += UTF8.width(scalars[counted])
                    counted += 1
                }
                return byte
            }
            while index < scalars.count {
                guard isDigit(index) || (at(index) == "." && isDigit(index + 1)) else {
                    index += 1
                    continue
                }
                let isHyphenated = "-\u{2010}\u{2011}".unicodeScalars.contains(at(index - 1)) && isWord(index - 2)
                let isPart = isWord(index - 1) || isHyphenated
                var start = index
                let parts = read(&start)
                if !isPart, let parts {
                    let lower = bytes(to: start)
                    found.append((WrittenNumber(parts), lower..<bytes(to: index)))
                    skipUnit(parts.unit)
                }
            }
            return found
        }

        /// Reads a number at the cursor; `start` moves to its sign. nil where it runs into a word.
        private mutating func read(_ start: inout Int) -> Parts? {
            var parts = Parts()
            if "+-\u{2212}".unicodeScalars.contains(at(start - 1)) {
                start -= 1
                parts.sign = Character(at(start))
            }
            parts.omitsZero = at(index) == "."
            takeDigits(&parts)
            while isSeparator(at(index)),
                parts.separator.map({ $0 == Character(at(index)) }) ?? (parts.digits.count <= 3),
                !parts.digits.isEmpty, isDigit(index + 1), isDigit(index + 2), isDigit(index + 3), !isDigit(index + 4)
            {
                parts.separator = Character(at(index))
                index += 1
                takeDigits(&parts)
            }
            if at(index) == ".", isDigit(index + 1) {
                index += 1
                let before = parts.digits.count
                takeDigits(&parts)
                parts.decimals = parts.digits.count - before
            }
            takeExponent(&parts)
            parts.unit = unit
            if parts.unit == .one, isWord(index) {
                while isWord(index), index < scalars.count { index += 1 }
                return nil
            }
            return parts
        }

        private mutating func takeDigits(_ parts: inout Parts) {
            while isDigit(index) {
                parts.digits.append(UInt8(truncatingIfNeeded: at(index).value - 48))
                index += 1
            }
        }

        private mutating func takeExponent(_ parts: inout Parts) {
            guard at(index) == "e" || at(index) == "E" else { return }
            var next = index + 1
            var text = ""
            if "+-\u{2212}".unicodeScalars.contains(at(next)) {
                text = at(next) == "+" ? "" : "-"
                next += 1
            }
            guard isDigit(next) else { return }
            while isDigit(next), text.count < 5 {
                text.unicodeScalars.append(at(next))
                next += 1
            }
            guard !isWord(next), let exponent = Int(text), exponent.magnitude <= 400 else { return }
            parts.exponent = exponent
            index = next
        }

        /// A comma, or a space that people set between thousands; a plain one too ("1 200").
        private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
            ",\u{2009}\u{202F}\u{A0} '\u{2019}".unicodeScalars.contains(scalar)
        }

        private var unit: Unit {
            let next = isSpace(at(index)) ? index + 1 : index
            if at(next) == "%" { return .percent }
            return at(next) == "p" && at(next + 1) == "p" && !isWord(next + 2) ? .points : .one
        }

        private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            " \u{A0}\u{202F}\u{2009}".unicodeScalars.contains(scalar)
        }

        private mutating func skipUnit(_ unit: Unit) {
            guard unit != .one else { return }
            if isSpace(at(index)) { index += 1 }
            index += unit == .percent ? 1 : 2
        }
    }
}

package import Values

/// Diagnostics as text for people and as JSON Lines for programs.
package struct DiagnosticFormatter: Sendable {
    /// Longer lines are clipped around the place.
    private static let width = 100

    package var isColored: Bool

    package init(isColored: Bool = false) { self.isColored = isColored }

    // MARK: Text

    /// `error[E0301]: …`, the line with the place underlined, notes, help, and `  --> Analyses/proxy.md:12:3`.
    package func text(_ diagnostic: Diagnostic) -> String {
        let color = diagnostic.severity == .error ? "31" : "33"
        var lines = [
            styled("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", "1;" + color)
                + styled(": " + Self.neutralized(diagnostic.message), "1")
        ]
        // Of a file whose text is left out there is no line to show.
        if let range = diagnostic.range, !range.file.utf8.isEmpty { lines += snippet(range, color) }
        for note in diagnostic.notes {
            let place = note.range.map { " (\(Self.location($0)))" } ?? ""
            lines.append("  note: " + Self.neutralized(note.message) + place)
        }
        for fixIt in diagnostic.fixIts { lines.append("  help: " + Self.neutralized(fixIt.message)) }
        if let range = diagnostic.range { lines.append(styled("  --> " + Self.location(range), "2")) }
        return lines.joined(separator: "\n")
    }

    /// The line of a place and carets below what the place covers, as `text` has them; nothing where the file's text is not
    /// known.
    package static func snippet(of range: SourceRange) -> [String] {
        range.file.utf8.isEmpty ? [] : DiagnosticFormatter().snippet(range, "")
    }

    private func styled(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private static func location(_ range: SourceRange) -> String {
        let start = range.start
        return "\(neutralized(range.file.path)):\(start.line):\(start.column)"
    }

    /// The line of the range's start and carets below the part of it that the range covers.
    private func snippet(_ range: SourceRange, _ color: String) -> [String] {
        let bytes = range.file.utf8
        let range = SourceRange(
            file: range.file, lower: min(range.lower, bytes.count), upper: min(range.upper, bytes.count))
        let number = range.start.line
        let lineStart = range.file.offset(ofLine: number)
        // A window around the place, cut at whole characters; the rest of a long line is of no use.
        var lower = range.lower - lineStart > Self.width / 2 ? range.lower - Self.width / 2 : lineStart
        while lower < range.lower, bytes[lower] & 0xC0 == 0x80 { lower += 1 }
        var upper = lower
        while upper < bytes.count, upper - lower < Self.width, bytes[upper] != 0x0A, bytes[upper] != 0x0D { upper += 1 }
        while upper < bytes.count, upper > lower, bytes[upper] & 0xC0 == 0x80 { upper -= 1 }
        func shown(_ from: Int, _ to: Int) -> String {
            Self.neutralized(String(decoding: bytes[min(from, to)..<to], as: UTF8.self))
        }
        let start = min(range.lower, upper)
        let end = min(max(range.upper, start), upper)
        let isCut = upper < bytes.count && bytes[upper] != 0x0A && bytes[upper] != 0x0D
        let before = (lower > lineStart ? "…" : "") + shown(lower, start)
        let gutter = String(number)
        let margin = String(repeating: " ", count: gutter.count)
        let carets = String(repeating: "^", count: max(1, shown(start, end).displayWidth))
        return [
            "  \(gutter) | \(before)\(shown(start, upper))\(isCut ? "…" : "")",
            "  \(margin) | \(String(repeating: " ", count: before.displayWidth))" + styled(carets, color),
        ]
    }

    /// The text without anything that a terminal would obey: control characters become pictures of themselves,
    /// overrides of the writing direction become U+FFFD, tabs become a space.
    package static func neutralized(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                out += " "
            } else if !isHarmful(scalar) {
                out.unicodeScalars.append(scalar)
            } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
                out.unicodeScalars.append(picture)
            } else {
                out += scalar.value == 0x7F ? "\u{2421}" : "\u{FFFD}"
            }
        }
        return out
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    // MARK: JSON

    /// One object on one line, without a line ending.
    package func jsonLine(_ diagnostic: Diagnostic) -> String { Self.value(diagnostic).compactJSON }

    /// The diagnostic as a value, for the results file.
    package static func value(_ diagnostic: Diagnostic) -> Value {
        var object = Object([
            ("severity", Value.string(diagnostic.severity.rawValue)),
            ("code", .string(diagnostic.code.description)), ("name", .string(diagnostic.code.name)),
            ("message", .string(diagnostic.message)),
        ])
        for (key, value) in place(diagnostic.range) { object[key] = value }
        object["notes"] = .list(
            diagnostic.notes.map { note in
                .object(Object([("message", Value.string(note.message))] + (note.range.map { place($0) } ?? [])))
            })
        object["fixIts"] = .list(
            diagnostic.fixIts.map { fixIt in
                .object(
                    Object(
                        [("message", Value.string(fixIt.message))] + place(fixIt.range)
                            + [("replacement", .string(fixIt.replacement))]))
            })
        return .object(object)
    }

    private static func place(_ range: SourceRange?) -> [(String, Value)] {
        guard let range else { return ["file", "line", "column", "endLine", "endColumn"].map { ($0, .null) } }
        let start = range.start
        let end = range.end
        return [
            ("file", .string(range.file.path)), ("line", Value(start.line)), ("column", Value(start.column)),
            ("endLine", Value(end.line)), ("endColumn", Value(end.column)),
        ]
    }
}

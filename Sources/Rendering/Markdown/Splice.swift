import Diagnostics

/// Changes to a piece of source text, gathered in any order and made at once.
struct Splice {
    private var edits: [(lower: Int, upper: Int, text: String)] = []

    mutating func replace(_ lower: Int, _ upper: Int, with text: String) {
        guard upper >= lower else { return }
        edits.append((lower, upper, text))
    }

    mutating func replace(_ range: SourceRange, with text: String) { replace(range.lower, range.upper, with: text) }

    /// The source between two offsets with the changes made; a change inside another is left out.
    func apply(to file: SourceFile, from lower: Int, to upper: Int) -> String {
        var bytes: [UInt8] = []
        var here = lower
        let ordered = edits.enumerated().sorted {
            ($0.element.lower, -$0.element.upper, $0.offset) < ($1.element.lower, -$1.element.upper, $1.offset)
        }
        for (_, edit) in ordered where edit.lower >= here && edit.upper <= upper {
            bytes += file.utf8[here..<edit.lower]
            bytes += Array(edit.text.utf8)
            here = edit.upper
        }
        if here < upper { bytes += file.utf8[here..<upper] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

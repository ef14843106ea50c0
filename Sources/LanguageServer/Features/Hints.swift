import Diagnostics
import Documents
import Values

extension AnalysisView {
    /// The numbers that values of the prose come to, each behind its code span, between two places.
    func hints(from lower: Int, to upper: Int) -> [(offset: Int, text: String, path: ResultPath)] {
        guard built != nil else { return [] }
        let spans = document.values.filter { $0.key.file === file && $0.key.lower >= lower && $0.key.upper <= upper }
        var hints = spans.compactMap { range, value in
            text(of: value.path, value.format).map { (offset: range.upper, text: $0, path: value.path) }
        }
        // In captions and front matter values have no places of their own; the text tells.
        for text in document.richTexts where text.range.file === file && !text.values.isEmpty {
            hints += self.hints(in: text, from: lower, to: upper)
        }
        var seen: Set<Int> = []
        return hints.sorted { $0.offset < $1.offset }.filter { seen.insert($0.offset).inserted }
    }

    private func hints(
        in text: RichText, from lower: Int, to upper: Int
    ) -> [(offset: Int, text: String, path: ResultPath)] {
        let bytes = file.utf8
        var found: [(offset: Int, text: String, path: ResultPath)] = []
        var index = max(lower, text.range.lower)
        let end = min(upper, text.range.upper, bytes.count)
        while index + 1 < end {
            defer { index += 1 }
            guard bytes[index] == UInt8(ascii: "`"), bytes[index + 1] == UInt8(ascii: "{"),
                index == 0 || bytes[index - 1] != UInt8(ascii: "`"),
                let brace = BraceCursor(file, at: index + 2), let reference = brace.reference,
                bytes.element(at: brace.upper) == UInt8(ascii: "`"),
                let written = self.text(of: reference.path, reference.format)
            else { continue }
            found.append((brace.upper + 1, written, reference.path))
        }
        return found
    }
}

package import Diagnostics

/// A formula between `$…$` or `$$…$$`: its TeX, and where each piece of it stands.
package struct Formula: Sendable, Hashable {
    /// Without the dollars, quote marks and indentation.
    package var tex: String
    /// Whether it stands on a line of its own, `$$…$$`.
    package var isDisplay: Bool
    /// The name of a numbered equation: `eq-mean` for `{#eq-mean}` behind its closing dollars.
    package var label: String?
    /// Where each run of the TeX's bytes begins, in it and in the file.
    private var pieces: [Piece]

    struct Piece: Sendable, Hashable {
        var text: Int
        var source: Int
    }

    init(tex: String, isDisplay: Bool, pieces: [Piece]) {
        self.tex = tex
        self.isDisplay = isDisplay
        self.pieces = pieces
    }

    /// A formula that stands in no file.
    package init(tex: String, isDisplay: Bool, label: String? = nil) {
        self.init(tex: tex, isDisplay: isDisplay, pieces: [])
        self.label = label
    }

    /// Where bytes `lower..<upper` of the TeX stand in `file`; nil for a formula of no file.
    package func place(_ lower: Int, _ upper: Int, in file: SourceFile) -> SourceRange? {
        guard !pieces.isEmpty else { return nil }
        let start = source(lower)
        return SourceRange(file: file, lower: start, upper: upper > lower ? source(upper - 1) + 1 : start)
    }

    private func source(_ offset: Int) -> Int {
        let piece = pieces.last { $0.text <= offset } ?? pieces[0]
        return piece.source + max(0, offset - piece.text)
    }
}

import Results

/// Rows and columns of a heat map: where each stands, how their names are set, and whether cells hold their numbers.
struct CellLayout {
    let columnMiddles: [Double]
    let rowMiddles: [Double]
    let cellWidth: Double
    let cellHeight: Double
    /// Paper between cells; none where they are many.
    let gap: Double
    let columnTexts: [String]
    /// Numbers of many columns are told at some of them.
    let shownColumns: [Int]
    let shownRows: [Int]
    let rowTexts: [String]
    /// Names that are wider than their columns hang at an angle.
    let isSlanted: Bool
    let frame: Frame
    /// The size of numbers in cells; nil where there is no room for them.
    let textSize: Double?
    /// The lower edge of the columns' names.
    let namesBottom: Double

    /// Of a slant of 40° (fixed, so that no angle needs a function): its cosine and sine.
    static let slant = (cosine: 0.766, sine: 0.643)

    init(_ panel: FigureModel.Panel, slot: PanelLayout.Slot, top: Double) {
        let columns = panel.x.categories.map(\.label)
        let rows = panel.y.categories.map(\.label)
        rowTexts = rows.map { shortened($0, to: slot.width * 0.34) }
        let labelWidth = (rowTexts.map { textWidth($0) }.max() ?? 0) + 9
        let left = slot.left + labelWidth
        let count = Double(max(1, columns.count))
        let width = min(slot.width - labelWidth - 6, count * (panel.isSquare ? 58 : 84))
        let cellWidth = width / count
        let numbers = panel.marks.flatMap { mark in
            if case .cells(let cells, _) = mark { cells.map(\.text) } else { [String]() }
        }
        // All cells hold their numbers, or none.
        let tall = min(28, max(17, cellWidth * 0.62))
        let height = panel.isSquare ? cellWidth : tall
        textSize = [TextSize.tick, 10, 9].first { size in
            let widest = numbers.map { textWidth($0, size: size) }.max() ?? 0
            return widest + 3 <= cellWidth && size + 4 <= height
        }
        // Cells without numbers touch, so that their steps run together into contours.
        let cellHeight = textSize != nil || panel.isSquare ? height : max(4, min(17, 300 / Double(max(1, rows.count))))
        self.cellWidth = cellWidth
        self.cellHeight = cellHeight
        gap = textSize == nil ? 0 : 1.2
        columnMiddles = columns.indices.map { left + (Double($0) + 0.5) * cellWidth }
        rowMiddles = rows.indices.map { top + (Double($0) + 0.5) * cellHeight }
        let bottom = top + Double(rows.count) * cellHeight
        frame = Frame(left: left, top: top, right: left + width, bottom: bottom)

        // Names of columns: as they are, thinned where they are numbers, else at an angle.
        let widest = columns.map { textWidth($0, size: TextSize.tick) }.max() ?? 0
        if widest + 6 <= cellWidth || columns.allSatisfy(CellLayout.isNumber) {
            isSlanted = false
            columnTexts = columns
            let stride = CellLayout.stride((widest + 8) / cellWidth)
            shownColumns = columns.indices.filter { $0.isMultiple(of: stride) }
            namesBottom = bottom + 18
        } else {
            isSlanted = true
            // The first hangs furthest to the left, and no name hangs lower than 96.
            let middles = columnMiddles
            columnTexts = columns.enumerated().map { index, text in
                let room = min(96 / CellLayout.slant.sine, (middles[index] - slot.left) / CellLayout.slant.cosine)
                return shortened(text, to: max(24, room - 4), size: TextSize.tick)
            }
            shownColumns = Array(columns.indices)
            let longest = columnTexts.map { textWidth($0, size: TextSize.tick) }.max() ?? 0
            namesBottom = bottom + 14 + longest * CellLayout.slant.sine
        }
        // From the lowest row up, where numbers begin.
        let rowStride = CellLayout.stride(15 / cellHeight)
        let last = rows.count - 1
        shownRows = rows.indices.filter { (last - $0).isMultiple(of: rowStride) }
    }

    /// Every 1st, 2nd, 5th, 10th …: of evenly spaced numbers these are round ones.
    private static func stride(_ least: Double) -> Int {
        var power = 1
        while power < 1_000_000 {
            for digit in [1, 2, 5] where Double(digit * power) >= least { return digit * power }
            power *= 10
        }
        return power
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { "0123456789.−+%\u{2009}".unicodeScalars.contains($0) }
    }
}

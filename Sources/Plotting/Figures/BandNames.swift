import Results

/// The names under the bands of an x axis: on one line or two, else at an angle, like those of a heat map's columns.
struct BandNames {
    let lines: [[String]]
    let isSlanted: Bool
    /// Of many narrow bands, which are named.
    let shown: [Int]
    /// What the names take below the frame.
    let height: Double

    init(_ axis: FigureModel.Axis, x: any PositionScale, left: Double) {
        let names = axis.categories.map(\.label)
        let step = x.position(1) - x.position(0)
        func fits(_ parts: [String], _ width: Double) -> Bool {
            parts.allSatisfy { textWidth($0, size: TextSize.tick) + 6 <= width }
        }
        let wrapped = names.map { Plotting.wrapped($0, to: step - 6, size: TextSize.tick) }
        if names.allSatisfy({ fits([$0], step) }) {
            lines = names.map { [$0] }
            isSlanted = false
            shown = Array(names.indices)
            height = 20
        } else if wrapped.allSatisfy({ fits($0, step) && !$0.contains { $0.hasSuffix("…") } }) {
            lines = wrapped
            isSlanted = false
            shown = Array(names.indices)
            height = 34
        } else {
            isSlanted = true
            let stride = max(1, Int((15 / max(step, 0.5)).rounded(.up)))
            let shown = names.indices.filter { $0.isMultiple(of: stride) }
            self.shown = shown
            // No name reaches left of the panel, and none hangs lower than 96.
            let slanted = names.enumerated().map { index, name in
                let room = min(96 / CellLayout.slant.sine, (x.position(Double(index)) - left) / CellLayout.slant.cosine)
                return [shortened(name, to: max(24, room - 4), size: TextSize.tick)]
            }
            lines = slanted
            let longest = shown.map { textWidth(slanted[$0][0], size: TextSize.tick) }.max() ?? 0
            height = 16 + longest * CellLayout.slant.sine
        }
    }
}

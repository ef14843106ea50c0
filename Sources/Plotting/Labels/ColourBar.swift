import Markup
import Results

/// Which colour stands for which value: a title, and under it the steps with numbers at their edges.
struct ColourBar {
    let steps: ColourSteps
    private let title: String
    private let text: TickText
    private let stepWidth: Double
    let height: Double

    private static let barHeight = 11.0

    init(_ scale: FigureModel.ColourScale, width: Double) {
        steps = ColourSteps(scale)
        text = TickText(format: scale.format)
        title = shortened(scale.title, to: width)
        stepWidth = min(38, (width - 40) / Double(steps.steps.count))
        height = (title.isEmpty ? 0 : 20) + ColourBar.barHeight + 21
    }

    func node() -> MarkupNode {
        let top = title.isEmpty ? 2.0 : 20.0
        let texts = steps.edges.map { text.text($0) }
        // The first number stands centred under the first edge and must not stick out at the left.
        let left = textWidth(texts.first ?? "", size: TextSize.tick) / 2
        var nodes: [MarkupNode] = []
        if !title.isEmpty {
            nodes.append(.tag("text", ["x": "0", "y": "12", "class": "axis-title"], text: title))
        }
        for (index, step) in steps.steps.enumerated() {
            nodes.append(
                .tag(
                    "rect",
                    [
                        "x": coordinate(left + Double(index) * stepWidth), "y": coordinate(top),
                        "width": coordinate(stepWidth), "height": coordinate(ColourBar.barHeight),
                        "class": "cell \(step.cssClass)",
                    ]))
        }
        for index in shown(texts) {
            let x = left + Double(index) * stepWidth
            let bottom = top + ColourBar.barHeight
            nodes.append(
                .tag(
                    "line",
                    [
                        "x1": coordinate(x), "y1": coordinate(bottom), "x2": coordinate(x),
                        "y2": coordinate(bottom + 3),
                        "class": "axis",
                    ]))
            nodes.append(
                .tag(
                    "text",
                    ["x": coordinate(x), "y": coordinate(bottom + 15), "class": "tick", "text-anchor": "middle"],
                    text: texts[index]))
        }
        return .tag("g", ["class": "colours"], nodes)
    }

    /// Every edge where the numbers have room, else every second, third… from the middle outwards.
    private func shown(_ texts: [String]) -> [Int] {
        let widest = texts.map { textWidth($0, size: TextSize.tick) }.max() ?? 0
        let stride = max(1, Int(((widest + 6) / stepWidth).rounded(.up)))
        let start = steps.middle ?? 0
        return texts.indices.filter { ($0 - start).magnitude.isMultiple(of: UInt(stride)) }
    }
}

import Documents
import Markup
import Results
import Values

/// Which area stands for which number: a title, and beside it points of three round numbers.
struct SizeKey {
    private let title: String
    private let items: [(text: String, radius: Double, x: Double)]
    private let top: Double
    private let isBroken: Bool
    let height: Double

    init(_ scale: FigureModel.SizeScale, width: Double, top: Double) {
        self.top = top
        title = shortened(scale.title, to: width)
        let format = NumberFormat(grouped: true)
        var numbers: [Double] = []
        var limit = scale.largest
        while numbers.count < 3, let number = SizeKey.round(below: limit) {
            numbers.append(number)
            limit = number / 3
        }
        let samples = numbers.reversed().map { (text: format.text($0), radius: SizeKey.radius($0 / scale.largest)) }
        let length = samples.reduce(0) { $0 + $1.radius * 2 + 6 + textWidth($1.text, size: TextSize.tick) + 16 }
        let start = title.isEmpty ? 0 : textWidth(title) + 16
        isBroken = start + length > width
        var x = isBroken ? 0 : start
        items = samples.map { text, radius in
            defer { x += radius * 2 + 6 + textWidth(text, size: TextSize.tick) + 16 }
            return (text, radius, x + radius)
        }
        height = isBroken ? 47 : 29
    }

    /// √ of the size makes the area proportional to it; the smallest can still be seen.
    static func radius(_ size: Double) -> Double { 1.6 + 9.4 * max(0, min(1, size)).squareRoot() }

    func node() -> MarkupNode {
        let middle = top + (isBroken ? 31 : 13)
        var nodes: [MarkupNode] = []
        if !title.isEmpty {
            nodes.append(
                .tag(
                    "text", ["x": "0", "y": coordinate(isBroken ? top + 13 : middle + 4), "class": "axis-title"],
                    text: title))
        }
        for item in items {
            nodes.append(
                .tag(
                    "circle",
                    [
                        "cx": coordinate(item.x), "cy": coordinate(middle), "r": coordinate(item.radius),
                        "class": "sample",
                    ]))
            nodes.append(
                .tag(
                    "text",
                    ["x": coordinate(item.x + item.radius + 6), "y": coordinate(middle + 4), "class": "tick"],
                    text: item.text))
        }
        return .tag("g", ["class": "sizes"], nodes)
    }

    /// The largest of 1, 2 and 5 times a power of ten that is no larger; nil for zero.
    private static func round(below limit: Double) -> Double? {
        guard limit > 0, limit.isFinite else { return nil }
        let exponent = Value.shortestDigits(limit).exponent - 1
        return [5, 2, 1].lazy.map { Tick(mantissa: $0, exponent: exponent).value }.first { $0 <= limit }
    }
}

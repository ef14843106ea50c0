import Markup
import Results

/// The names of series with a sample of each, in lines above the panels.
struct Key {
    private struct Item {
        var entry: Naming.Entry
        var label: String
        var x: Double
        var y: Double
    }

    private var items: [Item] = []
    let height: Double

    private static let sample = 26.0
    private static let lineHeight = 20.0

    init(_ entries: [Naming.Entry], width: Double, top: Double) {
        var x = 0.0
        var y = top + 12
        for entry in entries {
            let label = shortened(entry.label, to: width - Key.sample - 8)
            let length = Key.sample + 7 + textWidth(label)
            if x > 0, x + length > width {
                x = 0
                y += Key.lineHeight
            }
            items.append(Item(entry: entry, label: label, x: x, y: y))
            x += length + 22
        }
        height = y + 14 - top
    }

    func node(_ styles: SeriesStyles) -> MarkupNode {
        .tag("g", ["class": "key"], items.map { node($0, styles) })
    }

    private func node(_ item: Item, _ styles: SeriesStyles) -> MarkupNode {
        let entry = item.entry
        let style = styles.style(of: entry.series.name, isMuted: entry.series.isMuted)
        let middle = item.y - 4
        var parts: [MarkupNode] = []
        if entry.hasArea {
            parts.append(
                .tag(
                    "rect",
                    [
                        "x": coordinate(item.x), "y": coordinate(middle - 5), "width": coordinate(Key.sample),
                        "height": "10", "class": "area soft",
                    ]))
        }
        if entry.hasBlock {
            parts.append(
                .tag(
                    "rect",
                    [
                        "x": coordinate(item.x), "y": coordinate(middle - 5), "width": coordinate(Key.sample),
                        "height": "10", "class": "block", "stroke-dasharray": style.dash,
                    ]))
        }
        if entry.hasOutline {
            parts.append(
                .tag(
                    "ellipse",
                    [
                        "cx": coordinate(item.x + Key.sample / 2), "cy": coordinate(middle), "rx": "13", "ry": "6",
                        "class": "stroke", "stroke-dasharray": style.dash,
                    ]))
        }
        if entry.hasLine {
            let ends = [Place(x: item.x, y: middle), Place(x: item.x + Key.sample, y: middle)]
            parts.append(.tag("path", ["d": pathData([ends]), "class": "stroke", "stroke-dasharray": style.dash]))
        }
        if entry.hasSymbol || entry.isHollow {
            let centre = Place(x: item.x + Key.sample / 2, y: middle)
            parts.append(style.symbol.node(at: centre, radius: 3.8, class: entry.isHollow ? "open" : "dot"))
        }
        parts.append(
            .tag(
                "text",
                ["x": coordinate(item.x + Key.sample + 7), "y": coordinate(item.y), "class": "name"],
                text: item.label))
        return .tag("g", ["class": style.cssClass], parts)
    }
}

import Diagnostics
import Documents
import Results
import Values

/// What each experiment contributes to Q against how far the mean moves without it (Baujat et al. 2002, Stat Med 21,
/// 2641–2652): to the right who disagrees, on top who decides.
enum BaujatFigure {
    static func make(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let list = try target.part(
            "influence", of: "A Baujat plot", hint: "add `influence: true` to the meta-analysis", &context)
        let items = (list.list ?? []).compactMap { item -> Item? in
            guard let x = item["contribution"]?.number, let y = item["shift"]?.number else { return nil }
            return Item(
                name: item["experiment"]?.string ?? "", x: x, y: y,
                isInfluential: item["influential"]?.boolean ?? false)
        }
        guard !items.isEmpty else {
            throw context.fail(
                .error(.badFigure, "\(target.path).influence has no contributions and shifts", at: target.range))
        }
        let named = extremes(items)
        func points(_ isInfluential: Bool) -> [FigureModel.Point] {
            let ordered = named + items.indices.filter { !named.contains($0) }
            return ordered.filter { items[$0].isInfluential == isInfluential }.map { index in
                .init(
                    x: items[index].x, y: items[index].y, label: items[index].name,
                    callout: named.contains(index) ? items[index].name : "")
            }
        }
        let (others, influential) = (points(false), points(true))
        var marks: [FigureModel.Mark] = []
        if !others.isEmpty { marks.append(.points(others, .init(name: "experiments", label: "others", isMuted: true))) }
        if !influential.isEmpty {
            marks.append(.points(influential, .init(name: "influential", label: "influential")))
        }
        let panel = FigureModel.Panel(
            x: context.axis("x", title: "Contribution to Q"),
            y: context.axis("y", title: "Squared shift of the mean, in errors"), marks: marks)
        let leader = items.indices.max { (items[$0].y, $1) < (items[$1].y, $0) }
        return FigureModel(
            kind: "baujat", panels: [panel],
            summary:
                "\(items.count) experiments by their contribution to Q and by how far the mean moves without them; "
                + "\(influential.count) are influential"
                + (leader.map { ", and \(items[$0].name) moves the mean most." } ?? "."))
    }

    private struct Item {
        var name: String
        var x: Double
        var y: Double
        var isInfluential: Bool
    }

    /// The influential ones, and the six furthest out along either axis.
    private static func extremes(_ items: [Item]) -> [Int] {
        let (right, top) = (items.map(\.x).max() ?? 1, items.map(\.y).max() ?? 1)
        func reach(_ item: Item) -> Double {
            max(right > 0 ? item.x / right : 0, top > 0 ? item.y / top : 0)
        }
        let sorted = items.indices.sorted { (reach(items[$0]), $1) > (reach(items[$1]), $0) }
        return sorted.enumerated().filter { $0.offset < 6 || (items[$0.element].isInfluential && $0.offset < 12) }
            .map(\.element)
    }
}

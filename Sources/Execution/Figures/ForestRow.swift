import Diagnostics
import Documents
import Results
import Values

/// One estimate with its interval: a row of a forest or shrinkage plot, a point of a funnel.
struct ForestRow {
    var label: String
    var experiment: String?
    /// The arm, or the label where there is none: what names the row below its experiment's name.
    var arm: String
    var estimate: Double
    var se: Double?
    var outer: (lower: Double, upper: Double)
    var inner: (lower: Double, upper: Double)?
    /// The share of the pooled mean that is this estimate's.
    var weight: Double?
    /// The shrunken estimate of the same effect.
    var shrunken: (estimate: Double, sd: Double, interval: (lower: Double, upper: Double))?

    /// Two thirds of a normal distribution lie within this many standard deviations, and .95 within the other.
    static let twoThirds = 0.9541652531461944
    static let most = 1.959963984540054

    /// The rows of a meta-analysis's `effects`, of an `effects` directive with one metric, or of a list.
    static func read(_ target: PathTarget, _ context: inout StepContext) throws(StepFailure) -> [ForestRow] {
        let metric = target.value["metrics"]?.list?.first?.string
        let items: [(label: String?, value: Value)]
        if let list = target.value["effects"]?.list ?? target.value["rows"]?.list ?? target.value.list {
            items = list.map { (nil, $0) }
        } else {
            items = (target.value.object ?? Object()).map { ($0.key, $0.value) }
        }
        var rows: [ForestRow] = []
        for (label, item) in items {
            let estimated = metric.flatMap { item["effects"]?[$0] } ?? item
            guard let row = ForestRow(estimated, of: item, label: label, number: rows.count + 1) else { continue }
            rows.append(row)
        }
        guard !rows.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "This figure is drawn of estimates with intervals, such as a meta-analysis",
                    at: target.range, notes: [.init("\(target.path) is \(target.value.kind)")]))
        }
        return rows
    }

    private init?(_ estimated: Value, of item: Value, label: String?, number: Int) {
        guard let estimate = estimated.estimate else { return nil }
        let se = estimated["se"]?.number
        guard
            let ends = estimated.intervalEnds
                ?? se.map({ (estimate - ForestRow.most * $0, estimate + ForestRow.most * $0) })
        else { return nil }
        experiment = item["experiment"]?.string
        let variant = item["variant"]?.string
        let names = [experiment, variant].compactMap { $0 }
        self.label =
            label ?? (names.isEmpty ? item["label"]?.string ?? "\(number)" : names.joined(separator: " · "))
        arm = variant ?? self.label
        self.estimate = estimate
        self.se = se
        outer = ends
        inner = se.map { (estimate - ForestRow.twoThirds * $0, estimate + ForestRow.twoThirds * $0) }
        weight = item["weight"]?.number
        if let shrunken = item["shrunken"], let center = shrunken.estimate, let interval = shrunken.intervalEnds {
            self.shrunken = (center, shrunken["sd"]?.number ?? 0, interval)
        }
    }

    /// What rows are sorted by: the better estimate that there is.
    var rank: Double { shrunken?.estimate ?? estimate }
}

/// Which rows are drawn, and in which order.
enum RowOrder {
    /// More rows than this are cut to it where no `limit` is written.
    static let most = 300

    /// Sorted by `sort` (as given: `none`) and cut to `limit`, the extremes at both ends kept.
    static func arrange(_ rows: [ForestRow], _ context: inout StepContext) throws(StepFailure) -> [ForestRow] {
        let order = context.options["sort"]?.string ?? "estimate"
        let sorted: [ForestRow]
        switch order {
        case "none": sorted = rows
        case "label": sorted = stable(rows) { $0.label < $1.label }
        case "estimate": sorted = stable(rows) { $0.rank > $1.rank }
        default:
            throw context.fail(
                .error(
                    .badFigure, "Rows are sorted by `estimate`, by `label` or not (`none`)",
                    at: context.range(of: "sort")))
        }
        return cut(sorted, &context)
    }

    /// Experiment by experiment in the order of `sort` – of their mean estimates, of their names, or as given – and
    /// in the same order within each.
    static func byExperiment(_ rows: [ForestRow], _ context: inout StepContext) -> [[ForestRow]] {
        var places: [String: Int] = [:]
        var groups: [[ForestRow]] = []
        for row in rows {
            let name = row.experiment ?? row.label
            if let place = places[name] {
                groups[place].append(row)
            } else {
                places[name] = groups.count
                groups.append([row])
            }
        }
        switch context.options["sort"]?.string ?? "estimate" {
        case "label": groups = stable(groups) { ($0[0].experiment ?? "") < ($1[0].experiment ?? "") }
        case "estimate":
            func mean(_ group: [ForestRow]) -> Double {
                group.reduce(0) { $0 + $1.rank } / Double(group.count)
            }
            groups = stable(groups.map { stable($0) { $0.rank > $1.rank } }) { mean($0) > mean($1) }
        default: break
        }
        return groups
    }

    /// What stands where rows were left out, above which row; nil where none were.
    static func gap(_ shown: [ForestRow], of rows: [ForestRow]) -> (row: Int, text: String)? {
        let left = rows.count - shown.count
        guard left > 0 else { return nil }
        return ((shown.count + 1) / 2, left == 1 ? "1 more between" : "\(left) more between")
    }

    private static func cut(_ rows: [ForestRow], _ context: inout StepContext) -> [ForestRow] {
        let written = context.options["limit"]?.number.map { Int($0) }
        let limit = written ?? most
        guard rows.count > limit, limit > 1 else { return rows }
        if written == nil {
            context.findings.append(
                "Of \(rows.count) effects the \((limit + 1) / 2) first and the \(limit / 2) last are drawn; "
                    + "`limit` changes how many.")
        }
        return Array(rows.prefix((limit + 1) / 2) + rows.suffix(limit / 2))
    }

    /// Sorted so that those that are alike keep their order.
    private static func stable<Element>(
        _ elements: [Element], _ precedes: (Element, Element) -> Bool
    ) -> [Element] {
        elements.enumerated().sorted { a, b in
            precedes(a.element, b.element) || (!precedes(b.element, a.element) && a.offset < b.offset)
        }.map(\.element)
    }
}

package import Datasets
import Estimation

/// The sums of every arm under any unit-level design that `UnitDesign` tells of.
///
/// Common table expressions, with names that no table of an analysis has, go from the rows to the sums: `cells` reads numbers; `units` fills and bounds them and tells
/// which units are whole; `origins`, where digits are at stake, has each experiment's means, about which `parts` makes
/// the design's columns of a unit, null for units that are left out; `clusters` adds them up, where there are clusters;
/// `centres` has the means of denominators, which origins do not move. Sums are of these columns and of their products.
package struct UnitSumsSQL {
    private let query: UnitQuery
    private let dialect: SQLDialect
    /// Whether sums are taken about each experiment's means. Without it large means cost digits.
    private let isCentred: Bool

    package init(_ query: UnitQuery, isCentred: Bool) {
        self.query = query
        self.isCentred = isCentred
        dialect = query.dialect
    }

    private var width: Int { query.design.width }
    private var quantities: Int { query.design.quantities.count }
    /// Columns that are summed about `centres`.
    private var centres: Range<Int> { isCentred ? quantities..<width : 0..<0 }

    /// Experiment, variant, units or clusters, whole units, rows of sums, filled cells, negative weights, missing clusters;
    /// by number its cells that are none, raised and lowered ones; by quantity its origin; by column its centre and sum;
    /// the sums of products, the lower triangle row by row.
    package func text() throws(DataFault) -> String {
        var parts = [("report_cells", try cells), ("report_units", units)]
        if isCentred { parts.append(("report_origins", origins)) }
        parts.append(("report_parts", columns))
        if query.cluster != nil { parts.append(("report_clusters", clusters)) }
        if !centres.isEmpty { parts.append(("report_centres", centre)) }
        return "with "
            + parts.map { "\($0.0) as (\n\($0.1)\n)" }.joined(separator: ", ")
            + "\n\(sums)"
    }

    /// How many cells a row has.
    package var cellCount: Int {
        8 + 3 * query.numbers.count + quantities + 2 * width + width * (width + 1) / 2
    }

    // MARK: Parts

    private var cells: String {
        get throws(DataFault) {
            var items = ["\(query.experimentKey) as e", "\(dialect.name(of: query.variant)) as v"]
            if let cluster = query.cluster { items.append("\(dialect.name(of: cluster)) as k") }
            for (i, number) in query.numbers.enumerated() {
                let value = dialect.number(of: number.column)
                let isBad = dialect.isBad(number.column, number: value)
                items.append("case when not (\(isBad)) then \(value) end as r\(i)")
                items.append("case when \(isBad) then 1 else 0 end as b\(i)")
            }
            return select(items, from: try query.table.relation())
        }
    }

    private var units: String {
        var items = ["e", "v"] + (query.cluster == nil ? [] : ["k"])
        let used = query.numbers.indices.filter { query.numbers[$0].fill == nil }.map { "r\($0) is not null" }
        var whole = used.isEmpty ? "1 = 1" : used.joined(separator: " and ")
        if let weight = query.design.weight { whole += " and r\(weight) >= 0" }
        items.append("case when \(whole) then 1 else 0 end as u")
        let filled = query.numbers.indices.filter { query.numbers[$0].fill != nil }.map {
            "case when \(whole) and r\($0) is null and b\($0) = 0 then 1 else 0 end"
        }
        items.append("\(filled.isEmpty ? "0" : filled.joined(separator: " + ")) as f")
        items.append(
            query.design.weight.map { "case when r\($0) < 0 then 1 else 0 end as w" } ?? "0 as w")
        for (i, number) in query.numbers.enumerated() {
            let value = number.fill.map { "coalesce(r\(i), \(dialect.number($0)))" } ?? "r\(i)"
            var bounded = value
            if let upper = number.upper {
                bounded =
                    "case when \(value) > \(dialect.number(upper)) then \(dialect.number(upper)) else \(bounded) end"
            }
            if let lower = number.lower {
                bounded =
                    "case when \(value) < \(dialect.number(lower)) then \(dialect.number(lower)) else \(bounded) end"
            }
            items.append("\(bounded) as x\(i)")
            let raised = number.lower.map {
                "case when \(whole) and \(value) < \(dialect.number($0)) then 1 else 0 end"
            }
            // A lower bound goes first, as bounds do not cross.
            let lowered = number.upper.map {
                "case when \(whole) and \(value) > \(dialect.number($0)) then 1 else 0 end"
            }
            items += ["b\(i)", "\(raised ?? "0") as p\(i)", "\(lowered ?? "0") as q\(i)"]
        }
        return select(items, from: "report_cells")
    }

    private var origins: String {
        var items = ["e as oe"]
        for (q, quantity) in query.design.quantities.enumerated() {
            let mean =
                quantity.denominator.map {
                    "sum(x\(quantity.numerator)) / nullif(sum(x\($0)), 0)"
                } ?? "avg(x\(quantity.numerator))"
            items.append("coalesce(\(mean), 0) as o\(q)")
        }
        return select(items, from: "report_units", "where u = 1", "group by e")
    }

    private var columns: String {
        var items = ["e", "v"] + (query.cluster == nil ? [] : ["k"]) + ["u", "f", "w"]
        items += query.numbers.indices.flatMap { ["b\($0)", "p\($0)", "q\($0)"] }
        items += (0..<quantities).map { isCentred ? "o\($0)" : "0 as o\($0)" }
        let weight = query.design.weight.map { "x\($0) * " } ?? ""
        for (q, quantity) in query.design.quantities.enumerated() {
            var value = "x\(quantity.numerator)"
            if isCentred { value += quantity.denominator.map { " - o\(q) * x\($0)" } ?? " - o\(q)" }
            items.append(part(weight.isEmpty && !isCentred ? value : "\(weight)(\(value))", q))
        }
        for (index, denominator) in query.design.denominators.enumerated() {
            let value = denominator.map { "\(weight)x\($0)" } ?? query.design.weight.map { "x\($0)" } ?? "1e0"
            items.append(part(value, quantities + index))
        }
        let from = isCentred ? "report_units left join report_origins on e = oe" : "report_units"
        return select(items, from: from)
    }

    private func part(_ value: String, _ place: Int) -> String { "case when u = 1 then \(value) end as c\(place)" }

    private var clusters: String {
        var items = ["e", "v", "k", "sum(u) as u", "sum(f) as f", "sum(w) as w"]
        items += query.numbers.indices.flatMap { i in ["b", "p", "q"].map { "sum(\($0)\(i)) as \($0)\(i)" } }
        items += (0..<quantities).map { "max(o\($0)) as o\($0)" }
        items += (0..<width).map { "sum(c\($0)) as c\($0)" }
        return select(items, from: "report_parts", "group by e, v, k")
    }

    private var rows: String { query.cluster == nil ? "report_parts" : "report_clusters" }

    private var centre: String {
        select(["e as ce"] + centres.map { "coalesce(avg(c\($0)), 0) as d\($0)" }, from: rows, "group by e")
    }

    private var sums: String {
        var items = query.experiment.map { _ in ["cast(e as \(dialect.string)) as experiment"] } ?? ["e as experiment"]
        items += ["cast(v as \(dialect.string)) as variant", "count(*) as assigned", "sum(u) as units"]
        items += ["count(c0) as n", "sum(f) as filled", "sum(w) as negative"]
        items.append(
            query.cluster == nil ? "0 as unclustered" : "sum(case when k is null then 1 else 0 end) as unclustered")
        items += query.numbers.indices.flatMap { i in
            ["sum(b\(i)) as bad\(i)", "sum(p\(i)) as raised\(i)", "sum(q\(i)) as lowered\(i)"]
        }
        items += (0..<quantities).map { "max(o\($0)) as o\($0)" }
        let terms = (0..<width).map { centres.contains($0) ? "(c\($0) - d\($0))" : "c\($0)" }
        for (i, term) in terms.enumerated() {
            items += [centres.contains(i) ? "max(d\(i)) as d\(i)" : "0 as d\(i)", "sum(\(term)) as s\(i)"]
        }
        for (i, term) in terms.enumerated() {
            for j in 0...i { items.append("sum(\(term) * \(terms[j])) as s\(i)_\(j)") }
        }
        let from = centres.isEmpty ? rows : "\(rows) left join report_centres on e = ce"
        return select(items, from: from, "group by e, v", "order by e, v", indent: "")
    }

    /// Indented line by line as it is made: a line of a name or value of the analysis is none of its lines.
    private func select(_ items: [String], from: String, _ rest: String..., indent: String = "  ") -> String {
        let lines = ["select", "  " + items.joined(separator: ",\n\(indent)  "), "from \(from)"] + rest
        return lines.map { indent + $0 }.joined(separator: "\n")
    }
}

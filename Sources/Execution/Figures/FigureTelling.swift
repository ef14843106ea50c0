import Results

/// Sentences that tell rows of estimates in numbers, for the description of a figure to those who do not see it.
///
/// Numbers are those of the marks, which the results file holds, rounded as the axis or with three digits.
enum FigureTelling {
    /// No more than this many rows are told one by one.
    private static let limit = 6

    /// The estimate that stands beside each of the first `count` rows, where they are few; else the least and the largest
    /// of them. Rows may have their group's name before them.
    static func rows(_ panel: FigureModel.Panel, count: Int? = nil, withGroups: Bool = true) -> String {
        let rows = panel.y.categories.prefix(count ?? panel.y.categories.count)
        var group = ""
        let told = rows.map { row -> String in
            if withGroups { group = row.group ?? group }
            return [group, row.label, row.annotations.last ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        }
        if rows.count <= limit { return told.isEmpty ? "" : " " + told.joined(separator: "; ") + "." }
        let estimates = panel.marks.flatMap { mark in
            if case .intervals(let intervals, _) = mark { intervals } else { [FigureModel.Interval]() }
        }.filter { told.indices.contains($0.row) }
        guard let least = estimates.min(by: { $0.estimate < $1.estimate }),
            let largest = estimates.max(by: { $0.estimate < $1.estimate })
        else { return "" }
        return " The least is \(told[least.row]), the largest \(told[largest.row])."
    }
}

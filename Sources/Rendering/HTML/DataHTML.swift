import Documents
import Markup
import Reports
import Results
import Values

/// The appendix about the data: each frame with its size and its columns, folded away.
func dataHTML(_ report: Report) -> MarkupNode {
    let frames = report.orderedItems.filter { $0.directive.word == "data" && $0.result != nil }
    guard !frames.isEmpty else { return .nothing }
    return .tag(
        "section", ["class": "frames", "aria-labelledby": "page:data"],
        [.tag("h2", ["id": "page:data"], text: "Data")]
            + frames.enumerated().map { index, item in
                // Another view of the same columns tells only its size.
                let same = frames[..<index].first { $0.result?.values["columns"] == item.result?.values["columns"] }
                return frame(item, sameAs: same)
            })
}

/// Of a wide file the first columns are enough to know it by.
private let mostColumns = 60

private func frame(_ item: ReportItem, sameAs other: ReportItem?) -> MarkupNode {
    let values = item.result?.values ?? .null
    let columns = values["columns"]?.list ?? []
    let isCounted = values["rows"] != nil
    let files = (item.result?.sources ?? []).map { "\($0.path) (\(byteCount($0.bytes)))" }
    let shown = columns.prefix(mostColumns).map { column -> MarkupNode in
        let missing = grouped(column["missing"]?.number ?? 0)
        return .tag(
            "tr", [:],
            [
                .tag("th", ["scope": "row"], text: column["name"]?.string ?? ""),
                .tag("td", [:], text: column["type"]?.string ?? ""),
                isCounted ? .tag("td", ["class": "right"], text: missing) : .nothing,
            ])
    }
    let more = columns.count - shown.count
    let heads: [MarkupNode] = [
        .tag("th", ["scope": "col"], text: "Column"), .tag("th", ["scope": "col"], text: "Type"),
        isCounted ? .tag("th", ["scope": "col", "class": "right"], text: "Missing") : .nothing,
    ]
    var parts: [MarkupNode] = [
        .tag("summary", [:], [.tag("strong", [:], text: item.directive.id), .text(" · \(size(of: values))")]),
        .tag("p", [:], text: files.joined(separator: ", ")),
    ]
    if let other {
        parts.append(.tag("p", [:], text: "Its columns are those of \(other.directive.id)."))
    } else {
        parts.append(
            .tag("table", [:], [.tag("thead", [:], [.tag("tr", [:], heads)]), .tag("tbody", [:], Array(shown))]))
        if more > 0 { parts.append(.tag("p", [:], text: "and \(grouped(Double(more))) more columns")) }
    }
    return .tag("details", ["class": "frame"], parts)
}

/// How many rows a frame has; those of an engine stay there.
private func size(of values: Value) -> String {
    guard let rows = values["rows"]?.number else {
        return "rows of \(values["engine"]?.string ?? "") \(values["version"]?.string ?? "")"
    }
    let kept = values["kept"]?.number ?? rows
    let all = "\(grouped(rows)) row\(rows == 1 ? "" : "s")"
    return kept == rows ? all : all + ", of which \(grouped(kept)) are used"
}

private func grouped(_ number: Double) -> String {
    (NumberFormat(parsing: ",") ?? NumberFormat()).text(number)
}

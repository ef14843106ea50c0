import Diagnostics
import Documents
import Markup

/// The reports of a preview, a row each.
struct PreviewTable {
    let board: PreviewBoard

    func node() -> MarkupNode {
        if board.reports.isEmpty {
            let words =
                board.isBuilding
                ? "The first build has just begun." : "An analysis is a Markdown file that begins with front matter."
            return .tag("p", ["id": "reports"], text: words)
        }
        let heads = ["Report", "State", "Claims", "Findings", "Last built"]
        return .tag(
            "table", ["class": "previews", "id": "reports"],
            [
                .tag("thead", [:], [.tag("tr", [:], heads.map { .tag("th", ["scope": "col"], text: $0) })]),
                .tag("tbody", [:], board.paths.compactMap { path in board.reports[path].map { row(path, $0) } }),
            ])
    }

    private func row(_ path: String, _ report: PreviewReport) -> MarkupNode {
        .tag(
            "tr", ["data-path": path],
            [
                .tag(
                    "th", ["scope": "row"],
                    [
                        .tag("a", ["href": "/" + URIReference.text(ofPath: path)], text: shown(report.title)),
                        report.title == report.label
                            ? .nothing : .tag("span", ["class": "label"], text: shown(report.label)),
                    ]),
                .tag(
                    "td", ["class": "state \(report.word)"],
                    [.tag("span", ["class": "dot"]), .tag("span", ["class": "word"], text: state(of: report))]),
                claims(of: report), findings(of: report), time(of: report),
            ])
    }

    private func shown(_ text: String) -> String { DiagnosticFormatter.neutralized(text) }

    private func state(of report: PreviewReport) -> String {
        switch report.state {
        case .building(let progress?):
            "Building, \(progress.number) of \(progress.total): \(shown(progress.text))"
        case .building: "Building"
        case .waiting: "Waiting"
        case .built: report.isStale ? "To be built again" : "Built"
        case .failed:
            report.isStale
                ? "To be built again" : report.page == nil ? "Not built" : "Not built; the page is the last good one"
        }
    }

    private func claims(of report: PreviewReport) -> MarkupNode {
        guard let (holding, total) = report.claims else {
            return none("Claims", report.state == .failed ? "not checked" : "none")
        }
        if total == 0 { return none("Claims", "none") }
        let isWhole = holding == total
        return .tag(
            "td", ["class": isWhole ? nil : "broken", "data-head": "Claims"],
            text: isWhole ? (total == 1 ? "1 holds" : "\(total) hold") : "\(total - holding) of \(total) broken")
    }

    private func findings(of report: PreviewReport) -> MarkupNode {
        let counts = [(report.errors, "error"), (report.warnings, "warning")].filter { $0.0 > 0 }
        if counts.isEmpty { return none("Findings", "none") }
        let text = counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
        return .tag("td", ["class": report.errors > 0 ? "broken" : nil, "data-head": "Findings"], text: text)
    }

    /// By the world's clock; the script, which knows the reader's, sets theirs.
    private func time(of report: PreviewReport) -> MarkupNode {
        guard let time = report.time else { return none("Last built", "not yet") }
        let stamp = CalendarTime.timestamp(time)
        return .tag(
            "td", ["data-head": "Last built"],
            [.tag("time", ["datetime": stamp], text: "\(stamp.dropFirst(11).dropLast()) UTC")])
    }

    private func none(_ head: String, _ words: String) -> MarkupNode {
        .tag("td", ["class": "none", "data-head": head], text: words)
    }
}

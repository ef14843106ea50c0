import Diagnostics
import Markup
import Pipeline
import Rendering
import Workspace

/// The pages of a preview that are no reports: the index, and what stands where a report is missing. They are whole without
/// a script; with one they stay true.
struct PreviewPages: Sendable {
    /// Of all of these pages, beside the theme.
    static let style = "/-/index.css"

    /// What is previewed, as a heading: the names of the projects' folders.
    var name: String

    func index(_ board: PreviewBoard) -> String {
        text(
            "Preview of \(name)",
            header: .fragment([
                .tag("h1", [:], text: name), .tag("p", ["class": "subtitle", "id": "summary"], text: board.summary),
            ]),
            body: PreviewTable(board: board).node())
    }

    /// Where a report will be that nothing could be computed of yet.
    func absent(_ report: PreviewReport) -> String {
        let said =
            switch report.state {
            case .failed: "Nothing of this report could be computed. It will be here once what is wrong is mended."
            default: "This report has not been built yet. It will be here as soon as it is."
            }
        return text(report.title, header: heading(DiagnosticFormatter.neutralized(report.label)), body: paragraph(said))
    }

    /// Where no report is.
    func unknown(_ path: String) -> String {
        text(
            "No such report", header: heading("There is no such report"),
            body: paragraph(
                "Nothing that was built is called \(DiagnosticFormatter.neutralized(path)). Should it be, it will be here."
            ))
    }

    private func heading(_ words: String) -> MarkupNode { .tag("h1", [:], text: words) }

    private func paragraph(_ words: String) -> MarkupNode {
        .fragment([
            .tag("p", [:], text: words), .tag("p", [:], [.tag("a", ["href": "/"], text: "All reports")]),
        ])
    }

    private func text(_ title: String, header: MarkupNode, body: MarkupNode) -> String {
        let page = StandalonePage(
            title: title, generator: "report \(ToolVersion.current)", header: header, body: body)
        // The template is the program's own.
        return (try? page.text()) ?? title
    }
}

extension PreviewBoard {
    /// `4 reports: 3 built, 1 with errors`.
    var summary: String {
        if reports.isEmpty { return isBuilding ? "Looking for analyses" : "No report" }
        let counts = Dictionary(grouping: reports.values, by: \.word).mapValues(\.count)
        let words = [
            ("built", "built"), ("failed", "with errors"), ("building", "being built"), ("stale", "to be built again"),
            ("waiting", "waiting"),
        ]
        let parts = words.compactMap { word, shown in counts[word].map { "\($0) \(shown)" } }
        return "\(reports.count) \(reports.count == 1 ? "report" : "reports"): \(parts.joined(separator: ", "))"
    }
}

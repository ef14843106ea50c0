import Ledger
import Markup
import Rendering
import Results
import Workspace

/// The page of a report's history: what each build of it came to, from the audit trail alone.
///
/// It is made again from the trail at any time, and then has the same bytes: it holds nothing of the machine, and of the
/// tree only what was true when the report's latest entry became its last leaf, which no later entry changes.
package struct HistoryPage {
    /// How many of the latest entries it tells, so that a page of years of builds can still be opened.
    static let entryLimit = 100
    static let keyLimit = 24

    let history: ReportHistory
    /// Of the tree that ends with the latest entry: its lines, as a checkpoint has them.
    let checkpoint: String
    /// The report's own page from here; nil where none was written.
    let link: String?
    /// The page of the report as which it goes on.
    private let successor: String?

    /// Where the page of a report lies in the output folder.
    package static func path(of report: String) -> String { "audit/history/\(report).html" }

    /// The link to it from the report's own page, which lies in the same output folder.
    static func link(from report: String) -> String {
        Paths.relative("/" + path(of: report), to: Paths.parent(of: "/" + report)).percentEncodedPath
    }

    init?(_ history: ReportHistory, checkpoint: String) {
        guard let last = history.last else { return nil }
        self.history = history
        self.checkpoint = checkpoint
        let page = "\(history.report).html"
        let folder = Paths.parent(of: "/" + HistoryPage.path(of: history.report))
        link =
            last.entry.files.contains { $0.path == page }
            ? Paths.relative("/" + page, to: folder).percentEncodedPath : nil
        successor = last.removal?.successor.map {
            Paths.relative("/" + HistoryPage.path(of: $0), to: folder).percentEncodedPath
        }
    }

    /// Where nothing of the program's own is amiss it does not throw.
    func text() throws -> String { try page.text() }

    /// What it shows.
    var page: StandalonePage {
        let numbers = KeyNumbersHTML(history)
        return StandalonePage(
            title: "History of \(history.report)", generator: "report \(ToolVersion.current)", header: header,
            body: .fragment([numbers.node(), EntriesHTML(history: history).node(), peeks]), footer: tree,
            figures: numbers.figure.map { [$0] } ?? [])
    }

    private var steps: [ReportHistory.Step] { history.steps }

    private var header: MarkupNode {
        guard let first = steps.first, let last = steps.last else { return .nothing }
        let count = steps.count == 1 ? "1 entry" : "\(steps.count) entries"
        let days = [first.entry.time.prefix(10), last.entry.time.prefix(10)].map(String.init)
        let span = days[0] == days[1] ? days[0] : "\(days[0]) to \(days[1])"
        let name: MarkupNode = .text("History of \(history.report)")
        return .fragment([
            .tag("h1", [:], [name]),
            .tag(
                "p", ["class": "byline"],
                [.text("\(last.entry.analysis) · \(count) in the audit trail, \(span)")]
                    + (link.map { [.text(" · "), .tag("a", ["href": $0], text: "the report")] } ?? [])),
            .tag(
                "section", ["class": "abstract", "aria-label": "Abstract"],
                [
                    ending,
                    .tag(
                        "p", [:],
                        [.text("\(EntryWords.conclusions(history)) \(EntryWords.peeks(last.peeks))")]),
                ]),
        ])
    }

    /// That the report was removed, and why.
    private var ending: MarkupNode {
        guard let last = history.removal, let text = EntryWords.removal(history) else { return .nothing }
        var nodes: [MarkupNode] = [.tag("strong", [:], text: text)]
        if let note = last.entry.note { nodes += [.text(" "), .tag("q", [:], text: note)] }
        if let successor { nodes += [.text(" "), .tag("a", ["href": successor], text: "Its history")] }
        return .tag("p", [:], nodes)
    }

    /// Each build whose data had grown, with what it was before.
    private var peeks: MarkupNode {
        let builds = history.builds
        let grown = zip(builds, builds.dropFirst()).filter { $1.changes?.data == .grew }
        let rows = grown.suffix(HistoryPage.entryLimit).reversed().map { before, step -> MarkupNode in
            let bytes = [before, step].map { step in step.entry.data.reduce(0) { $0 + $1.bytes } }
            let same = step.changes?.hasNewSource == false ? "as it was" : "edited"
            return .tag(
                "tr", [:],
                [
                    .tag("td", ["class": "right"], [EntriesHTML.link(step.number)]),
                    .tag("td", [:], text: String(step.entry.time.prefix(10))),
                    .tag("td", ["class": "right"], text: byteCount(bytes[0])),
                    .tag("td", ["class": "right"], text: byteCount(bytes[1])),
                    .tag("td", [:], text: same),
                ])
        }
        let text =
            "Each time that data have grown since a build, that build was a look at part of them. A result that was looked "
            + "at often before it was reported is less certain than its interval says, unless the method allows for it."
        return .fragment([
            .tag("h2", ["id": "peeks"], text: "Looks at growing data"),
            .tag("p", [:], text: rows.isEmpty ? "There were none: no data of this report have grown." : text),
            rows.isEmpty
                ? .nothing
                : EntriesHTML.table(
                    "Looks at growing data",
                    [
                        ("Entry", true), ("Date", false), ("Data before", true), ("Data then", true),
                        ("Analysis", false),
                    ],
                    Array(rows)),
        ])
    }

    private var tree: MarkupNode {
        .tag(
            "section", ["class": "provenance", "aria-labelledby": "page:tree"],
            [
                .tag("h2", ["id": "page:tree"], text: "Checkpoint"),
                .tag(
                    "p", [:],
                    text:
                        "The tree of all entries up to this report's latest one. Whoever keeps these lines can have any "
                        + "later trail checked against them: report audit verify --checkpoint FILE."),
                .tag("pre", ["tabindex": "0", "aria-label": "Checkpoint"], text: checkpoint),
                .tag("p", [:], text: "Made from the trail alone by report \(ToolVersion.current)."),
            ])
    }
}

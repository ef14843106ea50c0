import Documents
import Ledger
import Markup
import Rendering
import Results

/// The numbers on which a report's prose stands: each as a series over its entries, and all of them as a table.
struct KeyNumbersHTML {
    private struct Series {
        var path: String
        /// Oldest first.
        var values: [(step: ReportHistory.Step, number: EntryRecord.Number)]
    }

    private let series: [Series]
    private let hasMore: Bool
    /// Whether the report was removed, so that its numbers are what they were at last.
    private let isEnded: Bool
    let figure: FigureModel?

    init(_ history: ReportHistory) {
        let steps = history.builds.suffix(HistoryPage.entryLimit)
        isEnded = history.removal != nil
        let keys = steps.last?.record.numbers.filter(\.isKey).map(\.path) ?? []
        var values: [String: [(ReportHistory.Step, EntryRecord.Number)]] = [:]
        let wanted = Set(keys)
        for step in steps {
            for number in step.record.numbers where wanted.contains(number.path) {
                values[number.path, default: []].append((step, number))
            }
        }
        let series = keys.prefix(HistoryPage.keyLimit).map { Series(path: $0, values: values[$0] ?? []) }
        self.series = series
        hasMore = keys.count > series.count
        figure = KeyNumbersHTML.figure(series)
    }

    func node() -> MarkupNode {
        guard !series.isEmpty else {
            return .fragment([
                .tag("h2", ["id": "numbers"], text: "Key numbers"),
                .tag("p", [:], text: "The prose of the latest build quotes no number and makes no claim."),
            ])
        }
        let drawing =
            figure.map {
                figureHTML(
                    $0, id: "figure:numbers", title: "Key numbers over time", description: $0.summary,
                    caption: [
                        .tag("strong", [:], text: "Key numbers, build by build."),
                        .text(
                            " Each point is an entry of the trail at the time of its build, with its interval where it has "
                                + "one; the line across is 0."),
                    ])
            } ?? .nothing
        let more =
            hasMore ? "The first \(series.count); report audit show tells all of them." : ""
        return .fragment([
            .tag("h2", ["id": "numbers"], text: "Key numbers"), drawing, table,
            more.isEmpty ? .nothing : .tag("p", [:], text: more), .fragment(series.map(entries)),
        ])
    }

    private var table: MarkupNode {
        let rows = series.map { series -> MarkupNode in
            let last = series.values.last?.number
            // The value before that which it has now, and the entry that brought the latter.
            let since = series.values.lastIndex { $0.number.says != last?.says }.map { $0 + 1 } ?? 0
            let before = since > 0 ? series.values[since - 1].number : nil
            let change = EntryChanges.Number(path: series.path, old: before, new: last)
            let words = EntryWords.change(change)
            let now = before == nil ? last.map { EntryWords.number($0) } ?? "" : words.new
            return .tag(
                "tr", [:],
                [
                    .tag("th", ["scope": "row"], [.tag("code", [:], text: series.path)]),
                    .tag("td", ["class": "right"], lines(now)),
                    .tag("td", ["class": "right"], lines(before == nil ? "–" : words.old)),
                    .tag("td", ["class": "right"], text: EntryWords.errors(change) ?? "–"),
                    .tag(
                        "td", ["class": "right"],
                        since < series.values.count ? [EntriesHTML.link(series.values[since].step.number)] : []),
                ])
        }
        return EntriesHTML.table(
            "Key numbers",
            [
                ("Number", false), (isEnded ? "At last" : "Now", true), ("Before", true), ("Change", true),
                ("Since entry", true),
            ], rows)
    }

    /// A number, and its interval below it: side by side they would take the width of the page.
    private func lines(_ text: String) -> [MarkupNode] {
        guard let blank = text.firstIndex(of: " ") else { return [.text(text)] }
        return [
            .text(String(text[..<blank])), .tag("br"),
            .tag("span", ["class": "unit"], text: String(text[text.index(after: blank)...])),
        ]
    }

    /// The entries behind one number.
    private func entries(_ series: Series) -> MarkupNode {
        guard series.values.count > 1 else { return .nothing }
        let rows = series.values.reversed().map { step, number -> MarkupNode in
            .tag(
                "tr", [:],
                [
                    .tag("td", ["class": "right"], [EntriesHTML.link(step.number)]),
                    .tag("td", [:], text: EntryWords.time(step.entry)),
                    .tag("td", ["class": "right"], text: EntryWords.number(number)),
                    .tag("td", ["class": "right"], text: number.error.map(EntryWords.plain) ?? "–"),
                ])
        }
        return .tag(
            "details", ["class": "source"],
            [
                .tag("summary", [:], [.text("Entries behind "), .tag("code", [:], text: series.path)]),
                EntriesHTML.table(
                    "Entries behind \(series.path)",
                    [("Entry", true), ("Time", false), ("Value", true), ("Standard error", true)], Array(rows)),
            ])
    }

    /// Small multiples over time; nil where nothing was built twice.
    private static func figure(_ series: [Series]) -> FigureModel? {
        let drawn = series.filter { $0.values.count > 1 }
        guard !drawn.isEmpty else { return nil }
        let times = drawn.flatMap(\.values).compactMap { CalendarTime.seconds(parsing: $0.step.entry.time) }
        guard var first = times.min(), var last = times.max() else { return nil }
        let margin = max((last - first) * 0.04, 30)
        (first, last) = (first - margin, last + margin)
        let panels = drawn.map { series -> FigureModel.Panel in
            let name = FigureModel.Series(name: "number", label: "")
            let points = series.values.compactMap { step, number -> (Double, EntryRecord.Number, ReportHistory.Step)? in
                CalendarTime.seconds(parsing: step.entry.time).map { ($0, number, step) }
            }
            var y = FigureModel.Axis("")
            y.isFree = true
            if points.contains(where: { $0.1.interval != nil }) { y.null = 0 }
            let ends = points.flatMap { [$0.1.value, $0.1.interval?.lower, $0.1.interval?.upper].compactMap(\.self) }
            if var lower = ends.min(), var upper = ends.max(), lower < upper {
                // 0 is shown where that does not press the numbers together.
                if y.null == 0, lower > 0, lower < upper - lower { lower = 0 }
                if y.null == 0, upper < 0, -upper < upper - lower { upper = 0 }
                y.domain = lower - (upper - lower) * 0.06...upper + (upper - lower) * 0.06
            }
            let spans = points.map { time, number, step in
                FigureModel.Span(
                    at: time, lower: number.interval.map { $0.lower ?? -.infinity } ?? number.value,
                    upper: number.interval.map { $0.upper ?? .infinity } ?? number.value, estimate: number.value,
                    label: "entry \(step.number), \(EntryWords.time(step.entry)): \(EntryWords.number(number))")
            }
            return FigureModel.Panel(
                title: series.path, x: FigureModel.Axis("", scale: .time, domain: first...last), y: y,
                marks: [
                    .line(
                        x: points.map(\.0), y: points.map(\.1.value),
                        FigureModel.Series(name: "number", label: "", isMuted: true)),
                    .spans(spans, .y, name),
                ])
        }
        let said = drawn.map { series in
            let ends = [series.values.first, series.values.last].compactMap { $0 }
            return "\(series.path) from \(EntryWords.plain(ends[0].number.value)) to "
                + "\(EntryWords.plain(ends[1].number.value)) over \(series.values.count) entries"
        }
        return FigureModel(
            kind: "history", panels: panels, columns: 2, compactColumns: 1, summary: said.joined(separator: "; ") + ".")
    }
}

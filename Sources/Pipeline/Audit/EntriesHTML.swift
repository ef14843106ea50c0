import Ledger
import Markup

/// The entries of a report on its history page, latest first.
struct EntriesHTML {
    let history: ReportHistory

    func node() -> MarkupNode {
        let steps = history.steps.suffix(HistoryPage.entryLimit)
        let earlier = history.steps.count - steps.count
        return .fragment([
            .tag("h2", ["id": "entries"], text: "Entries"),
            EntriesHTML.table(
                "Entries", [("Entry", true), ("Built", false), ("What changed", false)], steps.reversed().map(row)),
            earlier == 0
                ? .nothing
                : .tag("p", [:], text: "\(earlier) earlier ones are told by report audit log \(history.report)."),
        ])
    }

    static func link(_ number: Int) -> MarkupNode { .tag("a", ["href": "#entry:\(number)"], text: "\(number)") }

    /// A table that scrolls where it is too wide.
    static func table(_ name: String, _ columns: [(title: String, isNumber: Bool)], _ rows: [MarkupNode]) -> MarkupNode
    {
        let head = columns.map { column in
            MarkupNode.tag(
                "th", ["scope": "col", "class": column.isNumber ? "right" : nil], text: column.title)
        }
        return .tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": name],
            [
                .tag(
                    "table", [:], [.tag("thead", [:], [.tag("tr", [:], head)]), .tag("tbody", [:], rows)])
            ])
    }

    private func row(_ step: ReportHistory.Step) -> MarkupNode {
        var built: [MarkupNode] = [.tag("time", ["datetime": step.entry.time], text: EntryWords.time(step.entry))]
        for line in [EntryWords.commit(step.entry).map { "commit \($0)" }, step.entry.author].compactMap(\.self) {
            built += [.tag("br"), .text(line)]
        }
        if let note = step.entry.note { built += [.tag("br"), .tag("q", [:], text: note)] }
        return .tag(
            "tr", ["id": "entry:\(step.number)"],
            [
                .tag("td", ["class": "right"], text: "\(step.number)"), .tag("td", [:], built),
                .tag("td", ["class": "long"], changed(step)),
            ])
    }

    private func changed(_ step: ReportHistory.Step) -> [MarkupNode] {
        if let removal = step.removal {
            return [.text("Removed" + (removal.successor.map { "; it goes on as \($0)." } ?? "."))]
        }
        guard let changes = step.changes else { return [.text("The first entry of this report.")] }
        var lines: [[MarkupNode]] = []
        let grounds = EntryWords.grounds(changes)
        if let first = grounds.first {
            let all = ([first.prefix(1).uppercased() + first.dropFirst()] + grounds.dropFirst()).joined(separator: ", ")
            lines.append([.text(all + ".")])
        }
        for claim in changes.claims {
            let text = "Claim: \(EntryWords.claim(claim))."
            lines.append([claim.kind == .rewritten ? .text(text) : .tag("strong", [:], text: text)])
        }
        let keys = changes.numbers.filter(\.isKey)
        for change in keys.prefix(HistoryPage.keyLimit) {
            let words = EntryWords.change(change)
            let rest = ([EntryWords.errors(change)] + EntryWords.flips(change)).compactMap(\.self)
            let text = " \(words.old) → \(words.new)" + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", "))
            lines.append([
                .tag("code", [:], text: change.path),
                change.flips.isEmpty ? .text(text) : .tag("strong", [:], text: text),
            ])
        }
        let others = changes.numbers.count - min(keys.count, HistoryPage.keyLimit)
        if others > 0 { lines.append([.text("\(others) other number\(others == 1 ? "" : "s") changed.")]) }
        if lines.isEmpty { return [.text("No number, claim or input changed.")] }
        return lines.enumerated().flatMap { index, line in index > 0 ? [.tag("br")] + line : line }
    }
}

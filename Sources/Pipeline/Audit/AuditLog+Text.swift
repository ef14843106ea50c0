import Diagnostics
import Ledger

/// The log for people.
extension AuditLog {
    /// - Parameter tellsAll: Every number that changed, not only those on which the prose stands.
    package func text(tellsAll: Bool = false) -> String {
        var blocks: [String] = []
        if isOfReports {
            for history in histories {
                let count = history.steps.count == 1 ? "1 entry" : "\(history.steps.count) entries"
                let sentences = [
                    "\(history.report): \(count).", EntryWords.removal(history), EntryWords.conclusions(history),
                    EntryWords.peeks(history.last?.peeks ?? ReportHistory.Peeks()),
                ]
                blocks.append(sentences.compactMap(\.self).joined(separator: " "))
            }
        }
        blocks += steps.map { AuditLog.block($0, tellsAll: tellsAll).joined(separator: "\n") }
        if size == 0 { blocks.append("The audit trail has no entries yet.") }
        if left > 0 { blocks.append("\(left) earlier \(left == 1 ? "one is" : "ones are") told with --limit 0.") }
        // What is said may be a stranger's.
        return blocks.map {
            $0.split(separator: "\n").map { DiagnosticFormatter.neutralized(String($0)) }.joined(separator: "\n")
        }
        .joined(separator: "\n\n") + "\n"
    }

    private static func block(_ step: ReportHistory.Step, tellsAll: Bool) -> [String] {
        let entry = step.entry
        let head = [
            "\(step.number)  \(entry.report)", EntryWords.time(entry), EntryWords.commit(entry).map { "commit \($0)" },
            entry.author,
        ]
        var lines = [head.compactMap(\.self).joined(separator: "  ")]
        if let note = entry.note { lines.append("note: " + note) }
        if let removal = step.removal {
            lines.append("removed" + (removal.successor.map { "; it goes on as \($0)" } ?? ""))
            return indented(lines)
        }
        guard let changes = step.changes else {
            lines.append(
                "its first entry, with \(counted(entry.claims.count, "claim")) and \(counted(step.record.numbers.count, "number"))"
            )
            return indented(lines)
        }
        let unsaid = lines.count
        let grounds = EntryWords.grounds(changes)
        if !grounds.isEmpty { lines.append(grounds.joined(separator: ", ")) }
        lines += changes.claims.map { "\($0.kind == .rewritten ? "" : "! ")claim \(EntryWords.claim($0))" }
        let told = tellsAll ? changes.numbers : changes.numbers.filter(\.isKey)
        let width = told.map(\.path.count).max() ?? 0
        for change in told.filter({ !$0.flips.isEmpty }) + told.filter(\.flips.isEmpty) {
            let words = EntryWords.change(change)
            let rest = ([EntryWords.errors(change)] + EntryWords.flips(change)).compactMap(\.self)
            let path = change.path + String(repeating: " ", count: width - change.path.count)
            lines.append(
                "\(change.flips.isEmpty ? "" : "! ")\(path)  \(words.old) → \(words.new)"
                    + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", ")))
        }
        let others = changes.numbers.count - told.count
        if others > 0 { lines.append("\(others) other number\(others == 1 ? "" : "s") changed") }
        if lines.count == unsaid { lines.append("no number, claim or input changed") }
        return indented(lines)
    }

    private static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

    private static func indented(_ lines: [String]) -> [String] {
        lines.enumerated().map { index, line in index == 0 ? line : "    " + line.replacing("\n", with: " ") }
    }
}

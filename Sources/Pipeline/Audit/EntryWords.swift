import Documents
import Ledger
import Values

/// Entries and what they changed, in the words of `report audit log` and of history pages.
enum EntryWords {
    /// `2026-03-01 12:30 UTC`: minutes tell builds apart, and the entry itself has the second.
    static func time(_ entry: LedgerEntry) -> String {
        let text = entry.time
        guard text.utf8.count == 20 else { return text }
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }

    /// `1a2b3c4d5e6f`, and whether files of the build differed from it.
    static func commit(_ entry: LedgerEntry) -> String? {
        entry.commit.map { $0.revision.prefix(12) + ($0.isDirty ? " with changes" : "") }
    }

    /// A number with its interval, to four digits; `isExact` to all of them.
    static func number(_ number: EntryRecord.Number, isExact: Bool = false) -> String {
        func text(_ value: Double) -> String {
            isExact ? Value.ecmaScript(value).replacing("-", with: "\u{2212}") : plain(value)
        }
        guard let interval = number.interval else { return text(number.value) }
        let bounds = [interval.lower ?? -.infinity, interval.upper ?? .infinity].map { bound in
            bound.isFinite ? text(bound) : NumberFormat().text(bound)
        }
        return "\(text(number.value)) [\(bounds[0]), \(bounds[1])]"
    }

    /// Four digits; of a whole number all of them.
    static func plain(_ value: Double) -> String {
        let isCount = value.rounded() == value && value.magnitude < 1e15
        return (isCount ? NumberFormat() : NumberFormat(.significant, digits: 4)).text(value)
    }

    /// `0.031 [0.001, 0.061]` and what became of it; in full where four digits tell no difference.
    static func change(_ change: EntryChanges.Number) -> (old: String, new: String) {
        let old = change.old.map { number($0) } ?? "–"
        let new = change.new.map { number($0) } ?? "–"
        guard old == new, let before = change.old, let after = change.new else { return (old, new) }
        return (number(before, isExact: true), number(after, isExact: true))
    }

    /// `+0.4 se`; nil where there is no error to measure by, or it is too many to tell anything.
    static func errors(_ change: EntryChanges.Number) -> String? {
        guard let errors = change.errors, errors.magnitude < 1e6 else { return nil }
        return NumberFormat(.fixed, digits: 1, alwaysSigned: true).text(errors) + " se"
    }

    /// What a reader would conclude otherwise now.
    static func flips(_ change: EntryChanges.Number) -> [String] {
        change.flips.map { flip in
            switch flip {
            case "sign": "its sign changed"
            default: change.new?.isSignificant == true ? "its interval excludes 0 now" : "its interval holds 0 now"
            }
        }
    }

    static func claim(_ change: EntryChanges.Claim) -> String {
        func quoted(_ claim: LedgerEntry.Claim?) -> String {
            guard let claim else { return "" }
            return "“\(claim.text)”" + (claim.condition.map { " (\($0))" } ?? "")
        }
        let new = quoted(change.new)
        let old = quoted(change.old)
        switch change.kind {
        case .flipped: return "\(new) \(change.new?.holds == true ? "holds now" : "no longer holds"), of \(change.path)"
        case .restated: return "\(old) became \(new), of \(change.path)"
        case .rewritten: return "\(old) was rewritten to \(new), of \(change.path)"
        case .added: return "\(new) is new, of \(change.path)"
        case .withdrawn: return "\(old) was withdrawn, of \(change.path)"
        }
    }

    /// What else of the build is not what it was.
    static func grounds(_ changes: EntryChanges) -> [String] {
        var grounds: [String] = []
        switch changes.data {
        case .same: break
        case .grew: grounds.append("the data grew")
        case .changed: grounds.append("the data changed")
        }
        if changes.hasNewSource { grounds.append("the analysis was edited") }
        if changes.hasNewIncludes { grounds.append("a file beside it was edited") }
        if changes.hasNewParameters { grounds.append("parameters changed") }
        if changes.hasNewTool { grounds.append("another version of report") }
        return grounds
    }

    /// The peek ledger in a sentence.
    static func peeks(_ peeks: ReportHistory.Peeks) -> String {
        guard peeks.count > 0 else { return "Built on growing data never before." }
        let same = peeks.withSameSource
        let part =
            same == peeks.count
            ? (same == 1 ? ", with the analysis as it was" : ", each time with the analysis as it was")
            : same == 0 ? ", with the analysis edited in between" : ", \(times(same)) with the analysis as it was"
        return "Built on growing data \(times(peeks.count)) before\(part)."
    }

    /// From when conclusions are what they are.
    static func conclusions(_ history: ReportHistory) -> String {
        guard let last = history.last, let since = history.steps.first(where: { $0.number == last.conclusionsSince })
        else { return "" }
        if since.changes == nil { return "Its conclusions are those of its first entry, \(since.number)." }
        return "Its conclusions last changed with entry \(since.number), of \(since.entry.time.prefix(10))."
    }

    /// That a report was ended, and by which entry; nil where it was not.
    static func removal(_ history: ReportHistory) -> String? {
        guard let step = history.removal else { return nil }
        let ended = "Removed with entry \(step.number), of \(step.entry.time.prefix(10))"
        return ended + (step.removal?.successor.map { "; it goes on as \($0)." } ?? ".")
    }

    static func times(_ count: Int) -> String {
        switch count {
        case 1: "once"
        case 2: "twice"
        default: "\(count) times"
        }
    }
}

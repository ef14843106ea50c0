import Documents
import Ledger
import Workspace

/// When a build was, who built, and from which commit: what the clock, the environment and git say, and no report depends on.
struct Circumstances {
    /// RFC 3339, as entries have it.
    let time: String
    let author: String?
    private let revision: String?
    /// Files of the entries that the commit does not hold as they are.
    private let changed: Set<String>

    init(of entries: [LedgerEntry], in project: Project, _ workspace: WorkspaceContext) {
        time = CalendarTime.timestamp(workspace.now())
        let repository = GitRepository(of: project, in: workspace)
        let named = workspace.environment["REPORT_AUTHOR"].flatMap { $0.isEmpty ? nil : $0 }
        author = named ?? (try? repository?.user()) ?? nil
        revision = (try? repository?.head()) ?? nil
        guard let repository, let revision else {
            changed = []
            return
        }
        let paths = Set(entries.flatMap(\.inputs))
        // What git cannot tell is not vouched for.
        changed = Set((try? repository.changes(paths.sorted(), since: revision)) ?? Array(paths))
    }

    /// Says in an entry when, by whom, from which commit and by which program's file it was made.
    /// - Parameter note: Why; nil leaves the entry's own.
    func fill(_ entry: inout LedgerEntry, note: String?, build: String?) {
        entry.time = time
        entry.note = note ?? entry.note
        entry.author = author
        entry.commit = commit(of: entry)
        entry.tool.build = build
    }

    func commit(of entry: LedgerEntry) -> LedgerEntry.Commit? {
        revision.map { LedgerEntry.Commit(revision: $0, isDirty: !changed.isDisjoint(with: entry.inputs)) }
    }
}

extension LedgerEntry {
    /// The paths of all that was read.
    fileprivate var inputs: [String] { ([source] + includes + data).map(\.path) }
}

import Diagnostics
import Pipeline
import Workspace

/// One report as a preview knows it.
struct PreviewReport: Sendable {
    enum State: Sendable, Hashable {
        /// Its turn has not come yet.
        case waiting
        /// With what runs now, once something does.
        case building(Progress?)
        case built
        case failed
    }

    /// The directive that runs, from 1, and of how many.
    struct Progress: Sendable, Hashable {
        var number: Int
        var total: Int
        /// `meta-analysis pooled`.
        var text: String
    }

    /// A file of it: where it lies, and the SHA-256 of its bytes.
    struct File: Sendable, Hashable {
        var path: String
        var digest: String
    }

    /// What people call its analysis: `Analyses/a.md`.
    let label: String
    let project: Project
    var title: String
    var state = State.waiting
    /// Something that it may depend on has changed since.
    var isStale = false
    /// The last good page, of a build of this run of the program; nil while there was none.
    var page: File?
    /// What could be computed of a build that failed.
    var draft: File?
    var diagnostics: [Diagnostic] = []
    /// How many claims hold, of how many; nil where nothing is known of them.
    var claims: (holding: Int, total: Int)?
    /// When its last build ended: seconds since 1970 began.
    var time: Int64?

    init(_ analysis: Analysis) {
        label = analysis.label
        project = analysis.project
        title = analysis.label
    }

    /// Takes over what a build came to.
    mutating func take(_ outcome: Build.Outcome, title: String?, at now: Int64) {
        diagnostics = outcome.diagnosticsByCause
        isStale = false
        let html = zip(outcome.files, outcome.digests).first { $0.0.hasSuffix(".html") }
        let file = html.map { File(path: $0.0, digest: $0.1) }
        if outcome.succeeded {
            state = .built
            page = file
            draft = nil
            if !outcome.isUnchanged || time == nil { time = now }
        } else {
            state = .failed
            draft = file
            time = now
        }
        if let title { self.title = title }
        claims = outcome.claimCount
    }

    var errors: Int { diagnostics.count { $0.severity == .error } }
    var warnings: Int { diagnostics.count - errors }
}

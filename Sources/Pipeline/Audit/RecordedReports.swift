import Digests
import Execution
import Ledger
import Values
import Workspace

/// What is known of a trail without reading it: to what facts the latest entries of reports come, as long as its checkpoint
/// is the one that this was learned under. So a build of a thousand unchanged reports looks up none of them.
struct RecordedReports {
    private let cache: BuildCache?
    private let location: TrailLocation
    private let ledger: TransparencyLog
    /// Digests of facts by report.
    private let known: Object

    init(_ cache: BuildCache?, _ location: TrailLocation, _ ledger: TransparencyLog) {
        self.cache = cache
        self.location = location
        self.ledger = ledger
        let kept = cache?.value(RecordedReports.name(location))
        let isCurrent = kept?["checkpoint"].map { $0 == RecordedReports.checkpoint(ledger) } ?? false
        known = isCurrent ? kept?["reports"]?.object ?? [:] : [:]
    }

    /// Whether the latest entry of a report says of it what its build came to.
    func has(_ outcome: Build.Outcome) -> Bool {
        known[outcome.analysis.outputName]?.string.map { $0 == outcome.facts?.digest } ?? false
    }

    /// Keeps that the trail, as it is now, says of reports what their builds came to.
    func keep(_ outcomes: [Build.Outcome]) {
        guard let cache, let checkpoint = RecordedReports.checkpoint(ledger) else { return }
        var reports = known
        for outcome in outcomes { reports[outcome.analysis.outputName] = outcome.facts.map { .string($0.digest) } }
        cache.store(["checkpoint": checkpoint, "reports": .object(reports)], RecordedReports.name(location))
    }

    private static func name(_ location: TrailLocation) -> String { sha256("trail \(location.folder)".utf8) }

    /// The digest of the checkpoint file; nil where there is none.
    private static func checkpoint(_ ledger: TransparencyLog) -> Value? {
        let path = ledger.path(TransparencyLog.checkpointPath)
        return (try? ledger.files.contents(of: path, limit: TransparencyLog.checkpointLimit)).map {
            .string(sha256($0))
        }
    }
}

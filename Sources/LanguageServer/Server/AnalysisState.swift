import Diagnostics
import Dispatch
import Documents
import Pipeline
import Synchronization

/// What the server knows of an analysis that is open, or that includes an open file.
struct AnalysisState {
    /// As it read last, and of which generation of texts that is.
    var read: ReadAnalysis?
    var generation = -1
    /// What the last check said.
    var checked: [Diagnostic] = []
    var built: BuiltAnalysis?
    /// When a check is due; nil where nothing has changed since the last.
    var checkDue: DispatchTime?
    var wantsBuild = false
    /// The build that runs.
    var build: Cancellation?
    /// The files that its diagnostics stand in, by absolute path.
    var placed: [String: [PlacedDiagnostic]] = [:]

    /// The texts that it is made of, as diagnostics show them.
    var texts: [String] { read.map { [$0.document.source.path] + $0.document.includes.map(\.path) } ?? [] }
}

/// Whether somebody no longer wants what is being computed.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    func cancel() { flag.store(true, ordering: .relaxed) }

    var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

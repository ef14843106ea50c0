import Diagnostics
import Synchronization

/// What only other directives use of a directive: there already, or made again once one of them needs it, where the
/// directive itself came from the cache.
final class LazyArtifact: Sendable {
    typealias Made = (artifact: Artifact?, diagnostics: [Diagnostic])

    private let made: Mutex<Made?>
    private let make: @Sendable () -> Made

    init(_ artifact: Artifact?) {
        made = Mutex((artifact, []))
        make = { (artifact, []) }
    }

    /// - Parameter make: Called at most once, and not at all where the artifact is there.
    init(_ artifact: Artifact?, make: @escaping @Sendable () -> Made) {
        made = Mutex(artifact.map { ($0, []) })
        self.make = make
    }

    func value() -> Made {
        made.withLock { made in
            if let made { return made }
            let value = make()
            made = value
            return value
        }
    }
}

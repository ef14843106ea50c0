internal import Synchronization

/// Tells work that nobody waits for it any more; long computations look at it between their parts.
///
/// It reaches what runs on the thread that took it on; what `concurrentMap` gives to others is to be handed `current`.
package final class Cancellation: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package func request() { flag.store(true, ordering: .relaxed) }
    package var isRequested: Bool { flag.load(ordering: .relaxed) }

    @TaskLocal package static var current: Cancellation?

    /// Whether the work that this thread does is to be given up.
    package static var isRequested: Bool { current?.isRequested ?? false }

    /// Runs work that `cancellation` can end.
    package static func run<Result>(under cancellation: Cancellation, _ work: () -> Result) -> Result {
        $current.withValue(cancellation, operation: work)
    }
}

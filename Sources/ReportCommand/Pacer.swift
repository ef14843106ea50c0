import Foundation

/// Waits between looks at files, the longer the more a look costs, so that waiting takes less than a fiftieth of a
/// processor however many files there are.
final class Pacer {
    private let clock = ContinuousClock()
    private var woke: ContinuousClock.Instant?

    /// Waits at least this long; true, for who asks whether to go on.
    func pause(_ duration: Duration) -> Bool {
        // Since the last pause nothing was done but looking, unless there was something to build.
        let cost = woke.map { clock.now - $0 } ?? .zero
        let wait = max(duration, min(cost * 60, .seconds(5)))
        Thread.sleep(forTimeInterval: Double(wait.components.attoseconds) / 1e18 + Double(wait.components.seconds))
        woke = clock.now
        return true
    }
}

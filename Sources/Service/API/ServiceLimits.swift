/// How much the service takes.
package struct ServiceLimits: Sendable {
    /// Bytes of a request.
    package var body = 2 << 20
    /// Effects of a request.
    package var effects = 10_000
    /// From a request's being read to its answer.
    package var time: Duration = .seconds(10)
    /// Requests that are computed at once.
    package var workers: Int
    /// Requests that wait for a worker; more are refused.
    package var waiting = 256

    package init(workers: Int) { self.workers = max(1, workers) }
}

import ArgumentParser
import Service

/// How much a service takes, and what it tells of it.
struct ServiceLimitArguments: ParsableArguments {
    @Option(name: .customLong("max-body"), help: "Bytes of a request; 413 beyond.")
    var body = 2 << 20

    @Option(name: .customLong("max-effects"), help: "Effects of a request; 422 beyond.")
    var effects = 10_000

    @Option(name: .customLong("time-limit"), help: "Seconds that an answer may take; 503 beyond.")
    var time = Seconds(duration: .seconds(10))

    @Option(name: .long, help: "Requests that are computed at once. (default: the processors)")
    var workers: Int?

    @Option(name: .customLong("queue"), help: "Requests that may wait for that; 503 beyond.")
    var waiting = 256

    @Option(name: .long, help: "Seconds for which requests are still taken after SIGTERM.")
    var grace = Seconds(duration: .milliseconds(250))

    @Option(name: .customLong("log-level"), help: "What the log tells: debug, info, warning or error.")
    var log = ServerLog.Level.info

    func validate() throws {
        for (name, number) in [("max-body", body), ("max-effects", effects), ("workers", workers ?? 1)] where number < 1
        {
            throw ValidationError("--\(name) is at least 1.")
        }
        guard waiting >= 0 else { throw ValidationError("--queue is not below 0.") }
    }

    func limits(processors: Int) -> ServiceLimits {
        var limits = ServiceLimits(workers: workers ?? processors)
        limits.body = body
        limits.effects = effects
        limits.time = time.duration
        limits.waiting = waiting
        return limits
    }
}

/// A time in seconds, as `0.5`.
struct Seconds: ExpressibleByArgument, CustomStringConvertible {
    var duration: Duration

    init(duration: Duration) { self.duration = duration }

    init?(argument: String) {
        guard let seconds = Double(argument), (0...1e6).contains(seconds) else { return nil }
        duration = .seconds(seconds)
    }

    var description: String {
        let parts = duration.components
        return String(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    }
}

extension ServerLog.Level: ExpressibleByArgument {}

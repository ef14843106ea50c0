import Synchronization
import Values

/// Counts and times of requests, in Prometheus's text format (version 0.0.4).
final class ServiceMetrics: Sendable {
    /// Why a request that was let in was not answered.
    enum Rejection: String, CaseIterable, Sendable {
        /// So many waited already.
        case full
        /// It took too long.
        case late
    }

    private struct Key: Hashable, Comparable {
        var route: String
        var method: String
        var status: Int

        static func < (a: Key, b: Key) -> Bool { (a.route, a.method, a.status) < (b.route, b.method, b.status) }
    }

    private struct Histogram {
        var counts = Array(repeating: 0, count: ServiceMetrics.bounds.count + 1)
        var sum = 0.0
    }

    private struct State {
        var requests: [Key: Int] = [:]
        var durations: [String: Histogram] = [:]
        var rejected: [String: Int] = [:]
        var effects = 0
        var inFlight = 0
    }

    /// Upper ends of the histogram's classes, in seconds.
    private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private static let reasons = (RequestRecord.Refusal.allCases.map(\.rawValue) + Rejection.allCases.map(\.rawValue))
        .sorted()
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]

    private let state = Mutex(State())

    func began() { state.withLock { $0.inFlight += 1 } }

    func ended(effects: Int) {
        state.withLock { state in
            state.inFlight -= 1
            state.effects += effects
        }
    }

    func reject(_ reason: Rejection) { state.withLock { $0.rejected[reason.rawValue, default: 0] += 1 } }

    func add(_ record: RequestRecord) {
        // Paths and methods that nobody knows are one each, or anybody could fill the memory with them.
        let route = Route(rawValue: record.path)?.rawValue ?? "other"
        let method = Self.methods.contains(record.method) ? record.method : "other"
        let parts = record.duration.components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        state.withLock { state in
            state.requests[Key(route: route, method: method, status: record.status), default: 0] += 1
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.durations[route, default: Histogram()].counts[place] += 1
            state.durations[route, default: Histogram()].sum += seconds
            if let reason = record.refusal { state.rejected[reason.rawValue, default: 0] += 1 }
        }
    }

    func text(waiting: Int, models: Int) -> String {
        let state = state.withLock { $0 }
        var text = ""
        func family(_ name: String, _ kind: String, _ help: String, _ lines: [(labels: String, value: String)]) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
            for line in lines { text += "\(name)\(line.labels) \(line.value)\n" }
        }
        family(
            "report_requests_total", "counter", "Requests that were answered.",
            state.requests.sorted { $0.key < $1.key }.map { key, count in
                (
                    "{route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\"}", String(count)
                )
            })
        text += "# HELP report_request_duration_seconds From a request's head to the end of its answer.\n"
        text += "# TYPE report_request_duration_seconds histogram\n"
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            var sum = 0
            for (place, count) in histogram.counts.enumerated() {
                sum += count
                let bound = place < Self.bounds.count ? Value.ecmaScript(Self.bounds[place]) : "+Inf"
                text += "report_request_duration_seconds_bucket{route=\"\(route)\",le=\"\(bound)\"} \(sum)\n"
            }
            text += "report_request_duration_seconds_sum{route=\"\(route)\"} \(Value.ecmaScript(histogram.sum))\n"
            text += "report_request_duration_seconds_count{route=\"\(route)\"} \(sum)\n"
        }
        family(
            "report_requests_in_flight", "gauge", "Requests that are being answered.", [("", String(state.inFlight))])
        family("report_requests_waiting", "gauge", "Requests that wait for a worker.", [("", String(waiting))])
        family(
            "report_requests_rejected_total", "counter", "Requests that were refused or given up, by why.",
            Self.reasons.map { ("{reason=\"\($0)\"}", String(state.rejected[$0] ?? 0)) })
        family(
            "report_effects_total", "counter", "Effects in requests that were answered.", [("", String(state.effects))])
        family("report_models", "gauge", "Models that requests may name.", [("", String(models))])
        return text
    }
}

import Diagnostics
import Documents
import Estimation
import Probability

/// What a `proxy` directive asks for, read once.
struct ProxyRequest {
    /// An estimator by the name it was asked for.
    struct Asked {
        var name: String
        /// nil for reml, which is fitted and not solved for.
        var estimator: ProxyEstimator?
    }

    var outcome: String
    var proxies: [String]
    var estimators: [Asked]
    var weights: EffectWeights
    var intercept: Bool
    var level: Double
    /// In the order of preference; empty for none.
    var intervals: [IntervalMethod]
    var draws: Int
    var wantsInfluence: Bool
    /// New experiments.
    var new: EffectSet?
    /// nil where no curve is asked for, empty for sizes around the median.
    var sizes: [Double]?
    var stream: RandomStream

    var solved: [ProxyEstimator] { estimators.compactMap(\.estimator) }

    init(_ set: EffectSet, _ context: inout StepContext) throws(StepFailure) {
        let outcome = try MetricNames.read("outcome", of: set, &context) ?? []
        proxies = try MetricNames.read("proxies", of: set, &context) ?? []
        guard outcome.count == 1 else {
            throw context.fail(.error(.unknownMetric, "A proxy needs one outcome", at: context.range(of: "outcome")))
        }
        guard !proxies.contains(outcome[0]) else {
            throw context.fail(
                .error(.unknownMetric, "The outcome is not one of its own proxies", at: context.range(of: "proxies")))
        }
        self.outcome = outcome[0]
        estimators = try ProxyRequest.estimators(&context)
        weights = EffectWeights(rawValue: context.options["weights"]?.string ?? "precision") ?? .precision
        intercept = context.options["intercept"]?.boolean ?? true
        level = context.options["level"]?.number ?? 0.95
        intervals = (context.options["interval"]?.strings ?? ["jackknife"]).compactMap { IntervalMethod(rawValue: $0) }
        draws = Int(context.options["bootstrap"]?.number ?? 1000)
        wantsInfluence = context.options["influence"]?.boolean ?? false
        sizes = context.options["sizes"].map { $0.string == "auto" ? [] : $0.items.compactMap(\.number) }
        stream = RandomStream(seed: context.seed, identifier: context.directive.id)
        new = try ProxyRequest.newExperiments(proxies, &context)
        if draws == 0, let node = context.options["interval"] {
            for item in node.items {
                guard let method = item.string.flatMap({ IntervalMethod(rawValue: $0) }), method.isResampled else {
                    continue
                }
                throw context.fail(
                    .error(
                        .missingOption, "An interval by resampling needs `bootstrap` draws", at: item.range,
                        notes: [.init("bootstrap is 0 here", at: context.range(of: "bootstrap"))]))
            }
        }
    }

    private static func estimators(_ context: inout StepContext) throws(StepFailure) -> [Asked] {
        var asked: [Asked] = []
        for name in context.options["estimators"]?.strings ?? ["naive", "tsls", "tc", "jive", "liml"]
        where !asked.contains(where: { $0.name == name }) {
            let alpha = context.options["alpha"]?.number ?? 1
            var estimator: ProxyEstimator?
            switch name {
            case "naive": estimator = .naive
            case "tsls": estimator = .tsls
            case "tc": estimator = .tc
            case "jive": estimator = .jive
            case "liml": estimator = .liml
            case "fuller": estimator = .fuller(alpha)
            case "hliml": estimator = .hliml
            case "hfuller": estimator = .hfuller(alpha)
            case "reml": estimator = nil
            default:
                guard let k = context.options["k"]?.number else {
                    throw context.fail(
                        .error(
                            .missingOption, "The estimator k-class needs the key `k`",
                            at: context.range(of: "estimators")))
                }
                estimator = .kClass(k)
            }
            asked.append(Asked(name: name, estimator: estimator))
        }
        return asked
    }

    /// The effects that `predict` names; they must tell every proxy.
    private static func newExperiments(
        _ proxies: [String], _ context: inout StepContext
    ) throws(StepFailure) -> EffectSet? {
        guard let id = context.options["predict"]?.string else { return nil }
        guard case .effects(let set)? = context.artifacts[id] else { throw StepFailure() }
        for proxy in proxies where !set.metrics.contains(proxy) {
            throw context.fail(
                .error(
                    .unknownMetric, "New experiments need an effect on every proxy, and \(id) has none on \(proxy)",
                    at: context.range(of: "predict"),
                    notes: [.init("its metrics: " + set.metrics.joined(separator: ", "))]))
        }
        return set
    }
}

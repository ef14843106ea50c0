import Diagnostics
import Estimation
import Values

/// What an `effects` directive hands on: each arm's moments metric by metric, some perhaps not reported, from which
/// estimators take the metrics that they need; or effects that were given as estimates.
struct EffectSet: Sendable {
    /// What is known of one arm. A value that the data does not report is nil.
    struct Arm: Sendable, Equatable {
        var name: String
        var count: [Double?]
        var mean: [Double?]
        var variance: [Double?]
        /// By the pair's place in `pairs(of:)`; empty where no data tells it.
        var covariance: [Double?] = []

        init(name: String, metrics: Int) {
            self.name = name
            count = Array(repeating: nil, count: metrics)
            mean = count
            variance = count
        }

        func reports(_ metric: Int) -> Bool { count[metric] != nil && mean[metric] != nil && variance[metric] != nil }
    }

    struct Experiment: Sendable {
        var name: String
        var control: Arm
        var arms: [Arm]
        /// What the arms' means are relative to, by metric; empty for 0.
        var origins: [Double] = []
    }

    /// One effect of layout `estimates`.
    struct Estimate: Sendable {
        var experiment: String
        var variant: String
        var effect: [Double?]
        /// The arm's own sampling variance, without the control's share.
        var ownVariance: [Double?]
        /// The shared control's; 0 where nothing is shared.
        var controlVariance: [Double?]
        /// Total sampling covariances by pair.
        var covariance: [Double?] = []
    }

    enum Content: Sendable {
        case moments([Experiment])
        case estimates([Estimate])
    }

    /// How the covariance between metrics is known.
    enum Noise: Sendable {
        /// From the data, or there is only one metric.
        case reported
        /// Not told, and nothing assumed: one metric at a time can be used.
        case unknown
        /// Assumed: each a name and a correlation matrix over `metrics`.
        case assumed([(name: String, correlation: [[Double]])], isList: Bool)
    }

    var metrics: [String]
    var scale: EffectScale
    var content: Content
    var noise: Noise
    /// Where the units can be read again, for what needs more of them than moments; nil off layout `units` and where a
    /// design makes more of metrics than means of columns.
    var units: UnitRows?
    /// Before adjustment by covariates; nil where there are none.
    var unadjusted: [Experiment]?
    /// What is told of units beside their effects.
    var report: UnitReport?

    /// The place of the pair (a, b), a < b, among all pairs of `count` metrics, row by row.
    static func pair(_ a: Int, _ b: Int, of count: Int) -> Int {
        let (a, b) = (min(a, b), max(a, b))
        return a * (2 * count - a - 1) / 2 + (b - a - 1)
    }
}

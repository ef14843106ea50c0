import Estimation
import LinearAlgebra
import Values

/// How the interval of a coefficient is made.
enum IntervalMethod: String {
    case jackknife, percentile, bca, bayesian, bekker, sandwich
    /// From REML's expected information; its own, not asked for.
    case information

    var isResampled: Bool { self == .percentile || self == .bca || self == .bayesian }

    /// For a cell of a table.
    var title: String {
        switch self {
        case .jackknife: "jackknife"
        case .percentile: "bootstrap, percentile"
        case .bca: "bootstrap, BCa"
        case .bayesian: "Bayesian bootstrap"
        case .bekker: "Bekker"
        case .sandwich: "sandwich"
        case .information: "expected information"
        }
    }
}

/// Errors of one estimator's coefficients by one method.
struct CoefficientErrors {
    var method: IntervalMethod
    /// By proxy and, last, of the intercept; nil where there is none.
    var standardErrors: [Double?]
    var intervals: [ConfidenceInterval?]
    /// Draws that gave no estimate.
    var failures: Int = 0

    init(_ made: ProxyUncertainty) {
        method = .jackknife
        standardErrors = made.standardErrors + [made.interceptStandardError]
        intervals = made.intervals + [made.interceptInterval]
    }

    init(_ made: WaldUncertainty, _ method: IntervalMethod) {
        self.method = method
        standardErrors = made.standardErrors + [made.interceptStandardError]
        intervals = made.intervals + [made.interceptInterval]
    }

    init(_ made: ProxyBootstrap, _ method: IntervalMethod) {
        self.method = method
        let all = made.intervals.map { Optional($0) } + [made.intercept]
        standardErrors = all.map { $0?.standardError }
        intervals = all.map { method == .bca ? $0?.bca : $0?.percentile }
        failures = made.failures
    }

    /// The methods that were asked for and exist for the estimator, in order; the jackknife where none of them does.
    static func all(
        of made: ProxyEstimate, _ model: ProxyModel, _ request: ProxyRequest
    ) throws(EstimationError) -> [CoefficientErrors] {
        guard !request.intervals.isEmpty else { return [] }
        var found: [CoefficientErrors] = []
        var bootstrap: ProxyBootstrap?
        for method in request.intervals {
            switch method {
            case .jackknife: if let jackknife = made.jackknife { found.append(.init(jackknife)) }
            case .sandwich:
                let errors = try model.sandwichErrors(made.estimator, level: request.level)
                if let errors { found.append(.init(errors, method)) }
            case .bekker:
                let errors = try model.bekkerErrors(made.estimator, level: request.level)
                if let errors { found.append(.init(errors, method)) }
            case .percentile, .bca:
                if bootstrap == nil {
                    bootstrap = try model.bootstrapIntervals(
                        made.estimator, draws: request.draws, stream: request.stream, level: request.level)
                }
                if let bootstrap { found.append(.init(bootstrap, method)) }
            case .bayesian:
                let errors = try model.bootstrapIntervals(
                    made.estimator, draws: request.draws, stream: request.stream, level: request.level,
                    scheme: .bayesian)
                if let errors { found.append(.init(errors, method)) }
            case .information: break
            }
        }
        if found.isEmpty, let jackknife = made.jackknife { found = [.init(jackknife)] }
        return found
    }
}

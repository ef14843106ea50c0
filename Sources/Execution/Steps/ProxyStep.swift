import Diagnostics
import Documents
import Estimation
import Results
import Values

/// `proxy`: how an effect on the outcome follows from effects on its proxies, by each estimator, under each assumed
/// noise.
enum ProxyStep {
    /// What the options ask for, read once.
    struct Request {
        var outcome: String
        var proxies: [String]
        var estimators: [ProxyEstimator]
        var weights: EffectWeights
        var intercept: Bool
        var level: Double
        var hasIntervals: Bool
    }

    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let id = context.options["effects"]?.string, case .effects(let set)? = context.artifacts[id] else {
            throw StepFailure()
        }
        let request = try read(set, &context)
        let metrics = [request.outcome] + request.proxies
        let assumptions = NoiseAssumptions(set)
        var values: [(name: String, value: Value)] = []
        var failures: [Failure] = []
        for (name, correlation) in assumptions.cases {
            let selection: EffectSet.Selection
            do throws(EffectSet.SelectionFault) {
                selection = try set.selecting(metrics, correlation: correlation)
            } catch {
                throw context.fail(.cannotSelect(error, metrics: metrics, at: context.range(of: "effects")))
            }
            values.append((name, try estimate(selection, request, under: name, &failures, &context)))
        }
        try report(failures, of: request, cases: assumptions.cases.count, &context)
        let weakest = values.compactMap { $0.value["strength"]?["f"]?.number }.min()
        if let weakest, weakest < 10, request.estimators.contains(.tsls) {
            context.findings.append(
                "F = \(NumberText.short(weakest)) is below 10: TSLS leans towards the naive estimate here.")
        }
        var output = StepOutput(assumptions.nest(values))
        output.assumptions = request.estimators.map { "\(EstimatorNames.title($0.name)): \($0.assumption)" }
        output.table = table(values, request, isNested: assumptions.isNested, id: context.directive.id)
        output.figure = figure(values, request, isNested: assumptions.isNested, context)
        return output
    }

    private static func read(_ set: EffectSet, _ context: inout StepContext) throws(StepFailure) -> Request {
        let outcome = try MetricNames.read("outcome", of: set, &context) ?? []
        let proxies = try MetricNames.read("proxies", of: set, &context) ?? []
        guard outcome.count == 1 else {
            throw context.fail(.error(.unknownMetric, "A proxy needs one outcome", at: context.range(of: "outcome")))
        }
        guard !proxies.contains(outcome[0]) else {
            throw context.fail(
                .error(.unknownMetric, "The outcome is not one of its own proxies", at: context.range(of: "proxies")))
        }
        let estimators = try ProxyStep.estimators(&context)
        return Request(
            outcome: outcome[0], proxies: proxies, estimators: estimators,
            weights: EffectWeights(rawValue: context.options["weights"]?.string ?? "precision") ?? .precision,
            intercept: context.options["intercept"]?.boolean ?? true, level: context.options["level"]?.number ?? 0.95,
            hasIntervals: context.options["interval"]?.string != "none")
    }

    private static func estimators(_ context: inout StepContext) throws(StepFailure) -> [ProxyEstimator] {
        var estimators: [ProxyEstimator] = []
        for name in context.options["estimators"]?.strings ?? ["naive", "tsls", "tc", "jive", "liml"] {
            switch name {
            case "naive": estimators.append(.naive)
            case "tsls": estimators.append(.tsls)
            case "tc": estimators.append(.tc)
            case "jive": estimators.append(.jive)
            case "liml": estimators.append(.liml)
            case "fuller": estimators.append(.fuller(context.options["alpha"]?.number ?? 1))
            default:
                guard let k = context.options["k"]?.number else {
                    throw context.fail(
                        .error(
                            .missingOption, "The estimator k-class needs the key `k`",
                            at: context.range(of: "estimators")))
                }
                estimators.append(.kClass(k))
            }
        }
        return estimators
    }

    /// An estimator that gives no number under one assumption.
    private struct Failure {
        var estimator: String
        var noise: String
        var error: EstimationError
    }

    private static func estimate(
        _ selection: EffectSet.Selection, _ request: Request, under name: String, _ failures: inout [Failure],
        _ context: inout StepContext
    ) throws(StepFailure) -> Value {
        let model: ProxyModel
        do throws(EstimationError) {
            guard selection.effects.experimentCount >= 2 else {
                throw EstimationError.tooFewExperiments(needed: 2, found: selection.effects.experimentCount)
            }
            model = try ProxyModel(
                selection.effects, outcome: request.outcome, proxies: request.proxies, weights: request.weights,
                intercept: request.intercept)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
        var value: Object = [
            "outcome": .string(request.outcome), "proxies": Value(request.proxies),
            "experiments": Value(selection.effects.experimentCount), "arms": Value(selection.effects.count),
            "weights": .string(request.weights.rawValue), "level": Value(request.level),
            "incomplete": Value(selection.incomplete),
        ]
        for estimator in request.estimators {
            do throws(EstimationError) {
                value[estimator.name] = entry(try model.estimate(estimator, level: request.level), request)
            } catch {
                failures.append(Failure(estimator: estimator.name, noise: name, error: error))
            }
        }
        // Neither exists without counts, which the estimators that need them have said already.
        if let strength = try? model.strength() {
            value["strength"] = [
                "f": Value(strength.fStatistic), "concentration": Value(strength.concentration),
                "df": Value(strength.degreesOfFreedom), "excess": Value(strength.excess),
            ]
        }
        if let test = try? model.overIdentification() {
            value["overidentification"] = [
                "statistic": Value(test.statistic), "df": Value(test.degreesOfFreedom), "p": Value(test.pValue),
            ]
        }
        return .object(value)
    }

    private static func entry(_ made: ProxyEstimate, _ request: Request) -> Value {
        var coefficients: Object = [:]
        let jackknife = request.hasIntervals ? made.jackknife : nil
        for (index, name) in made.proxies.enumerated() {
            var coefficient: Object = ["estimate": Value(made.coefficients[index])]
            if let jackknife {
                coefficient["se"] = Value(jackknife.standardErrors[index])
                coefficient["interval"] = Value([jackknife.intervals[index].lower, jackknife.intervals[index].upper])
            }
            coefficients[name] = .object(coefficient)
        }
        var object: Object = ["coefficients": .object(coefficients)]
        var intercept: Object = ["estimate": Value(made.intercept)]
        if let error = jackknife?.interceptStandardError { intercept["se"] = Value(error) }
        if let interval = jackknife?.interceptInterval {
            intercept["interval"] = Value([interval.lower, interval.upper])
        }
        object["intercept"] = .object(intercept)
        if let kappa = made.kappa { object["kappa"] = Value(kappa) }
        if let k = made.k { object["k"] = Value(k) }
        if let definite = made.isPositiveSemidefinite { object["positiveSemidefinite"] = .boolean(definite) }
        return .object(object)
    }

    /// An estimator that fails under every assumption is an error; under some, a remark beside the numbers.
    private static func report(
        _ failures: [Failure], of request: Request, cases: Int, _ context: inout StepContext
    ) throws(StepFailure) {
        for estimator in request.estimators {
            let own = failures.filter { $0.estimator == estimator.name }
            guard let first = own.first else { continue }
            if own.count == cases {
                context.diagnostics.append(
                    .notEstimable(first.error, at: context.range(of: "estimators"), by: estimator.name))
            } else {
                context.findings.append(
                    "\(EstimatorNames.title(estimator.name)) gives no coefficients at noise correlation "
                        + "\(own.map(\.noise).joined(separator: ", ")). \(first.error.message).")
            }
        }
        if context.diagnostics.hasErrors { throw StepFailure() }
    }
}

extension Diagnostic {
    /// What one of several estimators says it cannot do.
    static func notEstimable(_ error: EstimationError, at range: SourceRange, by estimator: String) -> Diagnostic {
        var diagnostic = Diagnostic.notEstimable(error, at: range)
        diagnostic.notes.append(.init("estimator \(estimator)"))
        return diagnostic
    }
}

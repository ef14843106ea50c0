import Diagnostics
import Documents
import Estimation
import Probability
import Results
import Values

/// `covariance`: the covariance of true effects between metrics, by each estimator, under each assumed noise.
enum CovarianceStep {
    /// What the options ask for, read once.
    struct Request {
        var metrics: [String]
        /// As written: naive, tc, jive, reml.
        var estimators: [String]
        var weights: EffectWeights
        var intercept: Bool
        var level: Double
        /// Of the bootstrap.
        var draws: Int
    }

    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let id = context.options["effects"]?.string, case .effects(let set)? = context.artifacts[id] else {
            throw StepFailure()
        }
        let options = context.options
        let request = Request(
            metrics: try MetricNames.read("metrics", of: set, &context) ?? set.metrics,
            estimators: options["estimators"]?.strings ?? ["naive", "tc", "jive", "reml"],
            weights: EffectWeights(rawValue: options["weights"]?.string ?? "precision") ?? .precision,
            intercept: options["intercept"]?.boolean ?? true, level: options["level"]?.number ?? 0.95,
            draws: Int(options["bootstrap"]?.number ?? 1000))
        let assumptions = NoiseAssumptions(set)
        var values: [(name: String, value: Value)] = []
        var findings = CovarianceFindings(assumptions: assumptions)
        for (name, correlation) in assumptions.cases {
            let selection: EffectSet.Selection
            do throws(EffectSet.SelectionFault) {
                selection = try set.selecting(request.metrics, correlation: correlation)
            } catch {
                throw context.fail(.cannotSelect(error, metrics: request.metrics, at: context.range(of: "effects")))
            }
            values.append((name, try estimate(selection, request, under: name, &findings, &context)))
        }
        try findings.report(request.estimators, &context)
        var output = StepOutput(assumptions.nest(values))
        output.assumptions = ["True effects of arms of one experiment are independent."]
        if request.estimators.contains("reml") {
            output.assumptions.append(
                "REML: noise and true effects are normal, the noise of known covariance; its intervals rest on that.")
        }
        output.table = table(values, request, isNested: assumptions.isNested, id: context.directive.id)
        return output
    }

    private static func estimate(
        _ selection: EffectSet.Selection, _ request: Request, under name: String,
        _ findings: inout CovarianceFindings, _ context: inout StepContext
    ) throws(StepFailure) -> Value {
        let effects = selection.effects
        let model: CovarianceModel
        do throws(EstimationError) {
            guard effects.experimentCount >= 2 else {
                throw EstimationError.tooFewExperiments(needed: 2, found: effects.experimentCount)
            }
            model = try CovarianceModel(effects, weights: request.weights, intercept: request.intercept)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
        var value: Object = [
            "metrics": Value(effects.metrics), "experiments": Value(effects.experimentCount),
            "arms": Value(effects.count), "weights": .string(request.weights.rawValue),
            "intercept": .boolean(request.intercept), "level": Value(request.level),
            "incomplete": Value(selection.incomplete),
        ]
        let stream = RandomStream(seed: context.seed, identifier: context.directive.id)
        for estimator in request.estimators {
            do throws(EstimationError) {
                guard let moments = CovarianceEstimator(rawValue: estimator) else {
                    let fit = try CovarianceREML(effects, intercept: request.intercept)
                    if fit.isBoundary { findings.boundaries.append((name, fit.rank, fit.metrics.count)) }
                    value[estimator] = entry(fit, level: request.level)
                    continue
                }
                let made = try model.estimate(moments)
                var frequency: Double?
                if request.draws > 0, moments != .naive {
                    frequency = try model.indefiniteFrequency(moments, draws: request.draws, stream: stream)
                }
                if !made.isPositiveSemidefinite {
                    findings.indefinite.append((estimator, name, frequency, made.repaired != nil))
                }
                value[estimator] = entry(made, request, indefinite: frequency)
            } catch {
                findings.failures.append((estimator, name, error))
            }
        }
        return .object(value)
    }
}

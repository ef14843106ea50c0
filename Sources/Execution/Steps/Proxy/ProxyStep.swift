import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Results
import Values

/// `proxy`: how an effect on the outcome follows from effects on its proxies, by each estimator, under each assumed
/// noise.
enum ProxyStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let id = context.options["effects"]?.string, case .effects(let set)? = context.artifacts[id] else {
            throw StepFailure()
        }
        let request = try ProxyRequest(set, &context)
        let metrics = [request.outcome] + request.proxies
        let assumptions = NoiseAssumptions(set)
        var values: [(name: String, value: Value)] = []
        var findings = ProxyFindings(assumptions)
        for (name, correlation) in assumptions.cases {
            let selection: EffectSet.Selection
            var new: TreatmentEffects?
            do throws(EffectSet.SelectionFault) {
                selection = try set.selecting(metrics, correlation: correlation)
                if let set = request.new {
                    let own = NoiseAssumptions(set).cases
                    let noise = own.first { $0.name == name } ?? own.first
                    new = try set.selecting(request.proxies, correlation: noise?.correlation).effects
                }
            } catch {
                throw context.fail(.cannotSelect(error, metrics: metrics, at: context.range(of: "effects")))
            }
            var part = ProxyPart(request: request, selection: selection, new: new, noise: name)
            do throws(EstimationError) {
                values.append((name, try part.run()))
            } catch {
                throw context.fail(.notEstimable(error, at: context.directive.wordRange))
            }
            findings.add(part)
        }
        try findings.report(request, &context)
        var output = StepOutput(assumptions.nest(values))
        output.assumptions = request.estimators.map { asked in
            "\(EstimatorNames.title(asked.name)): \(ProxyAssumptions.sentence(asked.name))"
        }
        if let balance = ProxyAssumptions.balance(values.first?.value) { output.assumptions.append(balance) }
        output.table = table(values, request, isNested: assumptions.isNested, id: context.directive.id)
        output.figure = figure(values, request, isNested: assumptions.isNested, context)
        return output
    }
}

/// One assumption's part of a `proxy`: a model, all estimators on it, and what must be said of them.
struct ProxyPart {
    let request: ProxyRequest
    let selection: EffectSet.Selection
    let new: TreatmentEffects?
    /// The assumption's name; empty where there is one.
    let noise: String
    private(set) var failures: [(estimator: String, error: EstimationError)] = []
    /// Estimators whose Λ̂ is not positive semi-definite as a whole.
    private(set) var indefinite: [String] = []
    private(set) var value: Value = .null

    init(request: ProxyRequest, selection: EffectSet.Selection, new: TreatmentEffects?, noise: String) {
        self.request = request
        self.selection = selection
        self.new = new
        self.noise = noise
    }

    mutating func run() throws(EstimationError) -> Value {
        let needed = max(2, request.proxies.count + (request.intercept ? 1 : 0))
        guard selection.effects.experimentCount >= needed else {
            throw .tooFewExperiments(needed: needed, found: selection.effects.experimentCount)
        }
        let model = try ProxyModel(
            selection.effects, outcome: request.outcome, proxies: request.proxies, weights: request.weights,
            intercept: request.intercept)
        var object: Object = [
            "outcome": .string(request.outcome), "proxies": Value(request.proxies),
            "experiments": Value(selection.effects.experimentCount), "arms": Value(selection.effects.count),
            "effectiveArms": Value(model.effectiveArms),
            "weights": .string(request.weights.rawValue), "level": Value(request.level),
            "incomplete": Value(selection.incomplete),
        ]
        let estimates = try model.estimates(request.solved, level: request.level)
        var existing: [String] = []
        for asked in request.estimators {
            do throws(EstimationError) {
                if let estimator = asked.estimator,
                    let index = request.solved.firstIndex(where: { $0 == estimator })
                {
                    let made = try estimates[index].get()
                    object[asked.name] = .object(try entry(made, model))
                    if made.isPositiveSemidefinite == false, estimator != .naive { indefinite.append(asked.name) }
                } else {
                    object[asked.name] = .object(try restricted(model))
                }
                existing.append(asked.name)
            } catch {
                failures.append((asked.name, error))
            }
        }
        // These do not exist without counts, which the estimators that need them have said already.
        if let strength = ProxyValues.strength(model) { object["strength"] = strength }
        if let test = ProxyValues.overIdentification(model) { object["overidentification"] = test }
        if !request.intervals.isEmpty, let set = ProxyValues.andersonRubin(model, level: request.level) {
            object["andersonRubin"] = set
        }
        if let contrasts = ProxyValues.contrasts(model, request, existing: existing) { object["contrasts"] = contrasts }
        if let balance = ProxyValues.balance(model) { object["balance"] = balance }
        value = .object(object)
        return value
    }

    private func entry(_ made: ProxyEstimate, _ model: ProxyModel) throws(EstimationError) -> Object {
        let errors = try CoefficientErrors.all(of: made, model, request)
        var object = ProxyValues.coefficients(
            made.coefficients, intercept: made.intercept, names: request.proxies, errors: errors)
        if let kappa = made.kappa { object["kappa"] = Value(kappa) }
        if let k = made.k { object["k"] = Value(k) }
        if let definite = made.isPositiveSemidefinite { object["positiveSemidefinite"] = .boolean(definite) }
        let use = ProxyUse(
            model: model, coefficients: made.coefficients, intercept: made.intercept,
            covariance: made.jackknife?.joint, degreesOfFreedom: made.jackknife?.degreesOfFreedom,
            law: try? model.effectLaw(made.estimator),
            rSquaredError: model.rSquaredError(made.estimator, coefficients: made.coefficients),
            name: made.estimator.name)
        for (key, value) in try use.values(request, new: new) { object[key] = value }
        if request.wantsInfluence, let influence = ProxyValues.influence(model, made.estimator) {
            object["influence"] = influence
        }
        return object
    }

    private func restricted(_ model: ProxyModel) throws(EstimationError) -> Object {
        let fit = try CovarianceREML(model.effects, intercept: request.intercept)
        let made = try ProxyREML(fit)
        let errors = request.intervals.isEmpty ? nil : CoefficientErrors(made, level: request.level)
        var object = ProxyValues.coefficients(
            made.coefficients, intercept: made.intercept, names: request.proxies, errors: errors.map { [$0] } ?? [])
        object["logLikelihood"] = Value(fit.logLikelihood)
        object["boundary"] = .boolean(fit.isBoundary)
        let use = ProxyUse(
            model: model, coefficients: made.coefficients, intercept: made.intercept,
            covariance: made.covariance.map { ProxyPart.padded($0, to: request.proxies.count + 1) },
            degreesOfFreedom: nil,
            law: EffectLaw(mean: fit.mean, covariance: fit.covariance), rSquaredError: nil, name: "reml")
        for (key, value) in try use.values(request, new: new) { object[key] = value }
        return object
    }

    /// With zeros for an intercept that is none.
    private static func padded(_ matrix: Matrix, to order: Int) -> Matrix {
        var result = Matrix(rows: order, columns: order)
        for i in 0..<matrix.rows { for j in 0..<matrix.columns { result[i, j] = matrix[i, j] } }
        return result
    }
}

extension CoefficientErrors {
    /// Normal intervals from REML's expected information; nil where Λ̂ has no covariance matrix.
    init?(_ made: ProxyREML, level: Double) {
        guard let covariance = made.covariance else { return nil }
        method = .information
        let estimates = made.coefficients + [made.intercept]
        standardErrors = estimates.indices.map { index in
            index < covariance.rows ? max(0, covariance[index, index]).squareRoot() : nil
        }
        intervals = zip(estimates, standardErrors).map { estimate, error in
            error.map { ConfidenceInterval(normal: estimate, standardError: $0, level: level) }
        }
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

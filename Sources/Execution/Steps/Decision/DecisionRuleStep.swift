import Datasets
import Diagnostics
import Documents
import Estimation
import Probability
import Values
import Workspace

/// `decision-rule`: what rules for shipping arms earn on one metric, under each assumed noise.
enum DecisionRuleStep {
    /// What was computed under one assumption on the noise.
    struct Evaluation {
        var selection: EffectSet.Selection
        var naive: [DecisionRewards] = []
        var crossValidation: [DecisionRewards] = []
        var law: DecisionLaw?
        var closedForms: [DecisionClosedForm] = []
        var grid: [DecisionGridPoint] = []
        /// Of the grid's rule in these experiments.
        var signalToNoise: Double?
    }

    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let id = context.options["effects"]?.string, case .effects(let set)? = context.artifacts[id] else {
            throw StepFailure()
        }
        let request = try DecisionRequest(set, &context)
        let assumptions = NoiseAssumptions(set)
        var values: [(name: String, value: Value)] = []
        var findings = DecisionFindings(assumptions)
        for (name, correlation) in assumptions.cases {
            let selection: EffectSet.Selection
            do throws(EffectSet.SelectionFault) {
                selection = try set.selecting(request.metrics, correlation: correlation)
            } catch {
                throw context.fail(.cannotSelect(error, metrics: request.metrics, at: context.range(of: "effects")))
            }
            let units = correlation == nil ? set.units : nil
            let made = try evaluate(selection, request, units, of: set, under: name, &findings, &context)
            do throws(EstimationError) {
                values.append(
                    (name, try DecisionValues(request, isUnitLevel: units != nil).value(made, name, &findings)))
            } catch {
                throw context.fail(.notEstimable(error, at: context.directive.wordRange))
            }
        }
        context.findings += findings.sentences(request, scale: set.scale)
        var output = StepOutput(assumptions.nest(values))
        output.assumptions = DecisionAssumptions.sentences(request, set, hasClosedForms: findings.hasClosedForms)
        let display = DecisionDisplay(
            request: request, values: values, isNested: assumptions.isNested, scale: set.scale)
        output.table = display.table(id: context.directive.id)
        output.figure = display.figure(context)
        return output
    }

    private static func evaluate(
        _ selection: EffectSet.Selection, _ request: DecisionRequest, _ units: UnitRows?, of set: EffectSet,
        under name: String, _ findings: inout DecisionFindings, _ context: inout StepContext
    ) throws(StepFailure) -> Evaluation {
        var made = Evaluation(selection: selection)
        let effects = selection.effects
        let model: DecisionModel
        do throws(EstimationError) {
            model = try DecisionModel(effects, reward: request.reward, rules: request.rules)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
        if request.hasNaive { made.naive = model.naive() }
        if request.hasCrossValidation {
            let stream = RandomStream(seed: context.seed, identifier: context.directive.id)
            let read = try units.map { (units) throws(StepFailure) in
                try folds(units, of: set, effects, request, stream, &context)
            }
            do throws(EstimationError) {
                if let read {
                    made.crossValidation = try model.crossValidation(read)
                } else {
                    made.crossValidation = try model.crossValidation(
                        MomentFolds(effects, folds: request.folds, repeats: request.repeats, stream: stream))
                }
            } catch {
                throw context.fail(.notEstimable(error, at: context.range(of: "folds"), by: "cross-validation"))
            }
        }
        addClosedForms(model, request, under: name, to: &made, &findings)
        return made
    }

    /// What the rules earn if true effects are normal; where no law can be had, a finding says so.
    private static func addClosedForms(
        _ model: DecisionModel, _ request: DecisionRequest, under name: String, to made: inout Evaluation,
        _ findings: inout DecisionFindings
    ) {
        guard let estimator = request.law else { return }
        do throws(EstimationError) {
            let law = try law(of: model.effects, by: estimator, request.weights, under: name, &findings)
            made.closedForms = try model.closedForms(law, folds: request.folds)
            made.law = law
            guard let grid = request.grid else { return }
            let rule = request.rules[grid.rule]
            made.signalToNoise = model.signalToNoise(rule, law)
            made.grid = model.grid(
                rule, law, folds: request.folds, signalToNoise: grid.signalToNoise, thresholds: grid.thresholds)
            if made.grid.isEmpty { findings.emptyGrids.append(name) }
        } catch {
            findings.withoutLaw.append((name, error))
        }
    }

    private static func law(
        of effects: TreatmentEffects, by estimator: String, _ weights: EffectWeights, under name: String,
        _ findings: inout DecisionFindings
    ) throws(EstimationError) -> DecisionLaw {
        guard let kind = CovarianceEstimator(rawValue: estimator) else {
            let law = DecisionLaw(try CovarianceREML(effects))
            findings.noteLaw(under: name, isRepaired: false)
            return law
        }
        let estimate = try CovarianceModel(effects, weights: weights).estimate(kind)
        guard let law = DecisionLaw(estimate) else { throw .singularNoise(metrics: effects.metrics) }
        findings.noteLaw(under: name, isRepaired: !estimate.isPositiveSemidefinite)
        return law
    }

    /// Reads the units again, each into its arm's folds.
    private static func folds(
        _ units: UnitRows, of set: EffectSet, _ effects: TreatmentEffects, _ request: DecisionRequest,
        _ stream: RandomStream, _ context: inout StepContext
    ) throws(StepFailure) -> UnitFolds {
        var source: UnitFolds
        do throws(EstimationError) {
            source = try UnitFolds(arms: effects, folds: request.folds, repeats: request.repeats, stream: stream)
        } catch {
            throw context.fail(.notEstimable(error, at: context.range(of: "folds")))
        }
        var slots: [String: [String: Int]] = [:]
        for k in 0..<effects.experimentCount {
            var own = [units.control: effects.controlSlot(k)]
            for j in effects.effects(of: k) { own[effects.arms[j]] = effects.slot(j) }
            slots[effects.experiments[k]] = own
        }
        let indices = request.metrics.compactMap { set.metrics.firstIndex(of: $0) }
        var chosen = Array(repeating: 0.0, count: indices.count)
        do {
            try units.forEach(in: context.workspace.files) { experiment, variant, unit in
                guard let unit, let slot = slots[experiment]?[variant] else { return }
                for (place, index) in indices.enumerated() { chosen[place] = unit[index] }
                source.add(chosen, slot: slot)
            }
        } catch {
            throw context.fail(.badData(error, at: context.range(of: "effects"), columns: units.frame.columns))
        }
        return source
    }
}

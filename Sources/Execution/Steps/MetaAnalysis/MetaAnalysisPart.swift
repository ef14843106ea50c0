import Diagnostics
import Documents
import Estimation
import Results
import Values

/// The model under one treatment of shared controls: its values, and what must be said beside them.
struct MetaAnalysisPart {
    /// As the language names the treatment.
    let name: String
    private(set) var values: Object = [:]
    private(set) var findings: [String] = []
    /// What is said of the shared control, whatever the treatment.
    private(set) var remarks: [String] = []
    private(set) var assumptions: [String] = []

    init(
        _ name: String, _ input: MetaAnalysisInput, _ request: MetaAnalysisRequest, _ context: inout StepContext
    ) throws(StepFailure) {
        self.name = name
        let correlation = EffectCorrelation(name) ?? .sharedControl
        do throws(EstimationError) {
            switch request.method {
            case .point(let estimator):
                let fit = try input.data.randomEffects(
                    request.pointOptions(estimator, correlation, input), stream: request.stream)
                values = PointValues.value(
                    of: fit, takesProfileLikelihood: request.takesProfileLikelihood)
                findings = MetaAnalysisFindings.sentences(of: fit)
            case .bayes(let prior): try exact(prior, correlation, input.data, request)
            case .nuts(let prior, let options): try sampled(prior, options, correlation, input.data, request)
            case .law(let law): try population(law, correlation, input.data, request)
            }
            if request.wantsDiagnostics, correlation == .sharedControl {
                let made = try input.data.sharedControlDiagnostics()
                values["sharedControl"] = SharedControlValues.value(of: made)
                remarks = SharedControlFindings.sentences(of: made)
                assumptions += SharedControlFindings.remarks(of: made)
            }
        } catch {
            throw context.fail(.notEstimable(error, of: context))
        }
        if case .bayes = request.method { try sensitivity(correlation, input.data, request, &context) }
    }

    private mutating func exact(
        _ prior: Prior, _ correlation: EffectCorrelation, _ data: MetaAnalysisData, _ request: MetaAnalysisRequest
    ) throws(EstimationError) {
        let fit = try data.posterior(
            prior: prior, correlation: correlation, stream: request.stream, level: request.level,
            threshold: request.threshold)
        values = BayesValues.value(of: fit)
        guard request.wantsDecisions else { return }
        add(
            try data.decisions(
                prior: prior, correlation: correlation, stream: request.stream, level: request.level))
    }

    private mutating func sampled(
        _ prior: Prior, _ options: SamplingOptions, _ correlation: EffectCorrelation, _ data: MetaAnalysisData,
        _ request: MetaAnalysisRequest
    ) throws(EstimationError) {
        let fit = try data.sampledPosterior(
            prior: prior, correlation: correlation, stream: request.stream, level: request.level,
            threshold: request.threshold, options: options)
        values = SampledValues.value(of: fit)
        findings = fit.findings
        guard request.wantsDecisions else { return }
        guard fit.effectCount * options.chains * options.draws <= 50_000_000 else {
            throw .invalidSampling(
                "Decisions from draws keep every effect's, at most fifty million numbers; those of 'bayes' have no such "
                    + "bound")
        }
        // The same draws again; effects come block by block, which is the order of the fit's effects.
        let draws = try data.posteriorDraws(
            prior: prior, correlation: correlation, stream: request.stream, options: options)
        var rows = Array(repeating: [Double](), count: draws.chainCount * draws.drawCount)
        for k in 0..<draws.blockCount {
            for (row, effects) in draws.effects(ofBlock: k).enumerated() { rows[row] += effects }
        }
        add(
            try data.decisions(
                draws: rows, correlation: correlation, stream: request.stream, level: request.level))
    }

    private mutating func population(
        _ law: PopulationLaw, _ correlation: EffectCorrelation, _ data: MetaAnalysisData,
        _ request: MetaAnalysisRequest
    ) throws(EstimationError) {
        let fit = try data.population(
            law, correlation: correlation, stream: request.stream, level: request.level,
            threshold: request.threshold)
        values = PopulationValues.value(of: fit)
        findings = MetaAnalysisFindings.sentences(of: fit)
        if request.wantsDecisions { add(try data.decisions(under: fit, stream: request.stream)) }
    }

    private mutating func add(_ decisions: ShippingDecisions) {
        for (key, value) in VariantDecisionValues.values(of: decisions) { values[key] = value }
    }

    /// Under the standard list of priors, or under each that is written, whose faults are told where it stands.
    private mutating func sensitivity(
        _ correlation: EffectCorrelation, _ data: MetaAnalysisData, _ request: MetaAnalysisRequest,
        _ context: inout StepContext
    ) throws(StepFailure) {
        guard let prior = request.prior else { return }
        let standard = data.sensitivityPriors(around: prior, correlation: correlation)
        let tried = request.otherPriors ?? standard.map { ($0, context.range(of: "sensitivity")) }
        guard !tried.isEmpty else { return }
        func rows(_ priors: [Prior]) throws(EstimationError) -> [PriorSensitivity] {
            try data.sensitivity(
                to: priors, correlation: correlation, stream: request.stream, level: request.level,
                threshold: request.threshold)
        }
        do throws(EstimationError) {
            values["sensitivity"] = BayesValues.sensitivity(try rows(tried.map(\.0)))
        } catch {
            // One by one, to tell which it is.
            for (prior, range) in tried {
                do throws(EstimationError) { _ = try rows([prior]) } catch {
                    throw context.fail(.notEstimable(error, at: range))
                }
            }
            throw context.fail(.notEstimable(error, at: context.range(of: "sensitivity")))
        }
    }
}

extension Diagnostic {
    /// What the model says it cannot do, at the option that it is about.
    static func notEstimable(_ error: EstimationError, of context: StepContext) -> Diagnostic {
        .notEstimable(error, at: context.range(of: key(of: error, context.options)))
    }

    /// The option whose choice an error is about; empty where it is about the effects.
    private static func key(of error: EstimationError, _ options: OptionNode) -> String {
        let method = options["method"]?.string ?? "reml"
        switch error {
        case .invalidPrior, .improperPosterior: return "prior"
        case .wholeCovariances where options["effects-law"] != nil: return "effects-law"
        // Point methods take them; what tells of the shared control does not.
        case .wholeCovariances where DirectiveSchema.pointMethods.contains(method): return "diagnostics"
        case .equalEffects, .noConvergence, .dependentEffects, .wholeCovariances: return "method"
        case .constantModerator, .collinearModerator, .wrongModerator, .notFiniteModerator, .reservedModerator,
            .duplicateModerator:
            return "moderators"
        case .tooManyExperiments, .dependentOnExperiment: return "influence"
        case .tooManyArms: return "robust"
        case .oneArmEach, .needsLikelihood: return "heterogeneity"
        case .invalidSampling: return "draws"
        case .noResidualVariance: return "test"
        case .needsOnePerExperiment, .invalidRepeats: return "repeats"
        case .singularCovariance: return "covariance"
        default: return ""
        }
    }
}

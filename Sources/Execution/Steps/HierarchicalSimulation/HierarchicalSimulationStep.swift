import Diagnostics
import Documents
import Estimation
import Results
import Values

/// A `simulation` of the hierarchical normal-normal model.
enum HierarchicalSimulationStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        let grid = try HierarchicalGrid(&context)
        let estimators = try estimators(&context)
        let prior = try prior(&context)
        let study: HierarchicalStudy
        let draws = Int(context.options["draws"]?.number ?? 10_000)
        do throws(EstimationError) {
            study = try HierarchicalStudy(
                grid.cells, estimators: estimators, draws: draws, level: context.options["level"]?.number ?? 0.95,
                prior: prior, seed: context.seed, identifier: context.directive.id)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
        let results = study.results()
        let rows = results.rows()
        var calibration: [CalibrationRow] = []
        do throws(EstimationError) {
            if let bins = bins(study, context) { calibration = try results.calibration(bins: bins) }
        } catch {
            throw context.fail(.notEstimable(error, at: context.range(of: "bins")))
        }
        HierarchicalFindings(study: study, rows: rows, calibration: calibration).report(&context)
        let values = HierarchicalSimulationValues(study: study, grid: grid).value(rows, calibration)
        var output = StepOutput(values)
        output.assumptions = HierarchicalFindings.assumptions(study)
        output.table = HierarchicalSimulationTable(study: study, grid: grid, id: context.directive.id)
            .table(rows, values)
        return output
    }

    /// How many bins a calibration has; nil where there is none, or without `bins` no use in one.
    private static func bins(_ study: HierarchicalStudy, _ context: StepContext) -> Int? {
        guard study.estimators.contains(where: \.isBayesian), study.cells.contains(where: { $0.design.prior != nil })
        else { return nil }
        if let bins = context.options["bins"]?.number { return Int(bins) }
        let bins = min(20, study.draws / 5)
        return bins >= 2 ? bins : nil
    }

    private static func estimators(_ context: inout StepContext) throws(StepFailure) -> [HierarchicalEstimator] {
        guard let node = context.options["estimators"] else { return [.init(.point(.reml))] }
        var estimators: [HierarchicalEstimator] = []
        for item in node.items {
            guard let name = item["estimator"]?.string ?? item.string else { continue }
            let method: HierarchicalEstimator.Method
            if let point = HeterogeneityEstimator(rawValue: name) {
                method = .point(point)
            } else {
                method = name == "nuts" ? .nuts : .bayes
            }
            let test = CoefficientTest(rawValue: item["test"]?.string ?? "z") ?? .z
            for correlation in item["correlation"]?.strings ?? ["shared-control"] {
                let wanted = HierarchicalEstimator(
                    method, EffectCorrelation(correlation) ?? .sharedControl, test: test)
                guard !estimators.contains(wanted) else {
                    throw context.fail(.error(.badDesign, "An estimator of a simulation stands once", at: item.range))
                }
                estimators.append(wanted)
            }
        }
        return estimators
    }

    private static func prior(_ context: inout StepContext) throws(StepFailure) -> Prior? {
        guard let node = context.options["prior"] else { return nil }
        guard let mean = PriorText.mean(node["mu"]?.string ?? ""),
            let heterogeneity = PriorText.heterogeneity(node["tau"]?.string ?? "")
        else {
            throw context.fail(
                .error(
                    .badPrior,
                    "The prior of μ is `normal(mean, sd)` or `flat`, that of τ `half-normal(s)` or another of its kinds",
                    at: node.range))
        }
        return Prior(mean: mean, heterogeneity: heterogeneity)
    }
}

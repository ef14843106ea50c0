import Datasets
import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Workspace

/// Layout `units`: a row is one unit. Only moments are kept, taken in one pass; what a design asks of them beside means
/// (ratios, clusters, adjustment) is made of the moments.
extension EffectsReader {
    /// What units make.
    struct Units {
        var experiments: [EffectSet.Experiment] = []
        /// Before adjustment by covariates; nil where there are none.
        var unadjusted: [EffectSet.Experiment]?
        var report: UnitReport
    }

    mutating func units(_ request: UnitsRequest) throws(StepFailure) -> Units {
        let read = try sums(request)
        var made = Units(report: UnitReport(request))
        made.report.leftOut = read.leftOut
        made.report.filled = read.filled
        made.report.winsorised = read.winsorised
        let sums = try UnitSampling.estimable(read.sums, request, &context)
        let variants = sums.map { (name: $0.name, variants: $0.arms.map(\.name)) }
        // Before anything is made of experiments, of which there may be millions without an effect.
        for experiment in sums {
            try requireArms(experiment.name, experiment.arms.map(\.name), control: request.rows.control)
        }
        // A draft has perhaps no unit of what is named.
        let isWhole = context.sample == nil
        let isAllocated = !isWhole || request.allocation.check(variants, &context)
        let isNamed = !isWhole || request.alike.check(sums.map(\.name), &context)
        let designed = designed(sums, request.design)
        guard isAllocated, isNamed, let designed else { throw StepFailure() }
        if !request.design.covariates.isEmpty { made.unadjusted = [] }
        for (own, experiment) in zip(sums, designed) {
            made.report.add(own, experiment)
            let arms = zip(own.arms, experiment.adjusted).map { arm($0, $1) }
            made.experiments.append(
                try self.experiment(own.name, arms, experiment.origins, control: request.rows.control))
            guard made.unadjusted != nil else { continue }
            let before = zip(own.arms, experiment.arms).map { arm($0, $1) }
            made.unadjusted?.append(
                try self.experiment(own.name, before, experiment.origins, control: request.rows.control))
        }
        return made
    }

    /// All passes over the rows.
    private mutating func sums(_ request: UnitsRequest) throws(StepFailure) -> UnitTotals {
        if let totals = try UnitTotals(request, &context) { return totals }
        var read: UnitSums
        do throws(DataFault) {
            let bounds = try UnitBounds.read(request, in: context.workspace.files)
            read = UnitSums(request, bounds: bounds)
            try read.read(in: context.workspace.files)
        } catch {
            throw context.fail(.badData(error, at: context.range(of: "data"), columns: frame.columns))
        }
        var isSound = read.faults.tell(&context)
        isSound = try read.names.tell(request, &context) && isSound
        for (index, bound) in request.bounds.enumerated() where bound.needsQuantiles {
            let crossed = read.winsorised.filter { made in
                guard made.bound == index, let lower = made.values.lower, let upper = made.values.upper else {
                    return false
                }
                return lower > upper
            }
            guard !crossed.isEmpty else { continue }
            isSound = false
            _ = context.fail(
                .error(
                    .badBounds, "A lower bound does not lie above the upper one", at: bound.range,
                    notes: crossed.prefix(3).map { made in
                        .init(
                            "experiment \(made.experiment): \(NumberText.short(made.values.lower ?? 0)) is above "
                                + NumberText.short(made.values.upper ?? 0))
                    } + (crossed.count > 3 ? [.init("and in \(crossed.count - 3) more")] : [])))
        }
        guard isSound else { throw StepFailure() }
        for (name, variants) in read.variants {
            try requireArms(name, variants, control: request.rows.control)
        }
        return UnitTotals(read)
    }

    /// Each experiment under the design; nil, and all faults told, where one has none.
    private mutating func designed(_ sums: [ExperimentSums], _ design: UnitDesign) -> [DesignedExperiment]? {
        var designed: [DesignedExperiment] = []
        var faults: [EstimationError] = []
        for experiment in sums {
            do throws(EstimationError) {
                designed.append(try DesignedExperiment(experiment, design))
            } catch {
                faults.append(error)
            }
        }
        guard !faults.isEmpty else { return designed }
        var left = faults
        while let first = left.first {
            tell(left.filter { $0.message == first.message })
            left.removeAll { $0.message == first.message }
        }
        return nil
    }

    /// Tells faults of one kind.
    private mutating func tell(_ faults: [EstimationError]) {
        let metrics = faults.compactMap { fault in
            if case .denominatorNearZero(_, _, let metric, _, _) = fault { return metric }
            return nil
        }
        let ratio = metrics.first.flatMap { context.options["ratios"]?[$0] }
        let place = metrics.isEmpty ? context.range(of: "metrics") : ratio?.range ?? context.range(of: "weight")
        let names = faults.compactMap { fault in
            if case .denominatorNearZero(let name, _, _, _, _) = fault { return name }
            return nil
        }
        _ = context.fail(
            .error(
                metrics.isEmpty ? .notEstimable : .nearZeroDenominator, faults[0].message, at: place,
                notes: faults.prefix(3).compactMap(\.detail).map { .init($0) }
                    + (faults.count > 3 ? [.init("and in \(faults.count - 3) more experiments")] : [])
                    + leavingOut(names)))
    }

    /// How experiments are left out, ready to be copied. It is for people to say, for what is left out is chosen by what its
    /// units did.
    private func leavingOut(_ names: [String]) -> [Diagnostic.Note] {
        guard let column = context.options["experiment"]?.string, let name = names.first else { return [] }
        func quoted(_ text: String, _ quote: String) -> String {
            quote + text.replacing(quote, with: quote + quote) + quote
        }
        let isOne = names.allSatisfy { $0 == name }
        guard isOne || Set(names).count <= 20 else { return [.init("`where` of the data leaves experiments out")] }
        var known: Set<String> = []
        let list = names.filter { known.insert($0).inserted }.map { quoted($0, "\"") }.joined(separator: ", ")
        let condition = "not \(quoted(column, "`")) in (\(list))"
        return [.init("where: \(quoted(condition, "'")) in the data's directive leaves \(isOne ? "it" : "them") out")]
    }

    /// An arm's estimates; one of less than two rows has no variance and reports none.
    private func arm(_ sums: ArmSums, _ estimates: Estimation.Arm?) -> EffectSet.Arm {
        let metrics = context.options["metrics"]?.items.count ?? 0
        var arm = EffectSet.Arm(name: sums.name, metrics: metrics)
        arm.covariance = Array(repeating: nil, count: metrics * (metrics - 1) / 2)
        for a in 0..<metrics {
            arm.set(a, [Double(sums.count), estimates?.mean[a], estimates?.covariance[a, a]])
            for b in (a + 1)..<max(metrics, a + 1) {
                arm.covariance[EffectSet.pair(a, b, of: metrics)] = estimates?.covariance[a, b]
            }
        }
        return arm
    }

    private mutating func experiment(
        _ name: String, _ arms: [EffectSet.Arm], _ origins: [Double], control: String
    ) throws(StepFailure) -> EffectSet.Experiment {
        var made = try experiment(name, arms, control: control)
        made.origins = origins
        return made
    }
}

extension UnitReport {
    /// Takes what is told of one experiment.
    mutating func add(_ sums: ExperimentSums, _ designed: DesignedExperiment) {
        analysed += sums.arms.reduce(0) { $0 + $1.units }
        if request.cluster != nil {
            clusters = (clusters ?? 0) + sums.arms.reduce(0) { $0 + $1.count }
            fewestClusters = sums.arms.map(\.count).min().map { min($0, fewestClusters ?? $0) }
        }
        let arms = request.allocation.arms(sums.name, sums.arms.map { (variant: $0.name, count: $0.assigned) })
        splits.append(
            Split(
                experiment: sums.name, arms: arms,
                test: SampleRatioTest(counts: arms.map(\.count), shares: arms.map(\.share))))
        if !request.design.covariates.isEmpty {
            adjustments.append(
                Adjustment(
                    experiment: sums.name, coefficients: designed.coefficients, unused: designed.unused))
            if let test = EqualArmsTest(designed.covariates.compactMap { $0 }) {
                balance.append(Comparison(experiment: sums.name, test: test))
            }
        }
        if request.alike.contains(sums.name), let test = EqualArmsTest(designed.adjusted.compactMap { $0 }) {
            alike.append(Comparison(experiment: sums.name, test: test))
        }
    }
}

extension DiagnosticCode {
    static let nearZeroDenominator = DiagnosticCode(615, "near-zero-denominator")
}

import Estimation
import LinearAlgebra

/// What an estimator gets of an effect set: the metrics it needs, over the arms that report all of them.
extension EffectSet {
    /// Effects on some metrics, and what had to be left out for them.
    struct Selection {
        var effects: TreatmentEffects
        /// Experiments of which at least one arm is left out, because it or its control lacks one of the metrics.
        var incomplete: [String]
    }

    /// Why a selection cannot be made although each metric is known.
    enum SelectionFault: Error {
        /// Two metrics of one arm stand on different numbers of units.
        case countsDiffer(experiment: String, arm: String)
        case countNotWhole(experiment: String, arm: String, count: Double)
        /// Nothing tells how two metrics go together.
        case covarianceUnknown
        case nothingComplete
        case estimation(EstimationError)
    }

    /// The effects on some metrics under one assumption on the noise between them (a correlation matrix over all
    /// metrics of the set, nil where the data tells it).
    func selecting(_ names: [String], correlation: [[Double]]?) throws(SelectionFault) -> Selection {
        let indices = names.compactMap { metrics.firstIndex(of: $0) }
        switch content {
        case .moments(let experiments): return try select(experiments, names, indices, correlation)
        case .estimates(let estimates): return try select(estimates, names, indices, correlation)
        }
    }

    private func select(
        _ experiments: [Experiment], _ names: [String], _ indices: [Int], _ correlation: [[Double]]?
    ) throws(SelectionFault) -> Selection {
        var incomplete: [String] = []
        do {
            var moments = try ArmMoments(metrics: names)
            for experiment in experiments {
                let complete = experiment.arms.filter { arm in indices.allSatisfy { arm.reports($0) } }
                let hasControl = indices.allSatisfy { experiment.control.reports($0) }
                if !hasControl || complete.count < experiment.arms.count { incomplete.append(experiment.name) }
                guard hasControl, !complete.isEmpty else { continue }
                let control = try arm(experiment.control, of: experiment.name, indices, correlation)
                var treatments: [Estimation.Arm] = []
                for treatment in complete {
                    treatments.append(try arm(treatment, of: experiment.name, indices, correlation))
                }
                try moments.append(
                    experiment: experiment.name, control: control, treatments: treatments,
                    origins: experiment.origins.isEmpty ? nil : indices.map { experiment.origins[$0] })
            }
            guard moments.experimentCount > 0 else { throw SelectionFault.nothingComplete }
            return Selection(effects: try TreatmentEffects(of: moments, scale: scale), incomplete: incomplete)
        } catch let fault as SelectionFault {
            throw fault
        } catch let error as EstimationError {
            throw .estimation(error)
        } catch {
            throw .nothingComplete
        }
    }

    private func arm(
        _ arm: Arm, of experiment: String, _ indices: [Int], _ correlation: [[Double]]?
    ) throws(SelectionFault) -> Estimation.Arm {
        let count = arm.count[indices[0]] ?? 0
        guard indices.allSatisfy({ arm.count[$0] == count }) else {
            throw .countsDiffer(experiment: experiment, arm: arm.name)
        }
        guard count == count.rounded(), count >= 0, count < 9e15 else {
            throw .countNotWhole(experiment: experiment, arm: arm.name, count: count)
        }
        var covariance = Matrix(rows: indices.count, columns: indices.count)
        for (i, a) in indices.enumerated() {
            let own = arm.variance[a] ?? 0
            covariance[i, i] = own
            for (j, b) in indices.enumerated().prefix(i) {
                let other = arm.variance[b] ?? 0
                let told = arm.covariance.isEmpty ? nil : arm.covariance[EffectSet.pair(a, b, of: metrics.count)]
                let assumed = correlation.map { $0[a][b] * (own * other).squareRoot() }
                guard let value = correlation == nil ? told : assumed else { throw .covarianceUnknown }
                covariance[i, j] = value
                covariance[j, i] = value
            }
        }
        return Estimation.Arm(
            name: arm.name, count: Int(count), mean: indices.map { arm.mean[$0] ?? 0 }, covariance: covariance)
    }

    private func select(
        _ estimates: [Estimate], _ names: [String], _ indices: [Int], _ correlation: [[Double]]?
    ) throws(SelectionFault) -> Selection {
        var incomplete: [String] = []
        var complete: [EffectEstimate] = []
        let shares = SharedCorrelations(estimates, indices, of: metrics.count)
        for estimate in estimates {
            let isComplete = indices.allSatisfy { estimate.effect[$0] != nil && estimate.ownVariance[$0] != nil }
            guard isComplete else {
                if incomplete.last != estimate.experiment { incomplete.append(estimate.experiment) }
                continue
            }
            complete.append(try self.estimate(estimate, indices, correlation, shares))
        }
        guard !complete.isEmpty else { throw .nothingComplete }
        do {
            return Selection(
                effects: try TreatmentEffects(metrics: names, estimates: complete), incomplete: incomplete)
        } catch {
            throw .estimation(error)
        }
    }

    /// One effect with its noise in two parts. A covariance that the data tells is the total one; the control's share
    /// of it has the correlation that the experiment's effects tell on average, the rest is the arm's own.
    private func estimate(
        _ estimate: Estimate, _ indices: [Int], _ correlation: [[Double]]?, _ told: SharedCorrelations
    ) throws(SelectionFault) -> EffectEstimate {
        var own = Matrix(rows: indices.count, columns: indices.count)
        var control = own
        for (i, a) in indices.enumerated() {
            own[i, i] = estimate.ownVariance[a] ?? 0
            control[i, i] = estimate.controlVariance[a] ?? 0
            for (j, b) in indices.enumerated().prefix(i) {
                let shares = [estimate.ownVariance, estimate.controlVariance].map { variances in
                    ((variances[a] ?? 0) * (variances[b] ?? 0)).squareRoot()
                }
                if let correlation {
                    own[i, j] = correlation[a][b] * shares[0]
                    control[i, j] = correlation[a][b] * shares[1]
                } else if !estimate.covariance.isEmpty,
                    let total = estimate.covariance[EffectSet.pair(a, b, of: metrics.count)]
                {
                    control[i, j] = shares[1] * told.correlation(of: estimate.experiment, a, b)
                    own[i, j] = total - control[i, j]
                } else {
                    throw .covarianceUnknown
                }
                own[j, i] = own[i, j]
                control[j, i] = control[i, j]
            }
        }
        return EffectEstimate(
            experiment: estimate.experiment, arm: estimate.variant, effect: indices.map { estimate.effect[$0] ?? 0 },
            own: own, control: control)
    }
}

/// How two metrics' noise correlates within each experiment, by what its effects' total covariances tell: the mean of
/// covariance over √(variance × variance). The control is shared, so its part must be one for all of them.
private struct SharedCorrelations {
    private var sums: [String: (total: Double, count: Double)] = [:]

    init(_ estimates: [EffectSet.Estimate], _ indices: [Int], of metrics: Int) {
        for estimate in estimates where !estimate.covariance.isEmpty {
            for (i, a) in indices.enumerated() {
                for b in indices.prefix(i) {
                    let variances = [a, b].map { (estimate.ownVariance[$0] ?? 0) + (estimate.controlVariance[$0] ?? 0) }
                    let scale = (variances[0] * variances[1]).squareRoot()
                    guard scale > 0, let told = estimate.covariance[EffectSet.pair(a, b, of: metrics)] else { continue }
                    let key = SharedCorrelations.key(estimate.experiment, a, b)
                    let sum = sums[key] ?? (0, 0)
                    sums[key] = (sum.total + told / scale, sum.count + 1)
                }
            }
        }
    }

    func correlation(of experiment: String, _ a: Int, _ b: Int) -> Double {
        sums[SharedCorrelations.key(experiment, a, b)].map { $0.total / $0.count } ?? 0
    }

    private static func key(_ experiment: String, _ a: Int, _ b: Int) -> String { "\(a) \(b) \(experiment)" }
}

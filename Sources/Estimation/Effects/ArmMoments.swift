internal import LinearAlgebra

/// Moments of every arm of many experiments, in flat arrays: the input of all estimators.
///
/// Arms are stored experiment by experiment, the control first, covariances as packed lower triangles, so a million
/// experiments of five metrics take about 0.4 GB and are appended in linear time.
package struct ArmMoments: Sendable, Equatable {
    package let metrics: [String]
    package private(set) var experiments: [String] = []
    package private(set) var armNames: [String] = []
    package private(set) var counts: [Int] = []
    /// G for every arm, relative to its experiment's origins.
    package private(set) var means: [Double] = []
    /// G for every experiment: what its arms' means are relative to, so that the difference of two means of 10⁹ keeps its
    /// digits. Empty where all are 0.
    package private(set) var origins: [Double] = []
    /// G(G+1)/2 for every arm.
    package private(set) var covariances: [Double] = []
    /// Experiment k's arms are `offsets[k]..<offsets[k + 1]`, its control the first of them.
    package private(set) var offsets: [Int] = [0]
    private var names: Set<String> = []

    /// - Throws: `noMetrics`, `duplicateMetric`.
    package init(metrics: [String]) throws(EstimationError) {
        guard !metrics.isEmpty else { throw .noMetrics }
        for (index, metric) in metrics.enumerated() where metrics[..<index].contains(metric) {
            throw .duplicateMetric(metric)
        }
        self.metrics = metrics
    }

    package var experimentCount: Int { experiments.count }
    package var armCount: Int { counts.count }
    /// J, the number of treatment arms.
    package var effectCount: Int { counts.count - experiments.count }
    package var order: Int { metrics.count }
    var packedOrder: Int { PackedSymmetric.count(order: order) }

    package mutating func reserveCapacity(experiments: Int, arms: Int) {
        self.experiments.reserveCapacity(experiments)
        offsets.reserveCapacity(experiments + 1)
        names.reserveCapacity(experiments)
        armNames.reserveCapacity(arms)
        counts.reserveCapacity(arms)
        means.reserveCapacity(arms * order)
        covariances.reserveCapacity(arms * packedOrder)
    }

    /// Adds one experiment with all its arms.
    ///
    /// - Parameter own: What the arms' means are relative to, one for every metric; nil for 0.
    /// - Throws: `duplicateExperiment`, `noTreatments`, and for an arm `tooFewUnits` (below two), `wrongShape`,
    ///   `notFinite`, `invalidCovariance`. Nothing is added then.
    package mutating func append(
        experiment: String, control: Arm, treatments: [Arm], origins own: [Double]? = nil
    ) throws(EstimationError) {
        guard !treatments.isEmpty else { throw .noTreatments(experiment: experiment) }
        guard !names.contains(experiment) else { throw .duplicateExperiment(experiment) }
        try check(control, of: experiment)
        for arm in treatments { try check(arm, of: experiment) }
        if let own {
            guard own.count == order else {
                throw .wrongShape(experiment: experiment, arm: control.name, expected: order, found: own.count)
            }
            if let index = own.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(experiment: experiment, arm: control.name, metric: metrics[index])
            }
        }
        let isRelative = !origins.isEmpty || own?.contains { $0 != 0 } == true
        if isRelative {
            origins += Array(repeating: 0, count: experimentCount * order - origins.count)
            origins += own ?? Array(repeating: 0, count: order)
        }
        names.insert(experiment)
        experiments.append(experiment)
        add(control)
        for arm in treatments { add(arm) }
        offsets.append(counts.count)
    }

    /// What the means of experiment k are relative to on a metric.
    func origin(of experiment: Int, _ metric: Int) -> Double {
        origins.isEmpty ? 0 : origins[experiment * order + metric]
    }

    /// Arms of experiment k, the control first.
    package func arms(of experiment: Int) -> Range<Int> { offsets[experiment]..<offsets[experiment + 1] }

    package func arm(_ index: Int) -> Arm {
        Arm(
            name: armNames[index], count: counts[index], mean: Array(means[index * order..<(index + 1) * order]),
            covariance: PackedSymmetric.unpack(covariances, at: index * packedOrder, order: order))
    }

    private mutating func add(_ arm: Arm) {
        armNames.append(arm.name)
        counts.append(arm.count)
        means.append(contentsOf: arm.mean)
        for i in 0..<order { for j in 0...i { covariances.append(arm.covariance[i, j]) } }
    }

    private func check(_ arm: Arm, of experiment: String) throws(EstimationError) {
        guard arm.count >= 2 else { throw .tooFewUnits(experiment: experiment, arm: arm.name, count: arm.count) }
        for found in [arm.mean.count, arm.covariance.rows, arm.covariance.columns] where found != order {
            throw .wrongShape(experiment: experiment, arm: arm.name, expected: order, found: found)
        }
        for i in 0..<order {
            guard arm.mean[i].isFinite, arm.covariance.row(i).allSatisfy(\.isFinite) else {
                throw .notFinite(experiment: experiment, arm: arm.name, metric: metrics[i])
            }
            let variance = arm.covariance[i, i]
            let isSymmetric = (0..<i).allSatisfy { j in
                let scale = (variance * arm.covariance[j, j]).squareRoot()
                let (below, above) = (arm.covariance[i, j], arm.covariance[j, i])
                return (below - above).magnitude <= 1e-9 * scale && below.magnitude <= (1 + 1e-9) * scale
            }
            guard variance >= 0, isSymmetric else {
                throw .invalidCovariance(experiment: experiment, arm: arm.name, metric: metrics[i])
            }
        }
    }
}

extension ArmMoments {
    /// The moments of some of the metrics, in the given order.
    ///
    /// - Throws: `unknownMetric`, `noMetrics`, `duplicateMetric`.
    package func selecting(metrics chosen: [String]) throws(EstimationError) -> ArmMoments {
        var indices: [Int] = []
        for metric in chosen {
            guard let index = metrics.firstIndex(of: metric) else { throw .unknownMetric(metric, known: metrics) }
            indices.append(index)
        }
        var result = try ArmMoments(metrics: chosen)
        result.experiments = experiments
        result.names = names
        result.armNames = armNames
        result.counts = counts
        result.offsets = offsets
        if !origins.isEmpty {
            for k in 0..<experimentCount { for i in indices { result.origins.append(origins[k * order + i]) } }
        }
        result.means.reserveCapacity(armCount * chosen.count)
        result.covariances.reserveCapacity(armCount * result.packedOrder)
        for arm in 0..<armCount {
            for i in indices { result.means.append(means[arm * order + i]) }
            for (position, i) in indices.enumerated() {
                for j in indices[...position] {
                    result.covariances.append(covariances[arm * packedOrder + PackedSymmetric.index(i, j)])
                }
            }
        }
        return result
    }
}

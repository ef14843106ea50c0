internal import LinearAlgebra

extension TreatmentEffects {
    /// The effects on some of the metrics, in the given order.
    ///
    /// - Throws: `unknownMetric`, `noMetrics`, `duplicateMetric`.
    package func selecting(metrics chosen: [String]) throws(EstimationError) -> TreatmentEffects {
        if chosen == metrics { return self }
        _ = try ArmMoments(metrics: chosen)
        var indices: [Int] = []
        for metric in chosen { indices.append(try index(of: metric)) }
        var pairs: [Int] = []
        for (position, i) in indices.enumerated() {
            for j in indices[...position] { pairs.append(PackedSymmetric.index(i, j)) }
        }
        var result = TreatmentEffects(metrics: chosen, scale: scale)
        result.experiments = experiments
        result.arms = arms
        result.offsets = offsets
        result.experimentIndices = experimentIndices
        result.counts = counts
        result.values = TreatmentEffects.gather(values, stride: order, indices)
        result.shared = TreatmentEffects.gather(shared, stride: packedOrder, pairs)
        result.own = TreatmentEffects.gather(own, stride: packedOrder, pairs)
        result.multipliers = multipliers.map { TreatmentEffects.gather($0, stride: order, indices) }
        result.scaleNoise = scaleNoise.map { TreatmentEffects.gather($0, stride: packedOrder, pairs) }
        return result
    }

    private static func gather(_ source: [Double], stride: Int, _ indices: [Int]) -> [Double] {
        let (rows, width) = (source.count / stride, indices.count)
        return parallelArray(count: rows * width, over: rows) { range, start in
            for row in range {
                for (position, index) in indices.enumerated() {
                    start[row * width + position] = source[row * stride + index]
                }
            }
        }
    }
}

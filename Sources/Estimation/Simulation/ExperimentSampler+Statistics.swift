extension ExperimentSampler {
    /// Overwrites `statistics`, which has room for `layout.count`, with the data set's sufficient statistics.
    func summarise(into statistics: UnsafeMutablePointer<Double>) {
        statistics.update(repeating: 0, count: layout.count)
        let arms = Double(design.arms)
        let mean = statistics + layout.mean
        let (average, deviation) = (scratch, scratch + order)
        for k in 0..<design.experiments {
            averageEffect(of: k, into: average)
            for m in 0..<order { mean[m] += (average[m] - mean[m]) / Double(k + 1) }
        }
        for k in 0..<design.experiments {
            averageEffect(of: k, into: average)
            let control = k * (design.arms + 1)
            add(covariances + control * packed, to: statistics + layout.controls)
            for m in 0..<order { deviation[m] = average[m] - mean[m] }
            addSquare(of: deviation, to: statistics + layout.between)
            for arm in (control + 1)..<(control + 1 + design.arms) {
                add(covariances + arm * packed, to: statistics + layout.treatments)
                guard arms > 1 else { continue }
                for m in 0..<order {
                    deviation[m] = means[arm * order + m] - means[control * order + m] - average[m]
                }
                addSquare(of: deviation, to: statistics + layout.within)
            }
        }
    }

    private func averageEffect(of k: Int, into average: UnsafeMutablePointer<Double>) {
        let control = means + k * (design.arms + 1) * order
        for m in 0..<order {
            var sum = 0.0
            for arm in 0..<design.arms { sum += control[(arm + 1) * order + m] - control[m] }
            average[m] = sum / Double(design.arms)
        }
    }

    private func add(_ matrix: UnsafePointer<Double>, to sum: UnsafeMutablePointer<Double>) {
        for p in 0..<packed { sum[p] += matrix[p] }
    }

    private func addSquare(of vector: UnsafePointer<Double>, to sum: UnsafeMutablePointer<Double>) {
        var p = 0
        for i in 0..<order {
            for j in 0..<(i + 1) {
                sum[p] += vector[i] * vector[j]
                p += 1
            }
        }
    }
}

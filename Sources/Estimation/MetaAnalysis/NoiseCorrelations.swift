extension MetaAnalysisData {
    /// The least and the greatest correlation between the noises of two arms of experiment k; nil for one arm.
    ///
    /// ρ_ij = (u_iu_js²_c + d_id_js′²)/√(V_iiV_jj). Without s′² it is a_ia_js²_c with a = u/√V, whose extremes are among
    /// the two least and the two greatest a, so cost is linear; on the standardised scale all pairs are gone through.
    func noiseCorrelations(_ k: Int) -> ClosedRange<Double>? {
        let range = offsets[k]..<offsets[k + 1]
        guard range.count > 1 else { return nil }
        if let scaleNoise, scaleNoise[k] > 0 { return pairwiseCorrelations(range, k, scaleNoise[k]) }
        var (low, high) = ([Double.infinity, .infinity], [-Double.infinity, -.infinity])
        for j in range {
            let a = multiplier(j) / standardError(j)
            if a < low[0] { low = [a, low[0]] } else if a < low[1] { low[1] = a }
            if a > high[0] { high = [a, high[0]] } else if a > high[1] { high[1] = a }
        }
        let pairs = [low[0] * low[1], high[0] * high[1], low[0] * high[0]].map { $0 * shared[k] }
        return (pairs.min() ?? 0)...(pairs.max() ?? 0)
    }

    private func pairwiseCorrelations(_ range: Range<Int>, _ k: Int, _ scaleNoise: Double) -> ClosedRange<Double> {
        var (least, greatest) = (Double.infinity, -Double.infinity)
        for i in range {
            for j in range where j > i {
                let shared = multiplier(i) * multiplier(j) * self.shared[k] + effects[i] * effects[j] * scaleNoise
                let value = shared / (variance(i) * variance(j)).squareRoot()
                (least, greatest) = (min(least, value), max(greatest, value))
            }
        }
        return least...greatest
    }
}

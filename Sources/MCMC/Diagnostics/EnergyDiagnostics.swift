internal import Probability

extension SampledChain {
    /// E-BFMI of the chain's energies.
    package var energyFraction: Double? { SampledChain.energyFraction(of: energies) }

    /// The mean squared change of energy from draw to draw over its variance; nil where that is zero.
    ///
    /// Small where momenta drawn anew reach too little of the energy's spread. Source: Betancourt, "Diagnosing Suboptimal
    /// Cotangent Disintegrations in Hamiltonian Monte Carlo", arXiv 1604.00695, 2016.
    package static func energyFraction(of energies: [Double]) -> Double? {
        let variance = SampleMoments.variance(energies)
        guard variance > 0, variance.isFinite else { return nil }
        var sum = 0.0
        for (a, b) in zip(energies, energies.dropFirst()) { sum += (b - a) * (b - a) }
        return sum / Double(energies.count - 1) / variance
    }
}

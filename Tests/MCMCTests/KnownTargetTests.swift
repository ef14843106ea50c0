import MCMC
import Probability
import Testing

/// Normal with unit variances and one correlation ρ between all pairs, times scales.
private struct CorrelatedNormal: LogDensity {
    let scales: [Double]
    let correlation: Double
    var dimension: Int { scales.count }

    func value(at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
        let d = Double(dimension)
        var sum = 0.0
        for i in 0..<dimension { sum += position[i] / scales[i] }
        // ((1 − ρ)I + ρ11ᵀ)⁻¹ = (I − ρ11ᵀ/(1 + (d − 1)ρ))/(1 − ρ)
        let pull = correlation * sum / (1 + (d - 1) * correlation)
        var square = 0.0
        for i in 0..<dimension {
            let z = position[i] / scales[i]
            let slope = (z - pull) / (1 - correlation)
            square += z * slope
            gradient[i] = -slope / scales[i]
        }
        return -square / 2
    }
}

/// Neal's funnel as it stands: v ~ Normal(0, 3²), x_i ~ Normal(0, eᵛ).
private struct Funnel: LogDensity {
    let dimension = 10

    func value(at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
        let v = position[0]
        let inverse = Elementary.exp(-v)
        var square = 0.0
        for i in 1..<dimension {
            square += position[i] * position[i]
            gradient[i] = -position[i] * inverse
        }
        gradient[0] = -v / 9 - Double(dimension - 1) / 2 + square * inverse / 2
        return -v * v / 18 - Double(dimension - 1) / 2 * v - square * inverse / 2
    }
}

/// x ~ exponential, on the line as it stands: no density below zero.
private struct HalfLine: LogDensity {
    let dimension = 1
    let isEmpty: Bool

    func value(at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
        gradient[0] = -1
        return isEmpty || position[0] < 0 ? -.infinity : -position[0]
    }
}

@Suite struct KnownTargetTests {
    private func expect(_ chains: [[Double]], mean: Double, variance: Double) throws {
        let found = ChainDiagnostics(chains)
        #expect(try #require(found.rHat) < 1.01)
        let all = chains.flatMap { $0 }
        let errorOfMean = try #require(found.mcseMean)
        #expect(abs(SampleMoments.mean(all) - mean) < 4 * errorOfMean)
        let squares = chains.map { $0.map { ($0 - mean) * ($0 - mean) } }
        let error = try #require(ChainDiagnostics(squares).mcseMean)
        #expect(abs(SampleMoments.mean(squares.flatMap { $0 }) - variance) < 4 * error)
    }

    /// Means 0, variances s² and correlations ρ of the density itself, within 4 Monte Carlo errors.
    @Test func correlatedNormal() throws {
        let scales = [1, 0.01, 100, 1, 3]
        let chains = try NoUTurnSampler.chains(
            of: CorrelatedNormal(scales: scales, correlation: 0.7), settings: SamplerSettings(),
            stream: RandomStream(seed: 4, identifier: "normal"))
        for (i, scale) in scales.enumerated() {
            try expect(chains.map { $0.coordinate(i) }, mean: 0, variance: scale * scale)
        }
        let products = chains.map { zip($0.coordinate(0), $0.coordinate(2)).map { $0 * $1 / 100 } }
        let error = try #require(ChainDiagnostics(products).mcseMean)
        #expect(abs(SampleMoments.mean(products.flatMap { $0 }) - 0.7) < 4 * error)
        #expect(chains.allSatisfy { !$0.divergent.contains(true) && ($0.energyFraction ?? 0) > 0.5 })
        // The metric has learnt the scales: variances of the last window of 500 draws, within a factor of 2.
        for chain in chains {
            for (i, scale) in scales.enumerated() {
                #expect(chain.inverseMetric[i] > scale * scale / 2 && chain.inverseMetric[i] < scale * scale * 2)
            }
        }
    }

    /// The funnel's neck cannot be stepped through with the step of its mouth, and the sampler says so.
    @Test func funnelDiverges() throws {
        let chains = try NoUTurnSampler.chains(
            of: Funnel(), settings: SamplerSettings(), stream: RandomStream(seed: 1, identifier: "funnel"))
        #expect(chains.reduce(0) { $0 + $1.divergent.count { $0 } } > 0)
        let found = ChainDiagnostics(chains.map { $0.coordinate(0) })
        #expect(try #require(found.essBulk) < 400)
    }

    /// Chain c is a function of seed, name and c alone.
    @Test func chainsDoNotDependOnEachOther() throws {
        let density = CorrelatedNormal(scales: [1, 2], correlation: 0.5)
        func run(_ chains: Int) throws -> [SampledChain] {
            try NoUTurnSampler.chains(
                of: density, settings: SamplerSettings(chains: chains, warmup: 160, draws: 50),
                stream: RandomStream(seed: 9, identifier: "same"))
        }
        let four = try run(4)
        #expect(try run(2) == Array(four.prefix(2)))
        #expect(try run(4) == four)
        #expect(four[0] != four[1])
    }

    /// Starts that have no density are tried anew; a density that is nowhere has no draws.
    @Test func starts() throws {
        let stream = RandomStream(seed: 2, identifier: "start")
        let settings = SamplerSettings(chains: 2, warmup: 100, draws: 100)
        let chains = try NoUTurnSampler.chains(of: HalfLine(isEmpty: false), settings: settings, stream: stream)
        #expect(chains.allSatisfy { $0.positions.allSatisfy { $0 >= 0 } })
        #expect(throws: NoUTurnSampler.Failure.noStart) {
            try NoUTurnSampler.chains(of: HalfLine(isEmpty: true), settings: settings, stream: stream)
        }
    }

    /// Settings at their ends.
    @Test(arguments: [0, 1, 5, 19, 20, 149, 150, 200])
    func shortWarmups(warmup: Int) throws {
        let chains = try NoUTurnSampler.chains(
            of: CorrelatedNormal(scales: [1, 2], correlation: 0.1),
            settings: SamplerSettings(chains: 1, warmup: warmup, draws: 5),
            stream: RandomStream(seed: 3, identifier: "short"))
        #expect(chains[0].positions.allSatisfy { $0.isFinite })
        #expect(chains[0].stepSize > 0 && chains[0].inverseMetric.allSatisfy { $0 > 0 && $0.isFinite })
    }
}

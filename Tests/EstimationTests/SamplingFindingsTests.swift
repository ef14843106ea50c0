import Probability
import Testing

@testable import Estimation

/// Each diagnostic that fails makes one sentence with what failed and what to do; none fails just within its bound.
@Suite struct SamplingFindingsTests {
    private func summary(rHat: Double? = 1.0099, bulk: Double = 400, tail: Double = 400) -> SampledSummary {
        let interval = ConfidenceInterval(lower: 0, upper: 1)
        return SampledSummary(
            median: 0, mean: 0, standardDeviation: 1, interval: interval, shortestInterval: interval,
            probabilityAboveZero: 0.5, probabilityAbove: 0.5, rHat: rHat, essBulk: bulk, essTail: tail, mcse: 0.1,
            mcseMedian: 0.1)
    }

    private func sentences(
        tau: SampledSummary? = nil, divergences: Int = 0, hits: Int = 0, energy: Double = 0.2,
        parameterisation: SamplingParameterisation = .integrated, acceptance: Double = 0.9
    ) -> [String] {
        let report = SamplingReport(
            parameterisation: parameterisation, chains: 2, warmup: 100, draws: 500, targetAcceptance: acceptance,
            divergences: divergences, maxTreeDepthHits: hits, ebfmi: [0.9, energy], stepSize: [0.5, 0.5],
            leapfrogs: 5000)
        let effect = SampledEffect(
            experiment: "checkout", arm: "green", effect: 1, standardError: 1, summary: summary())
        return SamplingFindings(report, mean: summary(), tau: tau ?? summary(), effects: [effect]).sentences
    }

    @Test func noneFails() { #expect(sentences() == []) }

    @Test func agreement() {
        #expect(
            sentences(tau: summary(rHat: 1.0234)) == [
                "R̂ of τ is 1.023 and should lie below 1.01, so the chains do not agree yet: take more draws and a longer "
                    + "warm-up."
            ])
        #expect(sentences(tau: summary(rHat: nil)).first?.contains("A chain of τ has not moved") == true)
    }

    @Test func effectiveDraws() {
        #expect(
            sentences(tau: summary(bulk: 150, tail: 399)) == [
                "The draws of τ are worth 150 independent ones in the bulk, below 400: take 3 times as many draws.",
                "The draws of τ are worth 399 independent ones in the tails, below 400: take 2 times as many draws.",
            ])
    }

    @Test func trajectories() {
        #expect(
            sentences(divergences: 3) == [
                "3 of 1000 trajectories diverged, so a part of the posterior may be missing from the draws: raise the "
                    + "target acceptance from 0.9 to 0.99."
            ])
        let careful = sentences(divergences: 1, parameterisation: .nonCentred, acceptance: 0.99)
        #expect(careful.first?.hasSuffix("take a longer warm-up, or take the integrated parameterisation.") == true)
        #expect(sentences(hits: 7).first?.hasPrefix("7 of 1000 trajectories were cut off") == true)
    }

    @Test func energy() {
        let found = sentences(energy: 0.1234)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("E-BFMI is 0.123 in chain 2, below 0.2") == true)
    }

    /// Numbers as large or small as they come: finite results or an error that says why.
    @Test(
        arguments: [1e-300, 1e-150, 1, 1e150, 1e300], [1e-300, 1e-20, 1e20, 1e300])
    func extremes(scale: Double, variance: Double) throws {
        let data = try MetaAnalysisData(
            estimates: (0..<6).map {
                EffectEstimate(
                    experiment: "\($0 / 2)", arm: "\($0 % 2)", effect: scale * Double($0 - 2),
                    treatmentVariance: variance, controlVariance: variance)
            })
        for parameterisation in SamplingParameterisation.allCases {
            let options = SamplingOptions(parameterisation: parameterisation, chains: 2, warmup: 50, draws: 20)
            do throws(EstimationError) {
                let fit = try data.sampledPosterior(
                    stream: RandomStream(seed: 1, identifier: "extreme"), options: options)
                for summary in [fit.mean, fit.tau, fit.newEffect] + fit.effects.map(\.summary) {
                    #expect(summary.median.isFinite && summary.interval.lower.isFinite)
                    #expect(summary.mean?.isFinite != false && summary.standardDeviation?.isFinite != false)
                    #expect(summary.rHat?.isFinite != false && summary.mcse?.isFinite != false)
                }
                #expect(fit.sampler.stepSize.allSatisfy { $0.isFinite })
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}

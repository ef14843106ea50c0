import Estimation
import Probability
import Testing

@Suite struct SensitivityTests {
    let stream = RandomStream(seed: 1, identifier: "test")

    /// A table of priors says of each what a fit with it says, to the bit, though the likelihood is computed once.
    @Test func tableAgreesWithFits() throws {
        let data = try Pananos2026Tests.data("baseline")
        let prior = try data.defaultPrior()
        let priors = data.sensitivityPriors(around: prior)
        #expect(priors.first == prior)
        let table = try data.sensitivity(to: priors, stream: stream, threshold: 0.1)
        #expect(table.map(\.prior) == priors)
        for row in table {
            let fit = try data.posterior(prior: row.prior, stream: stream, threshold: 0.1)
            #expect(row.mean == fit.mean && row.tau == fit.tau && row.tauZero == fit.tauZero)
        }
    }

    @Test func defaultListHoldsProperPosteriorsOnce() throws {
        let data = try PriorTests.data([1, 2], variance: 1)
        let normal = MeanPrior.normal(mean: 0, standardDeviation: 1)
        let list = data.sensitivityPriors(around: Prior(mean: normal, heterogeneity: .halfNormal(scale: 2)))
        #expect(
            list == [
                Prior(mean: normal, heterogeneity: .halfNormal(scale: 2)),
                Prior(mean: normal, heterogeneity: .halfNormal(scale: 1)),
                Prior(mean: normal, heterogeneity: .halfNormal(scale: 4)),
                Prior(mean: normal, heterogeneity: .uniform(upper: 10)), Prior(mean: normal, heterogeneity: .flat),
                Prior(mean: .flat, heterogeneity: .halfNormal(scale: 2)),
            ])
        // Flat for both needs three effects.
        let flat = data.sensitivityPriors(around: Prior(mean: .flat, heterogeneity: .flat))
        #expect(!flat.isEmpty && flat.allSatisfy { $0.heterogeneity != .flat })
        #expect(throws: Never.self) { try data.sensitivity(to: list + flat, stream: stream) }
    }
}

import Probability
import Testing

@Suite struct RandomStreamTests {
    let stream = RandomStream(seed: 7, identifier: "pooled")

    @Test func drawsDependOnSeedIdentifierAndIndexOnly() {
        let forwards = (0..<100).map(stream.uniform)
        let backwards = (0..<100).reversed().map(RandomStream(seed: 7, identifier: "pooled").uniform)
        #expect(forwards == backwards.reversed())
        #expect(forwards != (0..<100).map(RandomStream(seed: 8, identifier: "pooled").uniform))
        #expect(forwards != (0..<100).map(RandomStream(seed: 7, identifier: "pooled2").uniform))
        #expect(Set(forwards).count == 100)
    }

    /// Mean of 20,000 uniforms: 0.5 with standard error 0.002; of normals: 0 with 0.007, variance 1 with 0.01.
    @Test func moments() {
        let uniforms = (0..<20_000).map(stream.uniform)
        #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(abs(SampleMoments.mean(uniforms) - 0.5) < 0.01)
        let normals = (0..<20_000).map(stream.normal)
        #expect(abs(SampleMoments.mean(normals)) < 0.035)
        #expect(abs(SampleMoments.variance(normals) - 1) < 0.05)
    }

    @Test func resamples() {
        let sample = stream.resample(3, count: 50)
        #expect(sample.allSatisfy { 0..<50 ~= $0 })
        #expect(sample != stream.resample(4, count: 50))
        let times = stream.multiplicities(3, count: 50)
        #expect(times.reduce(0, +) == 50)
        #expect(times == (0..<50).map { item in sample.count { $0 == item } })
    }

    /// Type 7 by hand: of 1, 2, 4, 8 the quartiles are 1.75, 3 and 5.
    @Test func sampleQuantiles() {
        #expect([0, 0.25, 0.5, 0.75, 1].map { SampleQuantiles.quantile($0, of: [8, 1, 4, 2]) } == [1, 1.75, 3, 5, 8])
        #expect(SampleQuantiles.quantile(0.5, of: []) == nil)
    }

    /// The rule of 16 nodes integrates x^30 over [-1, 1] to 2/31; tolerance 1e-15.
    @Test func gaussLegendre() {
        let rule = GaussLegendre(count: 16)
        var sum = 0.0
        for (node, weight) in zip(rule.nodes, rule.weights) { sum += weight * Elementary.pow(node.magnitude, 30) }
        #expect(abs(sum - 2.0 / 31) < 1e-15)
        #expect(abs(rule.weights.reduce(0, +) - 2) < 1e-14)
    }

    /// The root of cos x = x is 0.7390851332151607 (OEIS A003957).
    @Test func rootFinding() throws {
        let root = try #require(RootFinding.root({ Elementary.cos($0) - $0 }, lower: 0, upper: 1))
        #expect(abs(root - 0.7390851332151607) < 1e-15)
        #expect(RootFinding.root({ $0 * $0 + 1 }, lower: -1, upper: 1) == nil)
    }
}

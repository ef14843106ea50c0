import Estimation
import LinearAlgebra
import Testing

@Suite struct MomentAccumulatorTests {
    /// Counts 0…4 and their squares far from zero: covariance [[2.5, 10], [10, 43.5]] by hand; the means
    /// keep 1e-7 of their digits there, so the tolerance is 1e-6.
    @Test func momentsFarFromZero() throws {
        var accumulator = MomentAccumulator(metrics: 2)
        for x in 0..<5 { accumulator.add([1e9 + Double(x), Double(x * x) - 1e9]) }
        let covariance = try #require(accumulator.covariance)
        #expect((covariance - Matrix([[2.5, 10], [10, 43.5]])).largestMagnitude < 1e-6)
        #expect(abs(accumulator.mean[0] - 1e9 - 2) < 1e-6 && abs(accumulator.mean[1] + 1e9 - 6) < 1e-6)
    }

    @Test func mergedPartsEqualTheWhole() throws {
        let rows = (0..<50).map { (x: Int) -> [Double] in [Double(x * x % 17), Double(x % 7 - x)] }
        var whole = MomentAccumulator(metrics: 2)
        var parts = [MomentAccumulator(metrics: 2), MomentAccumulator(metrics: 2), MomentAccumulator(metrics: 2)]
        for (index, row) in rows.enumerated() {
            whole.add(row)
            parts[index < 20 ? 0 : 2].add(row)
        }
        var merged = MomentAccumulator(metrics: 2)
        for part in parts { merged.merge(part) }
        #expect(merged.count == 50)
        let difference = try #require(merged.covariance) - #require(whole.covariance)
        #expect(difference.largestMagnitude < 1e-12)
    }
}

import Probability
import Testing

@Suite struct RandomCursorTests {
    let stream = RandomStream(seed: 7, identifier: "walk")

    /// Sub-stream 0 begins with the stream's own draws; others are elsewhere.
    @Test func walksTheStream() {
        var cursor = RandomCursor(stream, substream: 0)
        #expect((0..<9).map { _ in cursor.bits() } == (0..<9).map(stream.bits))
        var other = RandomCursor(stream, substream: 1)
        #expect((0..<9).map { _ in other.bits() } == (0..<9).map { stream.bits($0 + 1 << 33) })
    }

    /// Many normals at once are the next normals one by one, to the bit, tails too.
    @Test func normalsInRuns() {
        let count = 20_001
        var (one, many) = (RandomCursor(stream, substream: 3), RandomCursor(stream, substream: 3))
        _ = (one.bits(), many.bits())
        let expected = (0..<count).map { _ in one.normal() }
        var (found, scratch) = (expected.map { _ in 0.0 }, expected)
        found.withUnsafeMutableBufferPointer { found in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let target = found.baseAddress, let scratch = scratch.baseAddress else { return }
                many.normals(into: target, count: count, scratch: scratch)
            }
        }
        #expect(found == expected && found.contains { $0 > 3.5 })
        #expect(one.bits() == many.bits())
    }

    static func run(_ sampler: GammaSampler, _ cursor: inout RandomCursor, count: Int) -> [Double] {
        var (target, scratch) = (Array(repeating: 0.0, count: count), Array(repeating: 0.0, count: 2 * count))
        target.withUnsafeMutableBufferPointer { target in
            scratch.withUnsafeMutableBufferPointer { scratch in
                guard let target = target.baseAddress, let scratch = scratch.baseAddress else { return }
                sampler.draws(&cursor, into: target, count: count, scratch: scratch)
            }
        }
        return target
    }

    /// Against the distribution itself: shares of 20,000 draws below the quantiles at 0.01, 0.1, …, 0.99 within 5 standard
    /// errors, for shapes below 1, at 1 and far above.
    @Test(arguments: [0.3, 0.5, 1, 2.5, 500, 5e6], [false, true]) func gamma(shape: Double, isRun: Bool) {
        let sampler = GammaSampler(shape: shape)
        var cursor = RandomCursor(stream, substream: Int(10 * shape))
        let count = 20_000
        let draws =
            isRun ? Self.run(sampler, &cursor, count: count) : (0..<count).map { _ in sampler.draw(&cursor) }
        #expect(draws.allSatisfy { $0 > 0 && $0.isFinite })
        let distribution = GammaDistribution(shape: shape)
        for p in [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99] {
            let quantile = distribution.quantile(p)
            let share = Double(draws.count { $0 < quantile }) / Double(count)
            #expect(abs(share - p) < 5 * (p * (1 - p) / Double(count)).squareRoot(), "\(shape) at \(p): \(share)")
        }
    }
}

import Estimation
import Probability

extension Benchmark {
    /// The time that a draw is held against.
    private static let unitByUnit = (seconds: 3.3, name: "the authors' code")

    static let experimentSampler = draws("own covariance for every arm", .estimated)
    static let experimentSamplerKnownNoise = draws("known covariance", .known)

    private static func draws(_ name: String, _ noise: SimulatedNoise) -> Benchmark {
        Benchmark("1000 experiments drawn arm by arm, \(name)", unit: "draw", reference: unitByUnit) {
            let sampler = ExperimentSampler(try Figure3.design().design, noise: noise)
            let stream = RandomStream(seed: 1, identifier: "draws")
            let count = 200
            return Stopwatch.shortest(of: 5) {
                for draw in 0..<count {
                    var cursor = RandomCursor(stream, substream: draw)
                    sampler.draw(&cursor)
                }
            } / Double(count)
        }
    }
}

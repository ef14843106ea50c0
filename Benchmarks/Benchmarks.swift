/// Prints a Markdown table of what the estimators cost: `make bench`.
@main
enum Benchmarks {
    static let all =
        [Benchmark.figure3, .statisticsSampler, .experimentSampler, .experimentSamplerKnownNoise]
        + Benchmark.manyExperiments + Benchmark.restrictedLikelihood + Benchmark.randomEffects
        + Benchmark.posteriors

    /// With the argument `sampling`, the last table alone.
    static func main() throws {
        guard !CommandLine.arguments.contains("sampling") else { return print(try Sampling.table()) }
        print("| benchmark | time | against |")
        print("| --- | --- | --- |")
        for benchmark in all { print(try benchmark.row()) }
        print("\n" + (try Sampling.table()))
    }
}

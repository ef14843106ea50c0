/// Prints a Markdown table of what the estimators cost: `make bench`, or some rows of it: `make bench ONLY=proxies`.
@main
enum Benchmarks {
    static let all =
        [Benchmark.figure3, .statisticsSampler, .experimentSampler, .experimentSamplerKnownNoise]
        + Benchmark.manyExperiments + Benchmark.restrictedLikelihood

    static func main() throws {
        let wanted = CommandLine.arguments.dropFirst().joined(separator: " ").lowercased()
        print("| benchmark | time | against |")
        print("| --- | --- | --- |")
        for benchmark in all where wanted.isEmpty || benchmark.name.lowercased().contains(wanted) {
            print(try benchmark.row())
        }
    }
}

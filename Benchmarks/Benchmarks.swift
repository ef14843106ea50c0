/// Prints Markdown tables of what the estimators cost: `make bench`, or some rows of them: `make bench ONLY=proxies`; the
/// sampler's table is `ONLY=sampling`.
@main
enum Benchmarks {
    static let all =
        [Benchmark.figure3, .statisticsSampler, .experimentSampler, .experimentSamplerKnownNoise]
        + Benchmark.manyExperiments + Benchmark.restrictedLikelihood + Benchmark.randomEffects
        + Benchmark.posteriors + Benchmark.shippedReports + Benchmark.auditTrail

    static func main() throws {
        let wanted = CommandLine.arguments.dropFirst().joined(separator: " ").lowercased()
        defer { AuditTrailBench.remove() }
        let rows = all.filter { wanted.isEmpty || $0.name.lowercased().contains(wanted) }
            .filter { $0.word.map(wanted.contains) ?? true }
        if !rows.isEmpty {
            print("| benchmark | time | against |")
            print("| --- | --- | --- |")
            for benchmark in rows { print(try benchmark.row()) }
        }
        if wanted.isEmpty || wanted == "sampling" { print("\n" + (try Sampling.table())) }
    }
}

import Estimation
import Foundation
import MCMC
import Probability

/// Effective draws of τ a second on the shared-control data sets, whose files stand beside the analyses.
enum Sampling {
    static let scenarios = ["baseline", "many-variants", "control-outlier", "high-correlation"]

    static func data(_ scenario: String) throws -> MetaAnalysisData {
        let path = "Analyses/data/shared-control/\(scenario).csv"
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        return try MetaAnalysisData(
            estimates: rows.map { row in
                let cells = row.split(separator: ",")
                let numbers = cells.dropFirst(2).map { Double($0) ?? .nan }
                return EffectEstimate(
                    experiment: String(cells[0]), arm: String(cells[1]), effect: numbers[0],
                    treatmentVariance: numbers[2], controlVariance: numbers[3])
            })
    }

    /// A Markdown table: the time of four chains with every true effect's draws, without summaries, as Stan's is measured.
    static func table() throws -> String {
        var lines = [
            "| data set | parameterisation | time | with summaries | effective draws of τ (bulk) | a second | steps a draw | divergent |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]
        for scenario in scenarios {
            let data = try data(scenario)
            for parameterisation in SamplingParameterisation.allCases {
                lines.append(try row(data, scenario, SamplingOptions(parameterisation: parameterisation)))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func row(
        _ data: MetaAnalysisData, _ scenario: String, _ options: SamplingOptions
    ) throws -> String {
        let stream = RandomStream(seed: 1, identifier: "bench")
        var last: PosteriorDraws?
        let seconds = try Stopwatch.shortest(of: 5) {
            let draws = try data.posteriorDraws(stream: stream, options: options)
            precondition(draws.everyEffect().count == draws.blockCount)
            last = draws
        }
        let whole = try Stopwatch.shortest(of: 3) { _ = try data.sampledPosterior(stream: stream, options: options) }
        guard let last, let size = ChainDiagnostics(last.tau).essBulk else { return "" }
        let steps = Double(last.report.leapfrogs) / Double(options.chains * options.draws)
        return
            "| \(scenario) | \(options.parameterisation.rawValue) | \(Stopwatch.text(seconds)) | \(Stopwatch.text(whole)) | \(Int(size)) | "
            + "\(Int(size / seconds)) | \(String(format: "%.1f", steps)) | \(last.report.divergences) |"
    }
}

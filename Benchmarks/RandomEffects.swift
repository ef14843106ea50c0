import Estimation
import Foundation
import LinearAlgebra
import Probability

/// The random-effects model, from effects and their noise.
enum RandomEffects {
    static let stream = RandomStream(seed: 1, identifier: "random-effects")

    /// Experiments of five, four and one arms in turn against a shared control.
    static func estimates(experiments: Int) -> [EffectEstimate] {
        let sizes = [5, 4, 1]
        var estimates: [EffectEstimate] = []
        estimates.reserveCapacity(experiments * 10 / 3 + 5)
        for k in 0..<experiments {
            let control = 0.05 + 0.05 * stream.uniform(3 * k)
            let shift = control.squareRoot() * stream.normal(3 * k + 1)
            for arm in 0..<sizes[k % sizes.count] {
                let index = 3 * experiments + 3 * (5 * k + arm)
                let variance = 0.05 + 0.1 * stream.uniform(index)
                let effect = 0.1 + 0.2 * stream.normal(index + 1) + variance.squareRoot() * stream.normal(index + 2)
                estimates.append(
                    EffectEstimate(
                        experiment: "\(k)", arm: "\(arm)", effect: effect - shift, treatmentVariance: variance,
                        controlVariance: control))
            }
        }
        return estimates
    }

    static let compared = estimates(experiments: 600)
    static let timesOfMetafor = metafor(compared)

    /// What `metafor.R` prints for these effects: seconds with dense and with sparse matrices, τ̂², μ̂; nil without R.
    static func metafor(_ estimates: [EffectEstimate]) -> [Double]? {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("effects-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        let rows = estimates.map { "\($0.experiment),\($0.effect[0]),\($0.own[0, 0]),\($0.control[0, 0])" }
        guard (try? rows.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)) != nil else {
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["Rscript", "Benchmarks/metafor.R", file.path]
        let output = Pipe()
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        return numbers.count == 4 ? numbers : nil
    }
}

extension Benchmark {
    static let randomEffects =
        [
            ("REML", RandomEffectsOptions(.reml, parts: .effects)),
            ("REML and intervals of τ²", RandomEffectsOptions(.reml, parts: .standard)),
            ("Three levels by REML", RandomEffectsOptions(.reml, levels: .experimentsAndArms, parts: .effects)),
        ].map { name, options in
            Benchmark("\(name) of 1,000,000 effects in 300,000 experiments, every effect shrunk", unit: "fit") {
                let data = try MetaAnalysisData(estimates: RandomEffects.estimates(experiments: 300_000))
                return try Stopwatch.shortest(of: 3) {
                    let fit = try data.randomEffects(options, stream: RandomEffects.stream)
                    precondition(fit.effects.count == 1_000_000)
                }
            }
        } + againstMetafor

    /// The same model of the same effects by metafor, timed now where R has it.
    private static var againstMetafor: [Benchmark] {
        ["dense", "sparse"].enumerated().map { index, matrices in
            Benchmark(
                "REML of 2,000 correlated effects, against \(matrices) matrices", unit: "fit",
                reference: RandomEffects.timesOfMetafor.map { ($0[index], "metafor's rma.mv") }
            ) {
                let data = try MetaAnalysisData(estimates: RandomEffects.compared)
                return try Stopwatch.shortest(of: 20) {
                    let fit = try data.randomEffects(
                        RandomEffectsOptions(.reml, parts: .effects), stream: RandomEffects.stream)
                    guard let reference = RandomEffects.timesOfMetafor else { return }
                    precondition(abs(fit.tauSquared - reference[2]) < 1e-5 && abs(fit.mean - reference[3]) < 1e-5)
                }
            }
        }
    }
}

import Estimation
import Probability
import Testing

/// Figure 3 of Bibaut, Chou, Ejdemyr and Kallus (KDD 2024, arXiv 2402.17637) against 40,000 draws recomputed elsewhere
/// and given to 4 decimals (bibaut2024-figure3.json). Tolerance: 5 Monte Carlo standard errors of both together, and
/// 0.0001 for the rounding. Where moments are infinite or too heavy to estimate, medians only.
@Suite struct Bibaut2024Tests {
    struct Reference: Decodable {
        let rows: [Row]

        struct Row: Decodable {
            let direct: Bool
            let n: Int
            let est: String
            let bias: [Double]
            let sd: [Double]
            let median: [Double]
        }
    }

    static let draws = 10_000
    static let referenceDraws = 40_000.0

    @Test func figure3() throws {
        let reference = try FixtureFiles.decode(Reference.self, "bibaut2024-figure3.json").rows
        let figure = try #require(try NamedDesign.named("bibaut2024-figure-3"))
        let estimators = [
            SimulatedEstimator(.naive), SimulatedEstimator(.tc), SimulatedEstimator(.liml, intercept: false),
        ]
        var cells: [SimulationStudy.Cell] = []
        for direct in figure.directEffects {
            for units in figure.unitsPerArm {
                let design = try figure.design.changed(unitsPerArm: units, hasDirectEffects: direct)
                cells.append(.init(design, name: "n=\(units),directEffects=\(direct)"))
            }
        }
        let study = try SimulationStudy(
            cells, estimators: estimators, noise: .known, draws: Self.draws, seed: 1, identifier: "figure-3")
        let rows = study.rows()
        #expect(rows.count == 84 && reference.count == 42)
        for row in rows {
            let design = cells[row.cell].design
            let name = try #require(row.estimator).estimator.name
            let proxy = row.parameter == "s1" ? 0 : 1
            let expected = try #require(
                reference.first {
                    $0.n == design.unitsPerArm && $0.direct == design.hasDirectEffects && $0.est == name
                })
            let label = Comment("\(name) \(row.parameter) n=\(design.unitsPerArm) direct=\(design.hasDirectEffects)")
            let summary = try #require(row.summary)
            #expect(row.failures == 0, label)
            #expect(abs(summary.median - expected.median[proxy]) < 5 * combined(summary.medianError) + 1e-4, label)
            if Self.hasMedianOnly(name, design) { continue }
            let bias = 5 * combined(summary.biasError) + 1e-4
            #expect(abs(summary.bias - expected.bias[proxy]) < bias, label)
            let spread = 5 * combined(summary.standardDeviationError) + 1e-4
            #expect(abs(summary.standardDeviation - expected.sd[proxy]) < spread, label)
        }
    }

    static func hasMedianOnly(_ name: String, _ design: SimulationDesign) -> Bool {
        switch name {
        case "liml": design.hasDirectEffects || design.unitsPerArm <= 20_000
        case "tc": design.unitsPerArm <= 10_000
        default: false
        }
    }

    /// The standard error of a difference, the reference's from these draws' own.
    func combined(_ error: Double) -> Double {
        error * (1 + Double(Self.draws) / Self.referenceDraws).squareRoot()
    }
}

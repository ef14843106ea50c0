import Estimation
import LinearAlgebra
import Probability
import Testing

/// Coverage on the design of Figure 3 of Bibaut, Chou, Ejdemyr and Kallus (KDD 2024, arXiv 2402.17637): 1000 experiments
/// of one treatment and one control, β = (−0.4, 0.04), with and without direct effects.
///
/// With 2000 draws a cell, known Ω and no intercept, 95 % intervals of (β₁, β₂) cover in per cent:
///
/// | n | direct | Bekker, liml | sandwich, tc | Anderson–Rubin test |
/// | --- | --- | --- | --- | --- |
/// | 20,000 | no | 95.3, 95.8 | 96.0, 96.7 | 94.5 |
/// | 50,000 | no | 94.7, 94.8 | 94.6, 95.1 | 95.0 |
/// | 20,000 | yes | 72.6, 70.3 | 95.6, 95.5 | 0 |
/// | 50,000 | yes | 49.8, 36.7 | 95.2, 95.5 | 0 |
///
/// Here 40 draws a cell: under 95 % fewer than 33 cover with probability 0.0007.
@Suite struct ProxyCoverageTests {
    static let coefficients = [-0.4, 0.04]
    static let draws = 40
    static let experiments = 1000

    static func effects(_ draw: Int, units: Int, direct: Bool) throws -> TreatmentEffects {
        let deviations = Matrix.diagonal([0.1, (10.0).squareRoot(), 5])
        let correlation = Matrix([[1, 0.8, 0], [0.8, 1, -0.1], [0, -0.1, 1]])
        let omega = deviations * correlation * deviations
        let lambda = Matrix([[1, -0.4, 0.04], [-0.4, 1, 0], [0.04, 0, 1]]) / 1000
        let noise = try Cholesky(2 / Double(units) * omega).lower
        let spread = try Cholesky(lambda).lower
        let stream = RandomStream(seed: 5, identifier: "coverage \(units) \(direct) \(draw)")
        var moments = try ArmMoments(metrics: ["y", "s1", "s2"])
        for k in 0..<experiments {
            let z = (0..<6).map { stream.normal(6 * k + $0) }
            var effect = spread * Array(z[..<3])
            if !direct {
                effect = [0] + z[1..<3].map { $0 * 0.001.squareRoot() }
                effect[0] = dot(coefficients, Array(effect[1...]))
            }
            let mean = zip(effect, noise * Array(z[3...])).map { $0 + $1 }
            try moments.append(
                experiment: "\(k)", control: Arm(name: "c", count: units, mean: [0, 0, 0], covariance: omega),
                treatments: [Arm(name: "t", count: units, mean: mean, covariance: omega)])
        }
        return try TreatmentEffects(of: moments)
    }

    @Test(arguments: [20_000, 50_000], [false, true])
    func coverage(units: Int, direct: Bool) throws {
        var (bekker, sandwich, accepted) = ([0, 0], [0, 0], 0)
        for draw in 0..<Self.draws {
            let model = try ProxyModel(
                Self.effects(draw, units: units, direct: direct), outcome: "y", proxies: ["s1", "s2"],
                intercept: false)
            let (many, shares) = (try model.bekkerErrors(.liml), try model.sandwichErrors(.tc))
            for j in 0..<2 {
                if try #require(many).intervals[j].contains(Self.coefficients[j]) { bekker[j] += 1 }
                if try #require(shares).intervals[j].contains(Self.coefficients[j]) { sandwich[j] += 1 }
            }
            if try model.andersonRubinTest(Self.coefficients).statistic <= Normal.standard.quantile(0.95) {
                accepted += 1
            }
        }
        for j in 0..<2 {
            #expect(sandwich[j] >= 33)
            #expect(direct ? bekker[j] < 33 : bekker[j] >= 33)
        }
        #expect(direct ? accepted == 0 : accepted >= 33)
    }
}

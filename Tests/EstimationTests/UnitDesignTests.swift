import Estimation
import LinearAlgebra
import Testing

/// Unit-level designs against exact rational arithmetic over the units themselves (unit-designs.py, which also checks itself
/// against statsmodels): metrics with mean 10⁹ and standard deviation 1 must keep ten digits of their effects.
@Suite struct UnitDesignTests {
    struct Expected: Decodable {
        let effects: [Double]
        let variances: [Double]
        let theta: [Double]
    }

    struct File: Decodable {
        let designs: [String: Expected]
        let quantiles: [String: Double]
    }

    static func file() throws -> File { try FixtureFiles.decode(File.self, "unit-designs.json") }

    /// y, x1, x2, n, d, w by arm and cluster.
    static func units() throws -> [(arm: String, cluster: String, values: [Double])] {
        try FixtureFiles.rows("unit-designs.csv").map { row in
            (row[0], row[1], try row[2...].map { try #require(Double($0)) })
        }
    }

    static func sums(_ design: UnitDesign, reversed: Bool = false) throws -> ExperimentSums {
        var units = try units()
        if reversed { units.reverse() }
        let origins = design.origins(of: units[0].values)
        var row = Array(repeating: 0.0, count: design.width)
        let sums = ["control", "a", "b"].map { arm in
            let own = units.filter { $0.arm == arm }
            var moments = MomentAccumulator(metrics: design.width)
            var clusters: [(name: String, sum: [Double])] = []
            for unit in own {
                design.fill(&row, with: unit.values, about: origins)
                guard design.isClustered else {
                    moments.add(row)
                    continue
                }
                if let c = clusters.firstIndex(where: { $0.name == unit.cluster }) {
                    for index in row.indices { clusters[c].sum[index] += row[index] }
                } else {
                    clusters.append((unit.cluster, row))
                }
            }
            for cluster in clusters { moments.add(cluster.sum) }
            return ArmSums(name: arm, assigned: own.count, units: own.count, moments: moments)
        }
        return ExperimentSums(name: "e", origins: origins, arms: sums)
    }

    static let designs: [(name: String, design: UnitDesign)] = {
        let y = UnitDesign.Quantity("y", numerator: 0)
        let x1 = UnitDesign.Quantity("x1", numerator: 1)
        let x2 = UnitDesign.Quantity("x2", numerator: 2)
        let ratio = UnitDesign.Quantity("rate", numerator: 3, denominator: 4)
        return [
            ("mean", UnitDesign(metrics: [y])),
            ("ratio", UnitDesign(metrics: [ratio])),
            ("weighted", UnitDesign(metrics: [y], weight: 5)),
            ("clustered", UnitDesign(metrics: [y], isClustered: true)),
            ("clustered weighted ratio", UnitDesign(metrics: [ratio], weight: 5, isClustered: true)),
            ("cuped", UnitDesign(metrics: [y], covariates: [x1])),
            ("cuped two", UnitDesign(metrics: [y], covariates: [x1, x2])),
            ("cuped ratio", UnitDesign(metrics: [ratio], covariates: [x1, x2])),
            ("cuped clustered weighted", UnitDesign(metrics: [y], covariates: [x1], weight: 5, isClustered: true)),
        ]
    }()

    static func effects(_ made: DesignedExperiment, scale: EffectScale = .difference) throws -> TreatmentEffects {
        let arms = try made.adjusted.map { try #require($0) }
        var moments = try ArmMoments(metrics: ["m"])
        try moments.append(
            experiment: made.name, control: arms[0], treatments: Array(arms.dropFirst()), origins: made.origins)
        return try TreatmentEffects(of: moments, scale: scale)
    }

    @Test(arguments: designs.map(\.name))
    func exactFromMoments(name: String) throws {
        let design = try #require(Self.designs.first { $0.name == name }?.design)
        let expected = try #require(try Self.file().designs[name])
        let made = try DesignedExperiment(Self.sums(design), design)
        let effects = try Self.effects(made)
        for j in 0..<2 {
            #expect(abs(effects.value(j, 0) / expected.effects[j] - 1) < 1e-10)
            #expect(abs(effects.covariance(j, j)[0, 0] / expected.variances[j] - 1) < 1e-10)
        }
        #expect(made.coefficients[0].count == expected.theta.count)
        for (found, theta) in zip(made.coefficients[0], expected.theta) { #expect(abs(found / theta - 1) < 1e-10) }
    }

    /// Another order of units and another origin change nothing that counts.
    @Test(arguments: designs.map(\.name))
    func orderAndOriginDoNotMatter(name: String) throws {
        let design = try #require(Self.designs.first { $0.name == name }?.design)
        let one = try Self.effects(try DesignedExperiment(Self.sums(design), design))
        let other = try Self.effects(try DesignedExperiment(Self.sums(design, reversed: true), design))
        for j in 0..<2 {
            #expect(abs(one.value(j, 0) / other.value(j, 0) - 1) < 1e-11)
            #expect(abs(one.covariance(j, j)[0, 0] / other.covariance(j, j)[0, 0] - 1) < 1e-11)
        }
    }

    /// A first unit with a denominator or a weight of 0 tells no origin, and the digits of 10⁹ are kept all the same.
    @Test(arguments: [("ratio", 4), ("clustered weighted ratio", 5)])
    func firstUnitTellsNothing(name: String, zero: Int) throws {
        let design = try #require(Self.designs.first { $0.name == name }?.design)
        let units = try Self.units()
        var first = units[0].values
        for place in [3, zero] { first[place] = 0 }
        var origins = design.startingOrigins
        design.settle(&origins, by: first)
        #expect(origins.values == [0] && !origins.isSettled)
        design.settle(&origins, by: units[1].values)
        #expect(origins.values == [units[1].values[3] / units[1].values[4]] && origins.isSettled)
        design.settle(&origins, by: units[2].values)
        #expect(origins.values == design.origins(of: units[1].values))
        // Its share of the sums is the same about any origin.
        var (one, other) = ([0.0, 0], [1.0, 1])
        design.fill(&one, with: first, about: origins.values)
        design.fill(&other, with: first, about: [3])
        #expect(one == other)
    }

    /// Weighted, a metric that is the same for all of an arm has no variance, though sums are about another arm's value.
    @Test func constantArms() throws {
        let design = UnitDesign(metrics: [UnitDesign.Quantity("m", numerator: 0)], weight: 1)
        var row = [0.0, 0]
        let arms = [0.3, 0.7].map { value in
            var moments = MomentAccumulator(metrics: 2)
            for i in 0..<50 {
                design.fill(&row, with: [value, 0.1 + Double(i * 7 % 13) / 3], about: [0.1])
                moments.add(row)
            }
            return ArmSums(name: "\(value)", assigned: 50, units: 50, moments: moments)
        }
        let made = try DesignedExperiment(ExperimentSums(name: "e", origins: [0.1], arms: arms), design)
        #expect(made.arms.map { $0?.covariance[0, 0] } == [0, 0])
        #expect(abs(try #require(made.arms[1]?.mean[0]) - 0.6) < 1e-15)
    }

    /// On the relative scale the level is the origin's: an effect of 0.4184… on 10⁹ is 4.18 × 10⁻¹⁰ of it.
    @Test func relativeToTheWholeLevel() throws {
        let design = Self.designs[0].design
        let made = try DesignedExperiment(Self.sums(design), design)
        let (difference, relative) = (try Self.effects(made), try Self.effects(made, scale: .relative))
        let log = try Self.effects(made, scale: .logRatio)
        #expect(abs(relative.value(0, 0) / (difference.value(0, 0) / 1e9) - 1) < 1e-8)
        #expect(abs(log.value(0, 0) / relative.value(0, 0) - 1) < 1e-8)
        let ratio = relative.covariance(0, 0)[0, 0] / (difference.covariance(0, 0)[0, 0] * 1e-18)
        #expect(abs(ratio - 1) < 1e-8)
    }

    /// A covariate that equals another, or does not vary, takes no part and changes nothing.
    @Test func redundantCovariates() throws {
        let x1 = UnitDesign.Quantity("x1", numerator: 1)
        let y = UnitDesign.Quantity("y", numerator: 0)
        let one = UnitDesign(metrics: [y], covariates: [x1])
        let two = UnitDesign(metrics: [y], covariates: [x1, UnitDesign.Quantity("again", numerator: 1)])
        let (a, b) = (
            try DesignedExperiment(Self.sums(one), one), try DesignedExperiment(Self.sums(two), two)
        )
        #expect(a.unused == [[]] && b.unused == [[1]])
        #expect(b.coefficients[0] == a.coefficients[0] + [0])
        #expect(try Self.effects(a).values == Self.effects(b).values)
        // The metric by itself leaves nothing.
        let own = UnitDesign(metrics: [y], covariates: [UnitDesign.Quantity("y", numerator: 0)])
        let nothing = try DesignedExperiment(Self.sums(own), own)
        #expect(abs(nothing.coefficients[0][0] - 1) < 1e-15)
        #expect(nothing.adjusted[0]?.covariance[0, 0] == 0)
    }

    @Test func denominatorsNearZero() throws {
        let design = UnitDesign(metrics: [UnitDesign.Quantity("rate", numerator: 0, denominator: 1)])
        var moments = MomentAccumulator(metrics: 2)
        for i in 0..<10 { moments.add([1, i % 2 == 0 ? 1 : -0.9]) }
        let arm = ArmSums(name: "a", assigned: 10, units: 10, moments: moments)
        #expect(throws: EstimationError.self) {
            try DesignedExperiment(ExperimentSums(name: "e", origins: [0], arms: [arm]), design)
        }
    }

    /// numpy.quantile on x2.
    @Test func quantilesFromTails() throws {
        let numbers = try Self.units().map { $0.values[2] }
        let expected = try Self.file().quantiles
        #expect(expected.count == 9)
        for (text, value) in expected {
            var tail = TailQuantile(try #require(Double(text)), count: numbers.count)
            for number in numbers { tail.add(number) }
            #expect(abs(try #require(tail.value) - value) < 1e-12, "at \(text)")
        }
        var single = TailQuantile(0.3, count: 1)
        #expect(single.value == nil)
        single.add(4)
        #expect(single.value == 4)
    }

    /// scipy 1.17.1: `stats.f_oneway` of x2 in the three arms; Hotelling's T² of x1 − 10⁹ and x2 in the first two.
    @Test func equalArms() throws {
        let x1 = UnitDesign.Quantity("x1", numerator: 1)
        let x2 = UnitDesign.Quantity("x2", numerator: 2)
        let y = UnitDesign.Quantity("y", numerator: 0)
        let one = UnitDesign(metrics: [y], covariates: [x2])
        let oneWay = try #require(
            EqualArmsTest(try DesignedExperiment(Self.sums(one), one).covariates.compactMap { $0 }))
        #expect(abs(oneWay.statistic - 0.5132103915194778) < 1e-10 && abs(oneWay.p - 0.5992345063262092) < 1e-10)
        #expect(oneWay.numerator == 2 && oneWay.denominator == 237)
        let both = UnitDesign(metrics: [y], covariates: [x1, x2])
        let arms = try DesignedExperiment(Self.sums(both), both).covariates.compactMap { $0 }
        let hotelling = try #require(EqualArmsTest(Array(arms[..<2])))
        #expect(abs(hotelling.statistic - 0.11311204391885768) < 1e-6 && abs(hotelling.p - 0.8931233037404015) < 1e-6)
        #expect(hotelling.numerator == 2 && hotelling.denominator == 157)
        #expect(EqualArmsTest(Array(arms[..<1])) == nil)
    }
}

/// Pearson's test of a split, by scipy 1.17.1 `stats.chisquare`.
@Suite struct SampleRatioTests {
    @Test(arguments: [
        ([1020, 980, 1000], [1.0, 1, 1], 0.8, 0.6703200460356394),
        ([5300, 4700], [1, 1], 36, 1.9731752900753933e-09),
        ([900, 120], [9, 1], 3.5294117647058822, 0.06028917399060221),
    ])
    func chiSquared(counts: [Int], shares: [Double], statistic: Double, p: Double) throws {
        let test = try #require(SampleRatioTest(counts: counts, shares: shares))
        #expect(abs(test.statistic - statistic) < 1e-12 * max(1, statistic))
        #expect(abs(test.p / p - 1) < 1e-10)
        #expect(test.degreesOfFreedom == counts.count - 1)
        // Shares are relative.
        let scaled = try #require(SampleRatioTest(counts: counts, shares: shares.map { $0 * 0.37 }))
        #expect(abs(scaled.statistic - test.statistic) < 1e-9)
    }

    /// scipy 1.17.1: `2*min(binom.cdf(k, n, s), binom.sf(k - 1, n, s))`; for three arms the smallest, times 3.
    @Test(
        arguments: [
            ([5, 5], [9, 1], 0.0032698748000000006), ([80, 20], [99, 1], 4.9888331208058417e-20),
            ([0, 9], [1, 1], 0.00390625), ([9, 0], [1, 1], 0.00390625), ([4, 4], [1, 1], 1),
            ([40, 50, 12], [49, 49, 2], 6.2625010159035205e-06),
        ] as [([Int], [Double], Double)])
    func fewUnits(counts: [Int], shares: [Double], p: Double) throws {
        let test = try #require(SampleRatioTest(counts: counts, shares: shares))
        #expect(abs(test.p / p - 1) < 1e-10)
    }

    @Test func withoutATest() {
        #expect(SampleRatioTest(counts: [5], shares: [1]) == nil)
        #expect(SampleRatioTest(counts: [0, 0], shares: [1, 1]) == nil)
        #expect(SampleRatioTest(counts: [5, 5], shares: [1, 0]) == nil)
    }
}

import Estimation
import LinearAlgebra
import Testing

/// Generated units have the effects that are told of them.
@Suite struct UnitPopulationTests {
    static let population = UnitPopulation(
        units: 60_000, experiments: 2, metrics: 2, arms: 2, clusters: 0, effect: 0.5, seed: 7)

    static func units(_ population: UnitPopulation, _ range: Range<Int>) -> [UnitPopulation.Unit] {
        range.map { index in
            var unit = population.emptyUnit()
            population.draw(index, into: &unit) { population.truth(experiment: $0, arm: $1) }
            return unit
        }
    }

    /// Every number within 5 standard errors of its truth: 100 comparisons would miss one in 10⁴ data sets.
    @Test func effectsAreTheTruth() throws {
        let population = Self.population
        let units = Self.units(population, 0..<population.units)
        for experiment in 0..<2 {
            let groups = (0...2).map { arm in units.filter { $0.experiment == experiment && $0.arm == arm } }
            #expect(groups.map(\.count).reduce(0, +) == 30_000)
            for arm in 1...2 {
                let truth = population.truth(experiment: experiment, arm: arm)
                func check(_ effect: Double, _ value: (UnitPopulation.Unit) -> Double) {
                    let moments = [groups[0], groups[arm]].map { group in
                        var moments = MomentAccumulator(metrics: 1)
                        for unit in group { moments.add([value(unit)]) }
                        return moments
                    }
                    let error = moments.reduce(0) { $0 + ($1.covariance?[0, 0] ?? 0) / Double($1.count) }.squareRoot()
                    #expect(abs(moments[1].mean[0] - moments[0].mean[0] - effect) < 5 * error)
                }
                for m in 0..<2 { check(truth.metrics[m]) { $0.metrics[m] } }
                check(0) { $0.before[0] }
                check(0) { Double($0.sessions) }
                check(truth.spend) { $0.spend }
                // Clicks less the true rate of their sessions have mean 0.
                let rate = truth.clickRate
                check(0) {
                    Double($0.clicks) - (UnitPopulation.baseRate + ($0.arm == arm ? rate : 0)) * Double($0.sessions)
                }
            }
        }
        // 0.7² of a metric's variance is told by its value before.
        var moments = MomentAccumulator(metrics: 2)
        for unit in units where unit.arm == 0 && unit.experiment == 0 {
            moments.add([unit.metrics[0], unit.before[0]])
        }
        let covariance = try #require(moments.covariance)
        let share = covariance[0, 1] * covariance[0, 1] / (covariance[0, 0] * covariance[1, 1])
        #expect(abs(share - 0.49) < 0.04 && abs(covariance[1, 1] - 4) < 0.3)
    }

    @Test func experimentsAreDividedEvenly() {
        let population = UnitPopulation(units: 11, experiments: 3, metrics: 1, seed: 1)
        #expect((0..<11).map(population.experiment) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
    }

    @Test func clustersAreAssignedWhole() {
        let population = UnitPopulation(units: 2000, experiments: 2, metrics: 1, arms: 1, clusters: 20, seed: 3)
        var arms: [Int: Set<Int>] = [:]
        for unit in Self.units(population, 0..<2000) {
            arms[unit.experiment * 20 + unit.cluster, default: []].insert(unit.arm)
        }
        #expect(arms.count == 40 && arms.values.allSatisfy { $0.count == 1 })
        #expect(Set(arms.values.flatMap { $0 }) == [0, 1])
    }

    /// A unit does not depend on those before it; another seed draws others.
    @Test func unitsStandAlone() {
        let alone = Self.units(Self.population, 40_000..<40_001)[0]
        let among = Self.units(Self.population, 39_990..<40_010)[10]
        #expect(alone.metrics == among.metrics && alone.spend == among.spend && alone.clicks == among.clicks)
        let other = UnitPopulation(units: 60_000, experiments: 2, metrics: 2, arms: 2, effect: 0.5, seed: 8)
        #expect(Self.units(other, 40_000..<40_001)[0].metrics != alone.metrics)
    }
}

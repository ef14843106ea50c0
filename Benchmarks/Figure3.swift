import Estimation

extension Benchmark {
    /// Both panels of Figure 3 of Bibaut et al. (2024): 14 designs, 10,000 draws each, 3 estimators.
    static let figure3 = Benchmark("Figure 3, 14 × 10,000 draws, naive, TC and LIML", unit: "figure") {
        let figure = try Figure3.design()
        var cells: [SimulationStudy.Cell] = []
        for direct in figure.directEffects {
            for units in figure.unitsPerArm {
                cells.append(
                    .init(
                        try figure.design.changed(unitsPerArm: units, hasDirectEffects: direct),
                        name: "\(units) \(direct)"))
            }
        }
        return try Stopwatch.shortest(of: 3) {
            let rows = try Figure3.study(cells, draws: 10_000).rows()
            precondition(rows.count == 84)
        }
    }

    /// The same per draw of one design, so the cost of one data set's estimates.
    static let statisticsSampler = Benchmark(
        "One data set of Figure 3 from its sufficient statistics, with its estimates", unit: "draw"
    ) {
        let cell = SimulationStudy.Cell(try Figure3.design().design, name: "one")
        return try Stopwatch.shortest(of: 3) {
            _ = try Figure3.study([cell], draws: 100_000).rows()
        } / 100_000
    }
}

enum Figure3 {
    struct Missing: Error {}

    static func design() throws -> NamedDesign {
        guard let figure = try NamedDesign.named("bibaut2024-figure-3") else { throw Missing() }
        return figure
    }

    static func study(_ cells: [SimulationStudy.Cell], draws: Int) throws -> SimulationStudy {
        try SimulationStudy(
            cells, estimators: [.init(.naive), .init(.tc), .init(.liml, intercept: false)], noise: .known,
            draws: draws, seed: 1, identifier: "figure-3")
    }
}

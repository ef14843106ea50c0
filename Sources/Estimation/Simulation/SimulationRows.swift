/// Makes the rows of one cell from the runs of its draws.
struct SimulationRows {
    let study: SimulationStudy
    let cell: Int
    let parts: ArraySlice<SimulatedDraws>

    var all: [SimulationRow] {
        let design = study.cells[cell].design
        let layout = study.coverageLayout(study.cells[cell])
        var rows: [SimulationRow] = []
        for (index, wanted) in study.estimators.enumerated() {
            for (proxy, name) in design.proxies.enumerated() {
                var estimates: [Double] = []
                estimates.reserveCapacity(study.draws)
                for part in parts { part.appendEstimates(index, proxy, to: &estimates) }
                let truth = design.coefficients[proxy]
                rows.append(
                    SimulationRow(
                        cell: cell, estimator: wanted, intercept: wanted.intercept, parameter: name, truth: truth,
                        summary: SimulationSummary(of: estimates, truth: truth),
                        failures: study.draws - estimates.count,
                        coverage: layout.items.filter { $0.estimator == wanted }.map { coverage($0, proxy) }))
            }
        }
        for intercept in [true, false] {
            let joint = layout.items.filter { $0.check.isJoint && $0.intercept == intercept }
            guard !joint.isEmpty else { continue }
            rows.append(
                SimulationRow(
                    cell: cell, estimator: nil, intercept: intercept, parameter: SimulationRow.joint, truth: nil,
                    summary: nil, failures: 0, coverage: joint.map { coverage($0, 0) }))
        }
        return rows
    }

    private func coverage(_ item: CoverageLayout.Item, _ offset: Int) -> SimulationCoverage {
        var (draws, hits) = (0, 0)
        for part in parts {
            draws += part.found[item.place + offset]
            hits += part.hits[item.place + offset]
        }
        return SimulationCoverage(name: item.check.name, draws: draws, hits: hits)
    }
}

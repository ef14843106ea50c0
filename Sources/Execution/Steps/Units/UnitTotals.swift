import Datasets
import Diagnostics
import Documents
import Engines
import Estimation

/// What is known of all units once they were summed, whoever summed them.
struct UnitTotals {
    var sums: [ExperimentSums]
    var leftOut: Int
    var filled: Int
    var winsorised: [UnitSums.Winsorised]

    init(_ read: UnitSums) {
        sums = read.sums
        leftOut = read.leftOut
        filled = read.filled
        winsorised = read.winsorised
    }

    /// By an engine: only moments come out of it.
    ///
    /// - Returns: nil where the rows must come, because quantiles bound columns.
    init?(_ request: UnitsRequest, _ context: inout StepContext) throws(StepFailure) {
        guard let table = request.rows.frame.source as? QueryTable, !request.bounds.contains(where: \.needsQuantiles)
        else { return nil }
        try UnitTotals.checkTypes(request, table, &context)
        let query = request.query(table)
        let found: UnitMoments
        do {
            if let unit = request.unit {
                let column = table.columns[unit]
                let doubled = try UnitChecks.duplicates(query, unit: column)
                try UnitTotals.tell(
                    doubled, .duplicateUnit, "A unit stands once in an experiment", "unit", table, &context)
            }
            if let cluster = query.cluster {
                let split = try UnitChecks.splitClusters(query, cluster: cluster)
                try UnitTotals.tell(
                    split, .splitCluster, "All units of a cluster are in one arm of an experiment", "cluster", table,
                    &context)
            }
            found = try UnitMoments.read(query)
        } catch let fault as DataFault {
            throw context.fail(.badData(fault, at: context.range(of: "data"), columns: table.columns.map(\.name)))
        } catch {
            throw StepFailure()
        }
        try UnitTotals.check(found, request, table, &context)
        sums = found.experiments
        leftOut = found.leftOut
        filled = found.filled
        let fixed = UnitBounds.fixed(request)
        winsorised = found.experiments.enumerated().flatMap { e, experiment in
            request.bounds.enumerated().map { index, bound in
                UnitSums.Winsorised(
                    experiment: experiment.name, bound: index, values: fixed[index],
                    raised: found.raised.isEmpty ? 0 : found.raised[e][bound.place],
                    lowered: found.lowered.isEmpty ? 0 : found.lowered[e][bound.place])
            }
        }
    }

    /// Engines make numbers of `0x10`, `1_000`, dates and truth values, each in its way; files hold none of these for numbers.
    private static func checkTypes(
        _ request: UnitsRequest, _ table: QueryTable, _ context: inout StepContext
    ) throws(StepFailure) {
        let names = request.rows.columns.map { table.columns[$0] }.filter { $0.kind == .text || $0.kind == .other }
            .map(\.name)
        guard let first = names.first else { return }
        throw context.fail(
            .error(
                .badData, "This column is used as numbers, and its type is none of numbers: \(first)",
                at: context.range(of: "data"),
                notes: [
                    .init("one cell that is none makes a whole column text, where types are guessed"),
                    .init("`cast` of the query makes numbers of what is meant as such"),
                ]))
    }

    /// What is wrong with single rows, counted by the engine.
    private static func check(
        _ found: UnitMoments, _ request: UnitsRequest, _ table: QueryTable, _ context: inout StepContext
    ) throws(StepFailure) {
        let before = context.diagnostics.count
        func fail(_ count: Int, _ rule: String, at key: String) {
            guard count > 0 else { return }
            _ = context.fail(
                .error(
                    .badData, rule, at: context.range(of: key),
                    notes: [.init("\(count) \(count == 1 ? "row" : "rows") of \(table.engine.name)'s do not")]))
        }
        fail(found.nameless.experiments, "Every row names its experiment", at: "experiment")
        fail(found.nameless.variants, "Every row names its variant", at: "variant")
        fail(found.nameless.clusters, "Every cluster has a name", at: "cluster")
        fail(found.negativeWeights, "A weight is not negative", at: "weight")
        for (count, index) in zip(found.bad, request.rows.columns) where count > 0 {
            let name = request.rows.frame.columns[index]
            _ = context.fail(
                .error(
                    .badData, "This column is used as numbers, and not all that it holds are finite numbers: \(name)",
                    at: context.range(of: "data"), notes: [.init("\(count) of \(table.engine.name)'s cells are none")]))
        }
        guard context.diagnostics.count == before else { throw StepFailure() }
        // A draft says itself what too few units are.
        guard !found.experiments.isEmpty || context.sample != nil else {
            throw context.fail(
                .error(
                    .emptyData, "Data has at least one row", at: context.range(of: "data"),
                    notes: [.init("the query, or what `where` keeps of it, has none")]))
        }
    }

    private static func tell(
        _ found: [UnitChecks.Repeated], _ code: DiagnosticCode, _ rule: String, _ key: String, _ table: QueryTable,
        _ context: inout StepContext
    ) throws(StepFailure) {
        guard let first = found.first else { return }
        let isNameless = first.name == nil
        throw context.fail(
            .error(
                isNameless ? .badData : code, isNameless ? "Every row names its \(key)" : rule,
                at: context.range(of: key),
                notes: found.prefix(3).map { one in
                    .init(
                        "\(one.name ?? "a missing name") of experiment \(one.experiment): \(one.rows) rows, variants "
                            + (one.variants[0] == one.variants[1]
                                ? one.variants[0] : one.variants.joined(separator: " and ")))
                }
                    + (found.count > 3
                        ? [.init("and \(found.count == 4096 ? "at least " : "")\(found.count - 3) more")] : [])))
    }
}

extension UnitsRequest {
    /// What of it an engine is asked.
    fileprivate func query(_ table: QueryTable) -> UnitQuery {
        let columns = table.columns
        return UnitQuery(
            table, experiment: rows.experiment.map { columns[$0] }, variant: columns[rows.variant],
            cluster: cluster.map { columns[$0] },
            numbers: rows.columns.enumerated().map { place, index in
                let bound = bounds.first { $0.place == place }
                return UnitQuery.Number(
                    columns[index], fill: rows.fills.isEmpty ? nil : rows.fills[place], lower: bound?.lower,
                    upper: bound?.upper)
            }, design: design)
    }
}

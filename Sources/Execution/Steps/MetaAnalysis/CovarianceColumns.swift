import Datasets
import Diagnostics
import Documents
import Estimation
import LinearAlgebra

/// Effects whose whole sampling covariance stands in columns: a row holds the effect's covariances with the first,
/// second, … effect of its experiment in the order of rows, its own variance among them.
struct CovarianceColumns {
    private struct Cell {
        var effect: Double?
        var covariances: [Double?]
    }

    private let groups: RowGroups<Cell>
    private let range: SourceRange

    /// The effects that tell themselves and their variance, and of the columns `others` what they ask for.
    static func read(
        _ frame: Frame, keeping others: EffectColumns?, _ context: inout StepContext
    ) throws(StepFailure) -> (data: MetaAnalysisData, incomplete: [String]) {
        let columns = try CovarianceColumns(frame, &context)
        var blocks: [EffectBlock] = []
        var incomplete: [String] = []
        for experiment in columns.groups.experiments.names.indices {
            let (block, isWhole) = try columns.block(experiment, keeping: others, &context)
            if let block { blocks.append(block) }
            if !isWhole { incomplete.append(columns.groups.experiments.names[experiment]) }
        }
        do throws(EstimationError) {
            return (try MetaAnalysisData(blocks: blocks), incomplete)
        } catch {
            throw context.fail(.notEstimable(error, at: columns.range))
        }
    }

    private init(_ frame: Frame, _ context: inout StepContext) throws(StepFailure) {
        range = context.range(of: "covariance")
        var reader = EffectsReader(frame: frame, context: context)
        defer { context.diagnostics = reader.context.diagnostics }
        let effect = try reader.required("effect")
        var columns: [Int] = []
        for item in reader.context.options["covariance"]?.items ?? [] {
            if let column = try reader.column(item) { columns.append(column) }
        }
        var groups = try RowGroups<Cell>(&reader, metrics: nil, single: "effect", rowsAreExperiments: true)
        try reader.forEachRow { (row) throws(DataFault) in
            try groups.insert(row) { (row) throws(DataFault) in
                var cell = Cell(effect: try row.number(effect), covariances: [])
                for column in columns { cell.covariances.append(try row.number(column)) }
                return cell
            }
        }
        try groups.requireSingleRows(&reader)
        self.groups = groups
    }

    /// One experiment's effects, nil where none is complete, and whether all are.
    private func block(
        _ experiment: Int, keeping others: EffectColumns?, _ context: inout StepContext
    ) throws(StepFailure) -> (block: EffectBlock?, isWhole: Bool) {
        let name = groups.experiments.names[experiment]
        let variants = groups.variants[experiment].names
        let cells = variants.indices.map { groups.cell(experiment, $0, 0) }
        let kept = variants.indices.filter { index in
            guard let cell = cells[index], cell.effect != nil, index < cell.covariances.count else { return false }
            return cell.covariances[index] != nil && others?.isComplete(name, variants[index]) ?? true
        }
        if let width = cells.first??.covariances.count, variants.count > width {
            throw context.fail(
                .error(
                    .unclearEffects, "'covariance' names a column for each effect of the largest experiment",
                    at: range, notes: [.init("experiment \(name) has \(variants.count) effects, columns are \(width)")])
            )
        }
        guard !kept.isEmpty else { return (nil, false) }
        var covariance = Matrix(rows: kept.count, columns: kept.count)
        for (i, a) in kept.enumerated() {
            for (j, b) in kept.enumerated() {
                guard let value = cells[a]?.covariances[b], let mirror = cells[b]?.covariances[a], value == mirror
                else {
                    throw context.fail(
                        .error(
                            .unclearEffects, "A covariance matrix is symmetric and tells every pair of effects",
                            at: range,
                            notes: [.init("experiment \(name), variants \(variants[a]) and \(variants[b])")]))
                }
                covariance[i, j] = value
            }
        }
        let block = EffectBlock(
            experiment: name, arms: kept.map { variants[$0] }, effects: kept.map { cells[$0]?.effect ?? 0 },
            covariance: covariance)
        return (block, kept.count == variants.count)
    }
}

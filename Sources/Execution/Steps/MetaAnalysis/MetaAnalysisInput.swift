import Datasets
import Diagnostics
import Documents
import Estimation

/// The effects that a `meta-analysis` is of: one metric of an effect set, or the rows of a frame.
struct MetaAnalysisInput {
    let data: MetaAnalysisData
    /// Columns of numbers, one for every effect.
    let moderators: [Moderator]
    /// Experiments of which at least one effect is left out, because a row does not tell all that is used.
    let incomplete: [String]

    init(_ context: inout StepContext) throws(StepFailure) {
        if let id = context.options["effects"]?.string, case .effects(let set)? = context.artifacts[id] {
            self.init(try MetaAnalysisInput.selection(set, &context))
        } else if let id = context.options["data"]?.string, case .frame(let frame)? = context.artifacts[id] {
            try self.init(frame, &context)
        } else {
            throw StepFailure()
        }
    }

    private init(_ selected: (data: MetaAnalysisData, incomplete: [String])) {
        data = selected.data
        incomplete = selected.incomplete
        moderators = []
    }

    // MARK: One metric of a set

    private static func selection(
        _ set: EffectSet, _ context: inout StepContext
    ) throws(StepFailure) -> (data: MetaAnalysisData, incomplete: [String]) {
        let names = try MetricNames.read("metric", of: set, &context) ?? set.metrics
        let range = context.range(of: "metric")
        guard names.count == 1 else {
            throw context.fail(
                .error(
                    .unknownMetric, "A meta-analysis is of one metric", at: range,
                    notes: [.init("metrics: " + set.metrics.joined(separator: ", "))]))
        }
        let selection: EffectSet.Selection
        do throws(EffectSet.SelectionFault) {
            selection = try set.selecting(names, correlation: nil)
        } catch {
            throw context.fail(.cannotSelect(error, metrics: names, at: range))
        }
        do throws(EstimationError) {
            return (try MetaAnalysisData(selection.effects, metric: names[0]), selection.incomplete)
        } catch {
            throw context.fail(.notEstimable(error, at: range))
        }
    }

    // MARK: Rows of a frame

    private init(_ frame: Frame, _ context: inout StepContext) throws(StepFailure) {
        let names = context.options["moderators"]?.strings ?? []
        var columns: EffectColumns?
        if !names.isEmpty { columns = try EffectColumns(frame, "moderators", &context) }
        var selected: (data: MetaAnalysisData, incomplete: [String])
        if context.options["covariance"] != nil {
            selected = try CovarianceColumns.read(frame, keeping: columns, &context)
        } else {
            var set = try EffectsStep.read(frame, &context)
            let dropped = MetaAnalysisInput.drop(from: &set, lacking: columns)
            selected = try MetaAnalysisInput.selection(set, &context)
            let known = Set(selected.incomplete)
            selected.incomplete += dropped.filter { !known.contains($0) }
        }
        (data, incomplete) = selected
        let values = columns.map { $0.values(for: selected.data) } ?? []
        moderators = zip(names, values).map { Moderator(name: $0, values: $1) }
        guard !incomplete.isEmpty else { return }
        let shown = incomplete.prefix(12).joined(separator: ", ") + (incomplete.count > 12 ? ", …" : "")
        context.warn(
            .unreported,
            "A row does not tell its effect, its variance or a moderator in \(incomplete.count) "
                + "\(incomplete.count == 1 ? "experiment" : "experiments") (\(shown)); the result stands on the others",
            at: context.range(of: "data"))
    }

    /// Leaves out the effects whose rows lack one of the columns, and tells their experiments.
    private static func drop(from set: inout EffectSet, lacking columns: EffectColumns?) -> [String] {
        guard let columns, case .estimates(let estimates) = set.content else { return [] }
        let kept = estimates.filter { columns.isComplete($0.experiment, $0.variant) }
        set.content = .estimates(kept)
        var dropped: [String] = []
        for estimate in estimates where !columns.isComplete(estimate.experiment, estimate.variant) {
            if dropped.last != estimate.experiment { dropped.append(estimate.experiment) }
        }
        return dropped
    }
}

/// Columns of numbers beside the effects of a frame.
struct EffectColumns {
    private let groups: RowGroups<[Double?]>
    private let count: Int

    /// The columns that an option names.
    init(_ frame: Frame, _ key: String, _ context: inout StepContext) throws(StepFailure) {
        var reader = EffectsReader(frame: frame, context: context)
        defer { context.diagnostics = reader.context.diagnostics }
        var columns: [Int] = []
        for item in reader.context.options[key]?.items ?? [] {
            if let column = try reader.column(item) { columns.append(column) }
        }
        var groups = try RowGroups<[Double?]>(&reader, metrics: nil, single: "effect", rowsAreExperiments: true)
        try reader.forEachRow { (row) throws(DataFault) in
            try groups.insert(row) { (row) throws(DataFault) in
                var numbers: [Double?] = []
                for column in columns { numbers.append(try row.number(column)) }
                return numbers
            }
        }
        try groups.requireSingleRows(&reader)
        self.groups = groups
        count = columns.count
    }

    func isComplete(_ experiment: String, _ variant: String) -> Bool {
        groups.cell(experiment, variant)?.allSatisfy { $0 != nil } ?? false
    }

    /// Column by column, in the order of the effects.
    func values(for data: MetaAnalysisData) -> [[Double]] {
        let rows = data.arms.indices.map { groups.cell(data.experiments[data.experimentIndices[$0]], data.arms[$0]) }
        return (0..<count).map { column in rows.map { $0?[column] ?? 0 } }
    }
}

import Diagnostics

extension DirectiveSchema {
    /// Keys of `effects` that only layout `units` has.
    static let unitKeys: [KeySchema] = [
        KeySchema(
            "ratios",
            .mapOf(
                .mapping([
                    KeySchema("numerator", .name, required: true, "The column of numerators."),
                    KeySchema("denominator", .name, required: true, "The column of denominators."),
                ])),
            "Metrics or covariates that are ratios of totals, by name: 'ctr: {numerator: clicks, denominator: views}'."),
        KeySchema(
            "winsorise",
            .mapOf(
                .mapping([
                    KeySchema("lower", .number(), "Smaller values count as this one."),
                    KeySchema("upper", .number(), "Larger values count as this one."),
                    KeySchema(
                        "lower-quantile", .number(NumberBounds(0, 1)),
                        "The lower bound as a quantile of the experiment's units, all arms together."),
                    KeySchema(
                        "upper-quantile", .number(NumberBounds(0, 1)),
                        "The upper bound as a quantile of the experiment's units, all arms together."),
                ])),
            "Bounds of columns, unit by unit: 'revenue: {upper-quantile: 0.99}'."),
        KeySchema(
            "covariates", .union([.oneOrMore(of: .name), .mapOf(.oneOrMore(of: .name))]),
            "Columns or ratios from before the experiment to adjust by (CUPED): for all metrics, or by metric."),
        KeySchema(
            "missing-covariate", .number(),
            "The value of a covariate for units that have none; without it they are left out."),
        KeySchema(
            "cluster", .name,
            "The column that names the cluster of a unit, where clusters were assigned to variants instead of units."),
        KeySchema("weight", .name, "The column of units' weights."),
        KeySchema("unit", .name, "The column that names the unit: each then stands once in an experiment."),
        KeySchema(
            "allocation",
            .union([.mapOf(.number(NumberBounds(0, nil, isOpen: true))), allocations]),
            "The shares in which units were meant to come to variants, for all experiments or by experiment; equal otherwise."
        ),
        KeySchema(
            "aa", .union([.boolean, .oneOrMore(of: .name)]),
            "Experiments whose arms are alike (A/A tests), or true for all: their effects are tested for zero."),
    ]

    private static let allocations = OptionType.mapOf(.mapOf(.number(NumberBounds(0, nil, isOpen: true))))
}

/// What must hold between the keys of a unit-level design.
enum UnitDesignRule {
    static let keys = DirectiveSchema.unitKeys.map(\.name)

    static func check(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        for entry in node["winsorise"]?.entries ?? [] { bounds(entry, &diagnostics) }
        covariates(node, &diagnostics)
        ratios(node, &diagnostics)
        let columns = ["experiment", "variant", "cluster", "unit"].compactMap { key in
            node[key].flatMap { value in value.string.map { (key: key, name: $0, range: value.range) } }
        }
        for (index, column) in columns.enumerated() {
            guard let other = columns[..<index].first(where: { $0.name == column.name }) else { continue }
            diagnostics.append(
                .error(
                    .keyConflict, "'\(other.key)' and '\(column.key)' are two columns, not both \(column.name)",
                    at: column.range))
        }
    }

    /// One bound a side, the lower one below the upper one.
    private static func bounds(_ entry: OptionNode.Entry, _ diagnostics: inout [Diagnostic]) {
        let bounds = entry.value
        guard !bounds.entries.isEmpty else {
            if case .mapping = bounds.content {
                diagnostics.append(
                    .error(
                        .missingKey, "'\(entry.key)' of 'winsorise' needs a bound, such as 'upper'", at: entry.keyRange)
                )
            }
            return
        }
        for (value, quantile) in [("lower", "lower-quantile"), ("upper", "upper-quantile")] {
            if bounds[value] != nil, let second = bounds.entries.first(where: { $0.key == quantile }) {
                diagnostics.append(
                    .error(
                        .keyConflict, "'\(entry.key)' has one \(value) bound, '\(value)' or '\(quantile)'",
                        at: second.keyRange))
            }
        }
        for (low, high) in [("lower", "upper"), ("lower-quantile", "upper-quantile")] {
            if let lower = bounds[low]?.number, let upper = bounds[high]?.number, lower >= upper {
                diagnostics.append(
                    .error(
                        .outOfRange, "'\(low)' of '\(entry.key)' lies below its '\(high)'", at: bounds[low]?.range))
            }
        }
    }

    /// A metric is not adjusted by itself, and not by a covariate twice.
    private static func covariates(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        guard let covariates = node["covariates"], covariates.scalar?.isUnresolved != true else { return }
        let metrics = node["metrics"]?.strings ?? []
        for entry in covariates.entries where !metrics.contains(entry.key) {
            let near = nearestWord(to: entry.key, among: metrics)
            diagnostics.append(
                .error(
                    .keyConflict, "'covariates' go with 'metrics', and \(entry.key) is none of them",
                    at: entry.keyRange,
                    fixIts: near.map { [.init("write '\($0)'", replacing: entry.keyRange, with: $0)] } ?? []))
        }
        let lists = covariates.entries.isEmpty ? [covariates] : covariates.entries.map(\.value)
        for list in lists {
            var seen: [String] = []
            for item in list.items {
                guard let name = item.string else { continue }
                if seen.contains(name) {
                    diagnostics.append(.error(.keyConflict, "A covariate stands once in a list", at: item.range))
                }
                seen.append(name)
                if metrics.contains(name) {
                    diagnostics.append(
                        .error(
                            .keyConflict,
                            "A covariate is from before the experiment, and \(name) is one of its metrics",
                            at: item.range))
                }
            }
        }
    }

    /// A ratio that nothing uses is a slip.
    private static func ratios(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        guard let ratios = node["ratios"], let metrics = node["metrics"] else { return }
        let covariates = node["covariates"]
        if [ratios, metrics, covariates].contains(where: { $0?.scalar?.isUnresolved == true }) { return }
        let lists = covariates.map { $0.entries.isEmpty ? [$0] : $0.entries.map(\.value) } ?? []
        let used = metrics.strings + lists.flatMap(\.strings)
        for entry in ratios.entries where !used.contains(entry.key) {
            diagnostics.append(
                .error(
                    .keyConflict, "A ratio is listed in 'metrics' or 'covariates', and \(entry.key) is in neither",
                    at: entry.keyRange))
        }
    }
}

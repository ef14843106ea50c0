import Diagnostics

extension DirectiveSchema {
    private static let moments = OptionType.mapping([
        KeySchema("count", .name, required: true, "The column with the number of units."),
        KeySchema("mean", .name, required: true, "The column with the mean."),
        KeySchema("variance", .name, required: true, "The column with the variance."),
    ])

    static let effects = DirectiveSchema(
        "effects", "Treatment effects and their sampling covariance, arms of one experiment sharing its control.",
        show: .none,
        keys: [
            KeySchema("data", .id, required: true, "The frame that the effects come from."),
            KeySchema(
                "layout", .choice(["units", "arms", "pairs", "estimates"]), required: true,
                "What a row is: a unit, an arm, a comparison or an effect."),
            KeySchema(
                "experiment", .name,
                "The column that names the experiment. Without it all rows are one; of estimates, each row is its own."),
            KeySchema("variant", .name, "The column that names the arm."),
            KeySchema("metric", .name, "The column that names the metric of a row."),
            KeySchema(
                "metrics", .oneOrMore(of: .name), "The metrics: columns or 'ratios' for units, else values of 'metric'."
            ),
            KeySchema(
                "control", .union([.name, moments]),
                "The variant that is the control; for pairs the columns of its moments."),
            KeySchema("treatment", moments, "The columns of the treatment's moments, for pairs."),
            KeySchema("count", .name, "The column with the number of units, for arms."),
            KeySchema("mean", .name, "The column with the mean, for arms."),
            KeySchema(
                "variance", .name, "The column with the variance: of units for arms, of the effect for estimates."),
            KeySchema("effect", .name, "The column with the effect, for estimates."),
            KeySchema("se", .name, "The column with the effect's standard error, for estimates."),
            KeySchema("treatment-variance", .name, "The column with the treatment arm's own variance, for estimates."),
            KeySchema("control-variance", .name, "The column with the shared control's variance, for estimates."),
            KeySchema("covariance", .mapOf(.name), "Columns of covariances between metrics: 'a:b: column'."),
            KeySchema(
                "at",
                .union([
                    .mapping([KeySchema("last", .name, required: true, "The column whose largest value is taken.")]),
                    .mapping([KeySchema("equals", .mapOf(.any), required: true, "Columns and the values they have.")]),
                ]), "The checkpoint to take of several: 'last: day' or 'equals: {day: 14}'."),
            KeySchema(
                "scale", .choice(["difference", "relative", "log-ratio", "standardised"]), default: "difference",
                "How an effect is expressed."),
            KeySchema(
                "noise-correlation",
                .union([
                    .number(NumberBounds(-1, 1, isOpen: true)), .list(of: .number(NumberBounds(-1, 1, isOpen: true))),
                    .list(of: .list(of: .number(NumberBounds(-1, 1)))),
                ]),
                "The assumed correlation of metrics within an arm: a number, several to compare, or a matrix."),
        ] + unitKeys,
        results: effectsResults,
        rule: { node, diagnostics in LayoutRule.check(node, &diagnostics) })
}

/// Which keys go with which layout.
private enum LayoutRule {
    static let required: [String: [String]] = [
        "units": ["variant", "control", "metrics"], "arms": ["variant", "control", "count", "mean", "variance"],
        "pairs": ["control", "treatment"], "estimates": ["effect"],
    ]
    static let forbidden: [String: [String]] = [
        "units": [
            "treatment", "metric", "count", "mean", "variance", "effect", "se", "treatment-variance",
            "control-variance",
            "covariance",
        ],
        "arms": ["treatment", "effect", "se", "treatment-variance", "control-variance"],
        "pairs": [
            "count", "mean", "variance", "effect", "se", "treatment-variance", "control-variance", "covariance",
        ],
        "estimates": ["control", "treatment", "count", "mean"],
    ]

    static func check(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        guard let layout = node["layout"]?.string, let needed = required[layout] else { return }
        let place = node["layout"]?.range
        for key in needed where node[key] == nil {
            diagnostics.append(.error(.missingKey, "Layout '\(layout)' needs the key '\(key)'", at: place))
        }
        var metrics: [OptionNode] = []
        for item in node["metrics"]?.items ?? [] where item.string != nil {
            if let twin = metrics.first(where: { $0.string == item.string }) {
                diagnostics.append(
                    .error(
                        .keyConflict, "A metric stands once in a list", at: item.range,
                        notes: [Diagnostic.Note("the first", at: twin.range)]))
            }
            metrics.append(item)
        }
        let isOfUnits = layout == "units"
        for entry in node.entries
        where forbidden[layout]?.contains(entry.key) == true || !isOfUnits && UnitDesignRule.keys.contains(entry.key) {
            diagnostics.append(
                .error(.keyConflict, "Layout '\(layout)' has no key '\(entry.key)'", at: entry.keyRange))
        }
        if let control = node["control"], control.scalar?.isUnresolved != true {
            let isMapping = control.scalar == nil
            if layout == "pairs", !isMapping {
                diagnostics.append(
                    .error(
                        .wrongType, "'control' of layout 'pairs' is a mapping: {count:, mean:, variance:}",
                        at: control.range))
            } else if layout == "units" || layout == "arms", isMapping {
                diagnostics.append(
                    .error(
                        .wrongType, "'control' of layout '\(layout)' is the name of the control variant",
                        at: control.range))
            }
        }
        if isOfUnits { UnitDesignRule.check(node, &diagnostics) }
        if layout == "estimates" { VarianceRule.check(node, of: "Layout 'estimates'", place, &diagnostics) }
    }
}

/// An estimate has one statement of its variance.
enum VarianceRule {
    static func check(
        _ node: OptionNode, of what: String, _ place: SourceRange?, _ diagnostics: inout [Diagnostic]
    ) {
        let written = node.entries.filter { ["variance", "se", "treatment-variance"].contains($0.key) }
        if written.isEmpty {
            diagnostics.append(
                .error(.missingKey, "\(what) needs one of 'variance', 'se' and 'treatment-variance'", at: place))
        }
        for entry in written.dropFirst() {
            diagnostics.append(
                .error(
                    .keyConflict, "\(what) takes only one of 'variance', 'se' and 'treatment-variance'",
                    at: entry.keyRange, notes: [Diagnostic.Note("the first", at: written[0].keyRange)]))
        }
        if written.contains(where: { $0.key == "treatment-variance" }), node["control-variance"] == nil {
            diagnostics.append(
                .error(
                    .missingKey, "'treatment-variance' needs 'control-variance': the total is their sum",
                    at: written[0].keyRange))
        }
    }
}

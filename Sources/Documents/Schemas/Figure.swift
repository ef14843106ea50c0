import Diagnostics

extension DirectiveSchema {
    static let figure = DirectiveSchema(
        "figure", "A plot of results.", show: .figure,
        keys: [
            KeySchema(
                "kind",
                .choice([
                    "scatter", "forest", "shrinkage", "funnel", "baujat", "density", "q-profile", "rank-histogram",
                    "trace", "rank", "pairs", "lines", "ellipse", "heatmap", "half-eye",
                ]),
                "The kind of plot; a figure has one, or `marks`."),
            panelKeys[0],
            KeySchema("marks", .list(of: .mapping(markKeys)), "A free figure: what to draw of which rows."),
            KeySchema("data", .id, "The rows of a `data` directive, for `marks`."),
            facetKey, annotationsKey, KeySchema("size-title", .string, "What the areas of points stand for."),
            KeySchema(
                "color-scale", .choice(["categorical", "sequential", "diverging"]),
                "Whether `color` makes series or a scale, where numbers leave it open."),
            KeySchema(
                "panels",
                .list(
                    of: .mapping(
                        [KeySchema("title", .string, "The panel's title.")]
                            + panelKeys.map { key in
                                KeySchema(key.name, key.type, required: key.name == "of", key.doc)
                            })),
                "Several panels of lines, ellipses or heat maps: each has its own `of` and `title`, and what else is "
                    + "not the figure's."),
            KeySchema("columns", .integer(1...12), "How many panels stand side by side."),
            KeySchema(
                "ribbons", .union([.boolean, .list(of: .name)]), default: "true",
                "Whether lines carry their intervals, or which of them do."),
            KeySchema("markers", .boolean, default: "false", "Whether lines carry a symbol at each of their points."),
            KeySchema("parameter", .oneOrMore(of: .name), "The parameters to draw, for densities."),
            KeySchema("metrics", .list(of: .name), "The metrics of a matrix that comes without their names."),
            KeySchema(
                "level", .number(NumberBounds(0.01, 0.999)), default: "0.95",
                "The share of a normal distribution inside an ellipse."),
            KeySchema(
                "centred", .choice(["zero", "mean"]), default: "zero", "Where ellipses stand: about 0 or their mean."),
            KeySchema("value", .string, "What the colour of a cell shows: a path into each row."),
            KeySchema("value-title", .string, "The title of the colours."),
            KeySchema("value-format", .format, "The format of the numbers in the cells."),
            KeySchema("value-domain", domain, "The limits of the colours, [lower, upper]."),
            KeySchema("null", .number(), "The value about which two hues diverge; 0 for correlations."),
            KeySchema(
                "triangle", .choice(["full", "lower"]), default: "full", "How much of a symmetric matrix is drawn."),
            KeySchema("label-format", .format, default: ".2f", "The format of numbers in the labels of lines."),
            KeySchema("limit", .integer(1...1_000_000), "How many rows to show."),
            KeySchema(
                "sort", .choice(["estimate", "label", "none"]), default: "estimate",
                "What the rows of a forest are sorted by."),
            KeySchema(
                "grouped", .boolean, default: "false", "Whether a forest's rows stand below their experiments' names."),
            KeySchema(
                "shrunken", .boolean, default: "false", "Whether shrunken effects stand beside a forest's estimates."),
            KeySchema(
                "layout", .choice(["rows", "identity"]),
                "How shrinkage is drawn: a row each, or shrunken against estimated (`identity`, for more than 60)."),
            KeySchema("priors", .boolean, default: "true", "Whether densities have their priors beside them."),
        ] + panelKeys.dropFirst(),
        results: figureResults,
        rule: { node, diagnostics in
            checkMarks(node, &diagnostics)
            if node["marks"] == nil { checkAnnotations(node, &diagnostics) }
            if node["of"] == nil, node["panels"] == nil, node["marks"] == nil {
                let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
                diagnostics.append(.error(.missingKey, "'figure' needs the key 'of'", at: start))
            }
            if node["panels"] != nil, let facet = node.entries.first(where: { $0.key == "facet" }) {
                diagnostics.append(
                    .error(.keyConflict, "A figure lists its 'panels' or has a 'facet', not both", at: facet.keyRange))
            }
            for part in [node] + (node["panels"]?.items ?? []) { checkDomains(part, &diagnostics) }
            checkKinds(node, &diagnostics)
        })

    /// What a panel may say for itself, what it shows first.
    private static let panelKeys: [KeySchema] = [
        KeySchema("of", .oneOrMore(of: .path), "What to plot: a path into results, or several."),
        KeySchema("x", .string, "What runs along x."),
        KeySchema("y", .oneOrMore(of: .string), "What runs along y."),
        KeySchema("filter", .mapOf(.any), "Which rows of a list to draw: the values, or lists of them, of their keys."),
        KeySchema("series", .string, "The key of each row that tells one line from another."),
        KeySchema(
            "ribbon",
            .mapping([
                KeySchema("lower", .string, required: true, "The lower edge: a path into each row."),
                KeySchema("upper", .string, required: true, "The upper edge: a path into each row."),
            ]), "The edges of the ribbon about each line."),
        KeySchema("spread", .string, "Half the width of the ribbon about each line, such as a standard deviation."),
        KeySchema("reference", .number(), "A value of y to hold the lines against."),
        KeySchema("reference-label", .string, "What stands beside the reference."),
        KeySchema("lines", .oneOrMore(of: .path), "Slopes to draw: estimators of a `proxy`, or numbers."),
        KeySchema("ellipses", .oneOrMore(of: .path), "Covariances to draw over a scatter."),
        KeySchema("labels", .oneOrMore(of: .string), "The names of ellipses, or of a matrix's rows, in order."),
        KeySchema("points", .path, "The effects to draw behind ellipses, without their intervals."),
        KeySchema(
            "directions", .union([.boolean, .oneOrMore(of: .choice(["regression", "principal"]))]), default: "false",
            "The directions of an ellipse: the regression of y on x (also `true`), the principal axis."),
        KeySchema("x-title", .string, "The title of the x axis."),
        KeySchema("y-title", .string, "The title of the y axis."),
        KeySchema("x-format", .format, "The format of its ticks."),
        KeySchema("y-format", .format, "The format of its ticks."),
        KeySchema("x-domain", domain, "The limits of the x axis, [lower, upper]."),
        KeySchema("y-domain", domain, "The limits of the y axis, [lower, upper]."),
        KeySchema("x-scale", .choice(scales), "The scale of the x axis; what its values are, tells otherwise."),
        KeySchema("y-scale", .choice(scales), "The scale of the y axis; what its values are, tells otherwise."),
        KeySchema("x-threshold", .number(NumberBounds(0, nil, isOpen: true)), "Up to where a symlog x axis is linear."),
        KeySchema("y-threshold", .number(NumberBounds(0, nil, isOpen: true)), "Up to where a symlog y axis is linear."),
    ]

    private static let scales = ["linear", "log", "symlog", "time", "band"]
    private static let domain = OptionType.list(of: .union([.number(), .string]))

    private static func checkDomains(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        for key in ["x-domain", "y-domain", "value-domain"] {
            guard let domain = node[key], case .list(let items) = domain.content else { continue }
            let numbers = items.compactMap(\.number)
            if items.contains(where: { $0.scalar?.isUnresolved == true }) { continue }
            let strange = items.filter { item in
                item.number == nil
                    && (key == "value-domain" || item.string.flatMap(CalendarTime.seconds(parsing:)) == nil)
            }
            if !strange.isEmpty {
                let what = key == "value-domain" ? "a number" : "a number or a date"
                diagnostics += strange.map { item in
                    .error(.wrongType, "An item of '\(key)' is \(what), not \(item.kind)", at: item.range)
                }
                continue
            }
            let dates = items.compactMap { $0.string.flatMap(CalendarTime.seconds(parsing:)) }
            if numbers.isEmpty, dates.count == 2, items.count == 2, dates[0] < dates[1] {
                continue
            }
            if items.count != 2 || numbers.count != 2 || numbers[0] >= numbers[1] {
                diagnostics.append(
                    .error(.outOfRange, "'\(key)' is two numbers or dates, the lower one first", at: domain.range))
            }
        }
    }

    /// Keys that say nothing to other kinds of figure.
    private static let kinds: [(key: String, kinds: [String])] =
        ["series", "ribbon", "spread", "reference", "reference-label", "markers"].map { ($0, ["lines"]) }
        + ["value", "value-title", "value-format", "value-domain", "null", "triangle"].map { ($0, ["heatmap"]) }
        + ["level", "centred", "directions"].map { ($0, ["ellipse", "scatter"]) }
        + ["grouped", "shrunken"].map { ($0, ["forest"]) }
        + ["x-scale", "y-scale", "x-threshold", "y-threshold"].map { ($0, ["lines", "scatter"]) }
        + [
            ("layout", ["shrinkage"]), ("priors", ["density"]),
            ("filter", ["lines", "heatmap", "rank-histogram"]), ("points", ["ellipse"]), ("ellipses", ["scatter"]),
            ("labels", ["ellipse", "scatter", "heatmap"]),
            ("metrics", ["ellipse", "scatter", "heatmap"]), ("lines", ["ellipse", "scatter"]),
            ("facet", ["lines"]),
            ("panels", ["lines", "ellipse", "heatmap"]),
        ]

    private static func checkKinds(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        for key in ["x-scale", "y-scale"] where node["kind"] != nil {
            guard let scale = node[key], ["time", "band"].contains(scale.string) else { continue }
            diagnostics.append(
                .error(.keyConflict, "A scale of times or names is for figures with 'marks'", at: scale.range))
        }
        guard let kind = node["kind"]?.string else { return }
        for part in [node] + (node["panels"]?.items ?? []) {
            for entry in part.entries {
                guard let known = kinds.first(where: { $0.key == entry.key })?.kinds, !known.contains(kind) else {
                    continue
                }
                let list = known.map { "'\($0)'" }.joined(separator: " or ")
                diagnostics.append(
                    .error(.keyConflict, "'\(entry.key)' is for the kind \(list), not '\(kind)'", at: entry.keyRange))
            }
        }
    }
}

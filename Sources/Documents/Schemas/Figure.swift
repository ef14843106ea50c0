import Diagnostics

extension DirectiveSchema {
    private static let domain = OptionType.list(of: .number())

    static let figure = DirectiveSchema(
        "figure", "A plot of results.", show: .figure,
        keys: [
            KeySchema("of", .oneOrMore(of: .path), "What to plot: a path into results, or several."),
            KeySchema(
                "kind", .choice(["scatter", "forest", "shrinkage", "density", "lines"]), required: true,
                "The kind of plot."),
            KeySchema("x", .string, "What runs along x."),
            KeySchema("y", .oneOrMore(of: .string), "What runs along y."),
            KeySchema(
                "panels",
                .list(
                    of: .mapping([
                        KeySchema("of", .path, required: true, "What to plot."),
                        KeySchema("title", .string, "The panel's title."),
                        KeySchema("y", .oneOrMore(of: .string), required: true, "The lines: paths into each item."),
                    ])), "Several panels of lines, each with its own `of`, `title` and `y`."),
            KeySchema("columns", .integer(1...12), "How many panels stand side by side."),
            KeySchema(
                "ribbons", .union([.boolean, .list(of: .name)]), default: "true",
                "Whether lines carry their intervals, or which of them do."),
            KeySchema("lines", .oneOrMore(of: .path), "Fitted lines to draw through a scatter."),
            KeySchema("parameter", .oneOrMore(of: .name), "The parameters to draw, for densities."),
            KeySchema("x-title", .string, "The title of the x axis."),
            KeySchema("y-title", .string, "The title of the y axis."),
            KeySchema("x-format", .format, "The format of its ticks."),
            KeySchema("y-format", .format, "The format of its ticks."),
            KeySchema("x-domain", domain, "The limits of the x axis, [lower, upper]."),
            KeySchema("y-domain", domain, "The limits of the y axis, [lower, upper]."),
            KeySchema("label-format", .format, default: ".2f", "The format of numbers in the labels of lines."),
            KeySchema("limit", .integer(1...1_000_000), "How many rows to show."),
            KeySchema(
                "sort", .choice(["estimate", "label", "none"]), default: "estimate",
                "What the rows of a forest are sorted by."),
        ],
        rule: { node, diagnostics in
            if node["of"] == nil, node["panels"] == nil {
                let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
                diagnostics.append(.error(.missingKey, "'figure' needs the key 'of'", at: start))
            }
            for key in ["x-domain", "y-domain"] {
                guard let domain = node[key], case .list(let items) = domain.content else { continue }
                let numbers = items.compactMap(\.number)
                if items.contains(where: { $0.scalar?.isUnresolved == true }) { continue }
                if items.count != 2 || (numbers.count == 2 && numbers[0] >= numbers[1]) {
                    diagnostics.append(
                        .error(.outOfRange, "'\(key)' is two numbers, the lower one first", at: domain.range))
                }
            }
        })
}

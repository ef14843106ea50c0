import Diagnostics

extension DirectiveSchema {
    private static let domain = OptionType.list(of: .number())

    static let figure = DirectiveSchema(
        "figure", "A plot of results.", show: .figure,
        keys: [
            KeySchema("of", .oneOrMore(of: .path), required: true, "What to plot: a path into results, or several."),
            KeySchema(
                "kind", .choice(["scatter", "forest", "shrinkage", "density", "lines"]), required: true,
                "The kind of plot."),
            KeySchema("x", .string, "What runs along x."),
            KeySchema("y", .oneOrMore(of: .string), "What runs along y."),
            KeySchema("color", .string, "What the colours tell apart."),
            KeySchema("facet", .string, "What the panels tell apart."),
            KeySchema("columns", .integer(1...12), "How many panels stand side by side."),
            KeySchema("lines", .oneOrMore(of: .path), "Fitted lines to draw through a scatter."),
            KeySchema("parameter", .oneOrMore(of: .name), "The parameters to draw, for densities."),
            KeySchema("title", .richText, "The title; a caption is better."),
            KeySchema("x-title", .string, "The title of the x axis."),
            KeySchema("y-title", .string, "The title of the y axis."),
            KeySchema("x-format", .format, "The format of its ticks."),
            KeySchema("y-format", .format, "The format of its ticks."),
            KeySchema("x-domain", domain, "The limits of the x axis, [lower, upper]."),
            KeySchema("y-domain", domain, "The limits of the y axis, [lower, upper]."),
            KeySchema(
                "labels", .union([.mapOf(.richText), .boolean]), "Words for names, or whether points are labelled."),
            KeySchema("limit", .integer(1...1_000_000), "How many rows to show."),
            KeySchema("sort", .oneOrMore(of: .string), "What to sort rows by; '-' before a name for descending."),
        ],
        rule: { node, diagnostics in
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

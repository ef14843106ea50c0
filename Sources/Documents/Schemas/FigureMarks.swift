import Diagnostics

/// Free figures: `marks` over rows, facets, and what may be written over any figure.
extension DirectiveSchema {
    /// What a figure of `marks` can draw.
    package static let markWords = [
        "point", "line", "area", "bar", "interval", "rule", "half-eye", "dots", "ellipse", "cell", "text",
    ]

    static let markKeys: [KeySchema] =
        [
            KeySchema("mark", .choice(markWords), required: true, "What is drawn for each row."),
            KeySchema("of", .oneOrMore(of: .path), "The rows: a path to a list, a table, or an object of objects."),
            KeySchema("data", .id, "The rows of a `data` directive instead."),
            KeySchema("filter", .mapOf(.any), "Which rows to draw: the values, or lists of them, of their keys."),
        ] + channelKeys + [
            KeySchema("name", .string, "What the mark's series is called."),
            KeySchema("muted", .boolean, default: "false", "Grey, behind: what is not the point."),
            KeySchema(
                "stack", .boolean, default: "false", "Whether bars and areas of several series stand on each other."),
            KeySchema(
                "level", .number(NumberBounds(0.01, 0.999)), default: "0.95",
                "The share of a normal distribution inside an ellipse."),
        ]

    /// What of each row a mark shows, and how: each is a path into the row.
    private static let channelKeys: [KeySchema] = [
        KeySchema("x", .string, "What runs along x: numbers, dates or names."),
        KeySchema("y", .string, "What runs along y: numbers, dates or names."),
        KeySchema("lower", .string, "Where an interval, a bar or an area begins."),
        KeySchema("upper", .string, "Where an interval or an area ends."),
        KeySchema("inner-lower", .string, "Where the 66% interval inside begins."),
        KeySchema("inner-upper", .string, "Where it ends."),
        KeySchema("se", .string, "A standard error, for the 95% and 66% intervals of a normal distribution."),
        KeySchema("color", .string, "What the colour stands for: names make series, numbers a scale."),
        KeySchema("size", .string, "What the area of a point stands for."),
        KeySchema("label", .string, "What stands beside the mark."),
        KeySchema(
            "title", .oneOrMore(of: .string), "What is told when the mark is pointed at; all channels otherwise."),
        KeySchema("density", .string, default: "density", "A density's `x` and `y`, for half-eyes."),
        KeySchema("covariance", .string, "The matrix [[a, b], [b, c]] of an ellipse."),
        KeySchema("x-sd", .string, "An ellipse's standard deviation along x, instead of its matrix."),
        KeySchema("y-sd", .string, "The same along y."),
        KeySchema("correlation", .string, "The correlation of both; 0 otherwise."),
    ]

    /// The channels, for whatever must know them.
    package static let channels = channelKeys.map(\.name)

    static let facetKey = KeySchema(
        "facet",
        .union([
            .string,
            .mapping([
                KeySchema("by", .string, required: true, "The key of each row that tells panels apart."),
                KeySchema(
                    "scales", .choice(["shared", "free", "free-x", "free-y"]), default: "shared",
                    "Whether all panels have the same limits."),
                KeySchema("names", .mapOf(.string), "What panels are called, by the key's value."),
            ]),
        ]), "A panel for each value of a key of the rows, for `marks` and `lines`.")

    static let annotationsKey = KeySchema(
        "annotations",
        .list(
            of: .mapping([
                KeySchema(
                    "x", place, "A place along x, or [from, to]: alone it makes a rule or a band across the figure."),
                KeySchema("y", place, "The same along y; with both, `text` stands at a point."),
                KeySchema("text", .string, "What is written there."),
                KeySchema("panel", .string, "The title of the panel that it is for; all of them otherwise."),
            ])), "What is written over a figure: rules, bands, words.")

    private static let place = OptionType.union([.number(), .string, .list(of: .number()), .list(of: .string)])

    /// Keys that a figure of `marks` takes beside those of every directive.
    private static let freeKeys = [
        "marks", "of", "data", "filter", "facet", "columns", "annotations", "x-title", "y-title", "x-format",
        "y-format",
        "x-domain", "y-domain", "x-scale", "y-scale", "x-threshold", "y-threshold", "color-scale", "value-title",
        "value-format", "value-domain", "null", "size-title",
    ]

    /// A figure has a kind or marks; what says something to one of them only is not written for the other.
    static func checkMarks(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
        guard let marks = node["marks"] else {
            if node["kind"] == nil {
                diagnostics.append(
                    .error(.missingKey, "'figure' needs the key 'kind', or 'marks' for a free one", at: start))
            }
            for key in ["color-scale", "data", "size-title"] {
                guard let entry = node.entries.first(where: { $0.key == key }) else { continue }
                diagnostics.append(.error(.keyConflict, "'\(key)' is for figures with 'marks'", at: entry.keyRange))
            }
            return
        }
        for entry in node.entries
        where !freeKeys.contains(entry.key) && !common.contains(where: { $0.name == entry.key }) {
            diagnostics.append(
                .error(
                    .keyConflict,
                    entry.key == "kind"
                        ? "A figure has a 'kind' or 'marks', not both" : "'\(entry.key)' is for a figure with a 'kind'",
                    at: entry.keyRange))
        }
        if case .list(let items) = marks.content, items.isEmpty {
            diagnostics.append(.error(.wrongType, "'marks' lists at least one mark", at: marks.range))
        }
        for mark in marks.items where node["of"] == nil && node["data"] == nil {
            if mark["of"] == nil, mark["data"] == nil, case .mapping = mark.content {
                let start = SourceRange(file: mark.range.file, lower: mark.range.lower, upper: mark.range.lower)
                diagnostics.append(
                    .error(.missingKey, "A mark needs its rows: 'of' (or 'data'), its own or the figure's", at: start))
            }
        }
        for part in [node] + marks.items {
            guard part["of"] != nil, let data = part.entries.first(where: { $0.key == "data" }) else { continue }
            diagnostics.append(.error(.keyConflict, "Rows are 'of' results or of 'data', not both", at: data.keyRange))
        }
        checkAnnotations(node, &diagnostics)
    }

    /// An annotation stands somewhere, and a point has something to say.
    static func checkAnnotations(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        for item in node["annotations"]?.items ?? [] {
            guard case .mapping = item.content else { continue }
            let start = SourceRange(file: item.range.file, lower: item.range.lower, upper: item.range.lower)
            if item["x"] == nil, item["y"] == nil {
                diagnostics.append(.error(.missingKey, "An annotation stands at 'x', at 'y' or at both", at: start))
            }
            if item["x"] != nil, item["y"] != nil, item["text"] == nil {
                diagnostics.append(.error(.missingKey, "An annotation at a point needs its 'text'", at: start))
            }
            for key in ["x", "y"] {
                guard let place = item[key], case .list(let ends) = place.content else { continue }
                if ends.count != 2 || (item["x"] != nil && item["y"] != nil) {
                    diagnostics.append(
                        .error(
                            .outOfRange, "A band is two values of one axis, [from, to]; a point is one of each",
                            at: place.range))
                }
            }
        }
    }
}

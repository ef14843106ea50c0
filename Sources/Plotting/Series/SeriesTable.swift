/// The palette by its places: Okabe and Ito's order (2008), from their orange on; yellow is too light for lines on
/// white and stands last.
private enum Hue {
    static let ink = 0
    static let orange = 1
    static let sky = 2
    static let green = 3
    static let blue = 4
    static let vermilion = 5
    static let purple = 6
    static let yellow = 7
}

/// The terms of the field, so that an estimator looks the same wherever it is drawn. No two are alike.
let knownStyles: [String: SeriesStyle] = [
    // Covariances and proxies: blue is what corrects best, vermilion what does not correct.
    "naive": SeriesStyle(Hue.vermilion, "7 4", .square),
    "jive": SeriesStyle(Hue.blue, nil, .circle),
    "tc": SeriesStyle(Hue.green, "12 4", .diamond),
    "tsls": SeriesStyle(Hue.orange, "3 3", .triangle),
    "liml": SeriesStyle(Hue.purple, nil, .diamond),
    "fuller": SeriesStyle(Hue.purple, "9 3 2 3", .triangle),
    "hliml": SeriesStyle(Hue.sky, nil, .square),
    "hfuller": SeriesStyle(Hue.sky, "9 3 2 3", .triangle),
    "k-class": SeriesStyle(Hue.yellow, "5 3", .diamond),
    // Meta-analysis
    "reml": SeriesStyle(Hue.green, nil, .circle),
    "ml": SeriesStyle(Hue.green, "4 3", .square),
    "fixed": SeriesStyle(Hue.orange, nil, .square),
    "dl": SeriesStyle(Hue.orange, "7 4", .diamond),
    "pm": SeriesStyle(Hue.yellow, nil, .triangle),
    "eb": SeriesStyle(Hue.yellow, "7 4", .square),
    "bayes": SeriesStyle(Hue.blue, "14 3", .diamond),
    "nuts": SeriesStyle(Hue.sky, "7 4", .circle),
    "posterior": SeriesStyle(Hue.blue, nil, .diamond),
    "shrunken": SeriesStyle(Hue.blue, "16 3", .circle),
    "prior": SeriesStyle(Hue.ink, "2 3", .circle),
    "raw": SeriesStyle(Hue.ink, nil, .circle),
    "pooled": SeriesStyle(Hue.ink, nil, .diamond),
    "prediction": SeriesStyle(Hue.ink, "8 4", .circle),
    "study": SeriesStyle(Hue.ink, nil, .square),
    "influential": SeriesStyle(Hue.vermilion, "4 4", .triangle),
    "divergent": SeriesStyle(Hue.vermilion, nil, .triangle),
    "truth": SeriesStyle(Hue.ink, "10 3", .square),
    // What is done about a shared control
    "shared-control": SeriesStyle(Hue.blue, "18 2", .circle),
    "ignore": SeriesStyle(Hue.vermilion, "6 3", .square),
    "one-per-experiment": SeriesStyle(Hue.green, "2 2", .triangle),
    // Covariances of what is not an estimate
    "noise": SeriesStyle(Hue.ink, "6 3 1 3", .triangle),
    "units": SeriesStyle(Hue.orange, "9 3 2 3", .square),
    // Decision rules
    "cross-validation": SeriesStyle(Hue.blue, "10 2", .triangle),
]

/// For names that are not in the table.
let furtherStyles: [SeriesStyle] = [
    SeriesStyle(Hue.blue, nil, .circle), SeriesStyle(Hue.vermilion, "7 4", .square),
    SeriesStyle(Hue.green, "12 4", .diamond), SeriesStyle(Hue.orange, "3 3", .triangle),
    SeriesStyle(Hue.purple, nil, .diamond), SeriesStyle(Hue.sky, "9 3 2 3", .square),
    SeriesStyle(Hue.yellow, "5 3", .triangle), SeriesStyle(Hue.ink, "2 3", .circle),
]

package import Results

/// Figures that try the marks of free figures, with hostile and awkward strings in them.
extension SampleFigures {
    package static let marks: [(name: String, figure: FigureModel)] = [
        ("toned-points", tonedPoints), ("symlog", symlog), ("symlog-scatter", symlogScatter), ("time", time),
        ("stacked-areas", stackedAreas),
        ("rules", rules), ("bar-rows", barRows), ("bar-columns", barColumns), ("bar-stacks", barStacks),
        ("spans", spans), ("half-eyes", halfEyes), ("dots", dots), ("dot-rows", dotRows), ("words", words),
        ("free-panels", freePanels),
    ]

    private static func free(
        _ panels: [FigureModel.Panel], columns: Int = 1, compactColumns: Int = 1
    ) -> FigureModel {
        FigureModel(
            kind: "free", panels: panels, columns: columns, compactColumns: compactColumns, summary: "Marks, tried.")
    }

    private static func names(_ labels: [String]) -> [FigureModel.Category] { labels.map { .init(label: $0) } }

    /// Areas and colours of points stand for numbers; one lies beyond the frame.
    static let tonedPoints: FigureModel = {
        var random = SampleNumbers(41)
        let points = (0..<40).map { index in
            var point = FigureModel.Point(
                x: random.normal(), y: index == 3 ? 9 : random.normal(), label: "arm <\(index)> & \"more\"")
            point.size = random.uniform()
            point.value = random.normal() * 2
            return point
        }
        var panel = FigureModel.Panel(
            x: .init("Effect on clicks", domain: -3...3), y: .init("Effect on orders", domain: -3...3),
            marks: [.points(points, .init(name: "arms", label: ""))])
        panel.colours = .init("Change, %", domain: -4...4, middle: 0)
        panel.sizes = .init("Users & more", largest: 61_000)
        return free([panel])
    }()

    static let symlog: FigureModel = {
        let values = [-80_000, -1500, -30, -2, 0, 0.4, 7, 110, 4200, 250_000.0]
        var x = FigureModel.Axis("Gain", scale: .symlog)
        x.threshold = 10
        return free([
            .init(
                x: x, y: .init("Rank"),
                marks: [.points(values.enumerated().map { .init(x: $1, y: Double($0)) }, .init(name: "a", label: ""))])
        ])
    }()

    /// Effects of several orders with their intervals, and a slope, which is no straight line there.
    static let symlogScatter: FigureModel = {
        let points = [-40_000, -900, -20, -1, 0, 3, 60, 2000, 90_000.0].enumerated().map { index, x in
            let (y, half) = (0.4 * x + (index % 2 == 0 ? 2 : -3), 1 + 0.1 * x.magnitude)
            return FigureModel.Point(
                x: x, y: y, xInterval: x - half...x + half, yInterval: y - half...y + half, label: "test \(index)")
        }
        var x = FigureModel.Axis("Effect on clicks", scale: .symlog, null: 0)
        x.threshold = 1
        var y = x
        y.title = "Effect on orders"
        return FigureModel(
            kind: "scatter",
            panels: [
                .init(
                    x: x, y: y,
                    marks: [
                        .points(points, .init(name: "effects", label: "", isMuted: true)),
                        .slope(slope: 0.4, intercept: 0, .init(name: "jive", label: "JIVE 0.40")),
                    ], isSquare: true)
            ], summary: "Effects of several orders.")
    }()

    /// Two lines over a winter, with a band, a rule and words.
    static let time: FigureModel = {
        var random = SampleNumbers(42)
        let start = 1_762_732_800.0
        let days = (0..<60).map { start + Double($0) * 86_400 }
        let levels = days.indices.map { 0.1 + 0.01 * Double($0 % 7) / 6 + random.normal() * 0.002 }
        return free([
            .init(
                x: .init("Day", scale: .time), y: .init("Conversion", format: ".1%"),
                marks: [
                    .bandX(days[14]...days[21], label: "sale", .init(name: "annotation", isMuted: true)),
                    .bandY(0.112...0.2, label: "more than was hoped for", .init(name: "annotation", isMuted: true)),
                    .ruleX(days[28], label: "release <2>", .init(name: "annotation", isMuted: true)),
                    .ruleY(0.104, label: "what was promised to the board", .init(name: "annotation", isMuted: true)),
                    .line(x: days, y: levels, .init(name: "control")),
                    .line(x: days, y: levels.map { $0 + 0.004 }, .init(name: "treatment")),
                    .texts(
                        [.init(x: days[50], y: 0.101, callout: "here & there")],
                        .init(name: "annotation", label: "", isMuted: true)),
                ])
        ])
    }()

    static let stackedAreas: FigureModel = {
        let x = [2020.0, 2021, 2022, 2023]
        let low = [1.0, 3, 2, 4]
        let high = [2.0, 5, 5, 6]
        return free([
            .init(
                x: .init("Year"), y: .init("Tests"),
                marks: [
                    .area(x: x, lower: [0, 0, 0, 0], upper: low, .init(name: "search")),
                    .area(x: x, lower: low, upper: high, .init(name: "checkout")),
                ])
        ])
    }()

    static let rules = free([
        .init(
            x: .init("Mean effect"), y: .init("", scale: .hidden),
            marks: [
                .bandX(-0.2...0.35, label: "all tests", .init(name: "annotation", isMuted: true)),
                .ruleX(0.1, label: "checkout", .init(name: "checkout")),
                .ruleX(0.12, label: "search", .init(name: "search")),
                .ruleX(0.9, label: "a name that is long", .init(name: "home")),
            ])
    ])

    private static func bars(_ seed: UInt64, from feet: [Double] = [0, 0, 0]) -> [FigureModel.Span] {
        var random = SampleNumbers(seed)
        return feet.enumerated().map { place, foot in
            let length = (2 + random.uniform() * 8).rounded()
            return .init(at: Double(place), lower: foot, upper: foot + length, label: "bar \(place): \(length)")
        }
    }

    /// Bars of three series beside each other on named rows, one to the left of zero.
    static let barRows: FigureModel = {
        var last = bars(53)
        last[1] = .init(at: 1, lower: -3, upper: 0, label: "lost <3>")
        return free([
            .init(
                x: .init("Arms"),
                y: .init("", scale: .category, categories: names(["Checkout", "Search & ranking", "Home page"])),
                marks: [
                    .bar(bars(51), .x, isStacked: false, .init(name: "shipped")),
                    .bar(bars(52), .x, isStacked: false, .init(name: "kept")),
                    .bar(last, .x, isStacked: false, .init(name: "dropped")),
                ])
        ])
    }()

    /// Names that fit neither on one line nor on two hang at an angle.
    static let barColumns = free([
        .init(
            x: .init(
                "", scale: .category,
                categories: names(["Recommendations<b>", "Search & ranking of all products", "Home"])),
            y: .init("Arms"),
            marks: [
                .bar(bars(54), .y, isStacked: false, .init(name: "shipped")),
                .bar(bars(55), .y, isStacked: false, .init(name: "kept")),
            ])
    ])

    static let barStacks: FigureModel = {
        let feet = bars(56)
        return free([
            .init(
                x: .init("Area of the shop", scale: .category, categories: names(["Checkout", "Search", "Home page"])),
                y: .init("Arms"),
                marks: [
                    .bar(feet, .y, isStacked: true, .init(name: "shipped")),
                    .bar(bars(57, from: feet.map(\.upper)), .y, isStacked: true, .init(name: "kept")),
                ])
        ])
    }()

    /// Intervals of two series along y, with 66% intervals, one of them open, and one very wide.
    static let spans: FigureModel = {
        var random = SampleNumbers(43)
        func series(_ shift: Double) -> [FigureModel.Span] {
            (0..<5).map { place in
                let estimate = random.normal() + shift
                let se = 0.3 + random.uniform()
                return .init(
                    at: Double(place), lower: place == 2 ? -.infinity : estimate - 1.96 * se,
                    upper: estimate + (place == 4 ? 30 : 1.96) * se, estimate: estimate,
                    inner: (estimate - 0.95 * se)...(estimate + 0.95 * se), label: "arm \(place)")
            }
        }
        return free([
            .init(
                x: .init("Arm", scale: .category, categories: names(["a", "b", "c", "d", "e"])), y: .init("Effect"),
                marks: [
                    .ruleY(0, label: "no effect", .init(name: "annotation", isMuted: true)),
                    .spans(series(0), .y, .init(name: "clicks")), .spans(series(1), .y, .init(name: "orders")),
                ])
        ])
    }()

    static let halfEyes: FigureModel = {
        let x = (0...80).map { Double($0) / 10 - 4 }
        func eye(_ row: Int, _ middle: Double, _ width: Double, _ name: String) -> FigureModel.Mark {
            // (1 + z²)⁻⁴ looks like a density and needs no exponential.
            let y = x.map { value -> Double in
                let z = (value - middle) / width
                let base = 1 / (1 + z * z)
                return base * base * base * base / width
            }
            return .halfEye(
                row: row, x: x, y: y, median: middle, interval: (middle - width)...(middle + width),
                inner: (middle - width / 2)...(middle + width / 2), .init(name: name, label: ""))
        }
        return free([
            .init(
                x: .init("Mean effect", null: 0),
                y: .init(
                    "", scale: .category,
                    categories: [
                        .init(label: "shared control", annotation: "0.4 [−0.8, 1.6]"),
                        .init(label: "ignored & <forgotten>", annotation: "1.1 [0.6, 1.6]"),
                        .init(label: "one per experiment", annotation: "−0.5 [−2.5, 1.5]"),
                    ]),
                marks: [
                    eye(0, 0.4, 1.2, "shared-control"), eye(1, 1.1, 0.5, "ignore"),
                    eye(2, -0.5, 2, "one-per-experiment"),
                ])
        ])
    }()

    private static func sampled(_ count: Int, _ seed: UInt64) -> [FigureModel.Point] {
        var random = SampleNumbers(seed)
        return (0..<count).map { .init(x: random.normal(), y: 0, label: "arm \($0)") }
    }

    static let dots = free([
        .init(
            x: .init("Effect"), y: .init("", scale: .hidden),
            marks: [
                .ruleX(0, label: "no effect", .init(name: "annotation", isMuted: true)),
                .dots(sampled(70, 44), row: nil, .init(name: "kept")),
                .dots(sampled(30, 45), row: nil, .init(name: "shipped")),
            ])
    ])

    static let dotRows = free([
        .init(
            x: .init("Effect"), y: .init("", scale: .category, categories: names(["Checkout", "Search"])),
            marks: [
                .dots(sampled(40, 46), row: 0, .init(name: "arms", label: "")),
                .dots(sampled(12, 47), row: 1, .init(name: "arms", label: "")),
            ])
    ])

    /// More words than there is room for.
    static let words: FigureModel = {
        var random = SampleNumbers(48)
        let points = (0..<60).map { index in
            FigureModel.Point(
                x: random.normal(), y: random.normal(), callout: index == 7 ? "<test> & test" : "T\(index)")
        }
        return free([
            .init(x: .init("Estimated"), y: .init("Shrunken"), marks: [.texts(points, .init(name: "tests", label: ""))])
        ])
    }()

    /// Four panels with limits of their own along y.
    static let freePanels: FigureModel = {
        let panels = (1...4).map { index -> FigureModel.Panel in
            var y = FigureModel.Axis("Median")
            y.isFree = true
            let scale = [0.01, 1, 40, 9000][index - 1]
            return .init(
                title: index == 2 ? "A title that is too long for its panel, whatever its width" : "panel \(index)",
                x: .init("n", scale: .log), y: y,
                marks: [
                    .line(x: [100, 1000, 10_000], y: [1 * scale, 2 * scale, 2.5 * scale], .init(name: "a", label: ""))
                ])
        }
        return free(panels, columns: 4, compactColumns: 2)
    }()
}

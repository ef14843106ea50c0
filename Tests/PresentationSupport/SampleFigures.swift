package import Results

/// Numbers that look like data and are the same everywhere: a linear congruential generator.
package struct SampleNumbers {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

    /// Uniform in 0..<1.
    package mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / 9_007_199_254_740_992
    }

    /// About normal: the sum of twelve uniforms less six.
    package mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}

/// Figures that try every mark, with hostile and awkward strings in them.
package enum SampleFigures {
    package static let all: [(name: String, figure: FigureModel)] =
        [
            ("scatter", scatter), ("forest", forest), ("shrinkage", shrinkage), ("posteriors", posteriors),
            ("sensitivity", sensitivity), ("posterior", posterior), ("facets", facets), ("lines", lines),
        ] + joint + model + marks

    /// Two fitted lines over points with intervals both ways; some points beyond the fixed frame.
    package static let scatter: FigureModel = {
        var random = SampleNumbers(1)
        let points = (0..<94).map { index in
            let x = random.normal() * 0.008
            let y = 0.8 * x + random.normal() * 0.003
            let sx = 0.002 + random.uniform() * 0.006
            let sy = 0.002 + random.uniform() * 0.005
            let scale = index == 7 ? 6.0 : index == 11 ? 4 : 1
            return FigureModel.Point(
                x: x * scale, y: y, xInterval: (x * scale - sx)...(x * scale + sx), yInterval: (y - sy)...(y + sy),
                label: "experiment <b>\(index)</b> & \"variant\" 1")
        }
        return FigureModel(
            kind: "scatter",
            panels: [
                .init(
                    x: .init("Effect on metric 2", format: "+.1%", domain: -0.03...0.03, null: 0),
                    y: .init("Effect on metric 1 (conversion)", format: "+.1%", domain: -0.03...0.03, null: 0),
                    marks: [
                        .points(points, .init(name: "arms", isMuted: true)),
                        .slope(slope: 0.71, intercept: 0, .init(name: "naive", label: "naive 0.71")),
                        .slope(slope: 0.80, intercept: 0, .init(name: "jive", label: "JIVE 0.80")),
                    ], isSquare: true)
            ], summary: "94 arms; naive slope 0.71, corrected slope 0.80.")
    }()

    /// Thirty rows with long labels, groups, an open interval and a pooled diamond.
    package static let forest: FigureModel = {
        var random = SampleNumbers(2)
        var categories: [FigureModel.Category] = []
        var intervals: [FigureModel.Interval] = []
        for row in 0..<30 {
            let estimate = random.normal() * 0.8
            let se = 0.1 + random.uniform() * 0.5
            let long = row % 7 == 3
            categories.append(
                .init(
                    label: long ? "Checkout | shorter form with <address> look-up, all countries" : "Trial \(row + 1)",
                    annotation: "\(short(estimate)) [\(short(estimate - 1.96 * se)), \(short(estimate + 1.96 * se))]",
                    group: row == 0 ? "Checkout" : row == 15 ? "Search and ranking" : nil))
            intervals.append(
                .init(
                    row: row, estimate: estimate,
                    outer: (row == 4 ? -.infinity : estimate - 1.96 * se, estimate + (row == 9 ? 30 : 1.96) * se),
                    inner: (estimate - 0.95 * se, estimate + 0.95 * se), weight: 0.01 / (se * se),
                    label: "Trial \(row + 1)"))
        }
        categories.append(.init(label: "Pooled, REML", annotation: "0.12 [−0.08, 0.31]"))
        return FigureModel(
            kind: "forest",
            panels: [
                .init(
                    x: .init("Log ratio of conversion", null: 0),
                    y: .init("Experiment", scale: .category, categories: categories),
                    marks: [
                        .intervals(intervals, .init(name: "raw", label: "estimate")),
                        .diamond(row: 30, estimate: 0.12, lower: -0.08, upper: 0.31, .init(name: "reml")),
                    ])
            ], summary: "Thirty experiments and their pooled effect.")
    }()

    package static let shrinkage: FigureModel = {
        var random = SampleNumbers(3)
        var categories: [FigureModel.Category] = []
        var raw: [FigureModel.Point] = []
        var shrunken: [FigureModel.Interval] = []
        for row in 0..<15 {
            let estimate = 2.6 - Double(row) * 0.32 + random.normal() * 0.2
            let se = 0.1 + random.uniform() * 0.7
            let weight = 1 / (1 + se * se)
            let sd = se * weight.squareRoot()
            let mean = estimate * weight
            categories.append(
                .init(
                    label: "\(["ee6ff7", "b3280a", "2c8a04"][row % 3]) · \(row)",
                    annotation: "\(short(mean)) [\(short(mean - 1.96 * sd)), \(short(mean + 1.96 * sd))]"))
            raw.append(.init(x: estimate, y: Double(row), label: "raw \(row)"))
            shrunken.append(
                .init(
                    row: row, estimate: mean, outer: (mean - 1.96 * sd, mean + 1.96 * sd),
                    inner: (mean - 0.95 * sd, mean + 0.95 * sd), label: "shrunken \(row)"))
        }
        return FigureModel(
            kind: "shrinkage",
            panels: [
                .init(
                    x: .init("Effect on metric 1, per cent", format: "+.1f", null: 0),
                    y: .init("Experiment · variant", scale: .category, categories: categories),
                    marks: [
                        .intervals(shrunken, .init(name: "shrunken", label: "shrunken, with 66% and 95% intervals")),
                        .hollow(raw, .init(name: "raw", label: "as estimated")),
                    ])
            ], summary: "Raw and shrunken effects of fifteen arms.")
    }()

    /// Four panels, two overlapping posteriors in each.
    package static let posteriors: FigureModel = {
        let panels = (0..<4).map { index in
            let shift = Double(index) * 0.4
            return FigureModel.Panel(
                title: ["Mean of effects", "Spread between arms", "k = 16", "k = 64 | τ = 0.1"][index],
                x: .init("Effect", null: 0), y: .init("", scale: .hidden),
                marks: [
                    density(0.2 + shift, 0.5, .init(name: "shared-control", label: "shared control modelled")),
                    density(0.6 + shift, 0.35, .init(name: "ignore", label: "ignored")),
                ])
        }
        return FigureModel(kind: "density", panels: panels, columns: 2, summary: "Four pairs of posteriors.")
    }()

    package static let posterior = FigureModel(
        kind: "density",
        panels: [
            .init(
                x: .init("Heterogeneity τ, per cent"), y: .init("", scale: .hidden),
                marks: [
                    density(0.6, 0.3, .init(name: "shared-control", label: "shared control")),
                    density(1.1, 0.42, .init(name: "ignore", label: "ignored")),
                ])
        ], summary: "Two posteriors of τ.")

    package static let sensitivity: FigureModel = {
        let x = (0...26).map { 0.3 + Double($0) * 0.025 }
        let middle = x.map { 0.93 - 0.27 * $0 }
        let wide = x.map { 0.27 - 0.2 * $0 }
        return FigureModel(
            kind: "lines",
            panels: [
                .init(
                    x: .init("Assumed unit-level correlation"), y: .init("Slope of metric 1 on metric 2"),
                    marks: [
                        ribbon(x, middle, wide, 0.95), ribbon(x, middle, wide.map { $0 / 2 }, 0.66),
                        .line(x: x, y: middle, .init(name: "jive", label: "JIVE")),
                        .ruleY(0.71, label: "naive 0.71", .init(name: "naive")),
                        .ruleX(0.85, label: "no correction left", .init(name: "limit", isMuted: true)),
                    ])
            ], summary: "The corrected slope falls with the assumed correlation.")
    }()

    /// Six panels of lines on a logarithmic axis, with two series that end close together.
    package static let facets: FigureModel = {
        let x: [Double] = [10, 30, 100, 300, 1000, 3000, 10000]
        let names = ["naive", "tsls", "liml", "jive"]
        let panels = (0..<6).map { index in
            FigureModel.Panel(
                title: "Direct effects \(index % 2 == 0 ? "absent" : "present"), s = \(index)",
                x: .init("Experiments", scale: .log), y: .init("Root mean squared error", null: 0),
                marks: names.enumerated().map { place, name in
                    .line(
                        x: x, y: x.map { (1.5 + Double(place) * 0.3) / $0.squareRoot() + (place == 0 ? 0.15 : 0) },
                        .init(name: name))
                })
        }
        return FigureModel(kind: "lines", panels: panels, columns: 3, summary: "Errors fall with experiments.")
    }()

    /// One panel whose series end almost together, two of them under names that nobody knows.
    package static let lines: FigureModel = {
        let x: [Double] = (0...20).map { Double($0) * 500 }
        let names = ["naive", "tsls", "liml", "cuped & <i>", "post-stratified"]
        return FigureModel(
            kind: "lines",
            panels: [
                .init(
                    x: .init("Users in an arm"), y: .init("Bias of the slope", format: "+.2f", null: 0),
                    marks: names.enumerated().map { place, name in
                        .line(
                            x: x, y: x.map { -0.4 / (1 + $0 / 1500) * (1 - 0.18 * Double(place)) }, .init(name: name))
                    })
            ], summary: "Bias vanishes for all five.")
    }()

    private static func ribbon(_ x: [Double], _ middle: [Double], _ half: [Double], _ level: Double) -> FigureModel.Mark
    {
        .ribbon(
            x: x, lower: zip(middle, half).map { $0 - $1 }, upper: zip(middle, half).map { $0 + $1 }, level: level,
            .init(name: "jive", label: "JIVE"))
    }

    /// A bell: Cauchy's square falls fast enough to look like one and needs no exponential.
    static func density(_ centre: Double, _ width: Double, _ series: FigureModel.Series, inner: Double? = nil)
        -> FigureModel.Mark
    {
        let x = (0...120).map { centre + (Double($0) / 60 - 1) * 3.2 * width }
        let y = x.map { value in
            let z = (value - centre) / width
            let base = 1 + z * z / 8
            return 1 / (base * base * base * base * base * width)
        }
        return .density(
            x: x, y: y, median: centre, interval: (centre - 1.8 * width)...(centre + 1.8 * width),
            inner: inner.map { (centre - $0 * width)...(centre + $0 * width) }, series)
    }

    private static func short(_ x: Double) -> String {
        let hundredths = Int((x * 100).rounded())
        let digits = String(hundredths.magnitude % 100)
        return (hundredths < 0 ? "−" : "") + "\(hundredths.magnitude / 100)."
            + String(repeating: "0", count: 2 - digits.count) + digits
    }
}

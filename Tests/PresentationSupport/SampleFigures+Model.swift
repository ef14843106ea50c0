package import Results

/// Figures of the hierarchical normal-normal model and of its sampler.
extension SampleFigures {
    package static let model: [(name: String, figure: FigureModel)] = [
        ("studies", studies), ("many-studies", manyStudies), ("identity", identity), ("funnel", funnel),
        ("baujat", baujat), ("q-profile", qProfile), ("prior", prior), ("rank-histogram", rankHistogram),
        ("trace", trace), ("rank", rank), ("pairs", pairs),
    ]

    private static func whole(_ x: Double) -> String {
        let hundredths = Int((x * 100).rounded())
        let digits = String(hundredths.magnitude % 100)
        return (hundredths < 0 ? "−" : "") + "\(hundredths.magnitude / 100)." + (digits.count < 2 ? "0" : "") + digits
    }

    /// Experiments once, their arms below; weights, raw beside shrunken, the mean and a new effect.
    package static let studies: FigureModel = {
        var random = SampleNumbers(11)
        var categories: [FigureModel.Category] = []
        var raw: [FigureModel.Interval] = []
        var shrunken: [FigureModel.Interval] = []
        for experiment in 0..<5 {
            for arm in 0...(experiment % 3) {
                let estimate = 0.2 + random.normal() * 0.3
                let se = 0.08 + random.uniform() * 0.2
                let weight = 0.01 / (0.01 + se * se)
                let row = categories.count
                categories.append(
                    .init(
                        label: ["control < new", "B", "C"][arm],
                        annotations: [
                            "\(Int(weight * 20)).\(row % 10)%",
                            "\(whole(estimate)) [\(whole(estimate - 2 * se)), \(whole(estimate + 2 * se))]",
                        ],
                        group: arm == 0
                            ? [
                                "Checkout", "Search & ranking of everything there is in the shop", "Basket", "Home",
                                "Mail",
                            ][
                                experiment] : nil))
                raw.append(
                    .init(
                        row: row, estimate: estimate, outer: (estimate - 2 * se, estimate + 2 * se),
                        inner: (estimate - se, estimate + se), weight: weight, label: "row \(row)"))
                let mean = 0.2 + (estimate - 0.2) * weight
                shrunken.append(
                    .init(
                        row: row, estimate: mean, outer: (mean - se, mean + se), inner: (mean - se / 2, mean + se / 2),
                        label: "row \(row), shrunken"))
            }
        }
        categories.append(.init(label: "Pooled mean", annotations: ["", "0.21 [0.10, 0.32]"]))
        categories.append(.init(label: "A new effect", annotations: ["", "[−0.15, 0.57]"]))
        return FigureModel(
            kind: "forest",
            panels: [
                .init(
                    x: .init("Effect", null: 0),
                    y: .init("", scale: .category, categories: categories, headings: ["Weight", "Effect [95%]"]),
                    marks: [
                        .intervals(raw, .init(name: "study", label: "as estimated", isMuted: true)),
                        .intervals(shrunken, .init(name: "shrunken", label: "shrunken")),
                        .diamond(
                            row: categories.count - 2, estimate: 0.21, lower: 0.1, upper: 0.32, .init(name: "pooled")),
                        .intervals(
                            [.init(row: categories.count - 1, estimate: 0.21, outer: (-0.15, 0.57))],
                            .init(name: "prediction", label: "")),
                    ])
            ], summary: "Nine arms of five experiments.")
    }()

    /// More rows than can have their names.
    package static let manyStudies: FigureModel = {
        var random = SampleNumbers(12)
        let estimates = (0..<120).map { _ in random.normal() * 0.4 }.sorted(by: >)
        let categories =
            estimates.enumerated().map { index, estimate in
                FigureModel.Category(label: "experiment \(index) · A", annotations: ["0.8%", whole(estimate)])
            } + [.init(label: "Pooled mean", annotations: ["", "0.02"])]
        let intervals = estimates.enumerated().map { index, estimate in
            FigureModel.Interval(
                row: index, estimate: estimate, outer: (estimate - 0.3, estimate + 0.3),
                inner: (estimate - 0.1, estimate + 0.1), weight: 0.6)
        }
        return FigureModel(
            kind: "forest",
            panels: [
                .init(
                    x: .init("Effect", null: 0),
                    y: .init("", scale: .category, categories: categories, headings: ["Weight", "Effect"]),
                    marks: [
                        .intervals(intervals, .init(name: "study", label: "estimate", isMuted: true)),
                        .diamond(row: 120, estimate: 0.02, lower: -0.02, upper: 0.06, .init(name: "pooled")),
                    ])
            ], summary: "120 experiments.")
    }()

    /// Shrunken against estimated; most points without names in one path.
    package static let identity: FigureModel = {
        var random = SampleNumbers(13)
        let x = (0..<200).map { _ in random.normal() }
        let named = [(2.9, "mail · <B>"), (2.6, "checkout · C"), (-2.8, "search · D")].map { x, name in
            FigureModel.Point(
                x: x, y: 0.4 * x, yInterval: (0.4 * x - 0.5)...(0.4 * x + 0.5), label: name, callout: name)
        }
        return FigureModel(
            kind: "shrinkage",
            panels: [
                .init(
                    x: .init("Effect as estimated", null: 0), y: .init("Shrunken effect", null: 0),
                    marks: [
                        .slope(slope: 1, intercept: 0, .init(name: "identity", label: "unshrunken", isMuted: true)),
                        .ruleY(0.1, label: "mean 0.10", .init(name: "pooled")),
                        .cloud(
                            x: x, y: x.map { 0.1 + 0.5 * ($0 - 0.1) * (1 - 0.1 * $0.magnitude) },
                            .init(name: "shrunken", label: "")),
                        .points(named, .init(name: "shrunken", label: "")),
                    ], isSquare: true)
            ], summary: "200 effects, shrunken against estimated.")
    }()

    /// Regions over a reversed axis, effects of one experiment joined, names beside the furthest.
    package static let funnel: FigureModel = {
        var random = SampleNumbers(14)
        let points = (0..<40).map { index in
            let se = 0.05 + random.uniform() * 0.3
            let x = 0.1 + random.normal() * (se * se + 0.02).squareRoot() + (index == 5 ? 0.9 : index == 9 ? -0.8 : 0)
            return FigureModel.Point(
                x: x, y: se, label: "experiment \(index)",
                callout: index == 5 || index == 9 ? "experiment \(index)" : "")
        }
        let error = FigureModel.Series(name: "sampling error", label: "95 and 99% of sampling error", isMuted: true)
        return FigureModel(
            kind: "funnel",
            panels: [
                .init(
                    x: .init("Effect"), y: .init("Standard error", domain: 0...0.37, isReversed: true),
                    marks: [2.58, 1.96].map { z in
                        .ribbon(
                            x: [0.1 - z * 0.37, 0.1, 0.1 + z * 0.37], lower: [0.37, 0.37, 0.37],
                            upper: [0.37, 0, 0.37], level: 0.99, error)
                    } + [
                        .line(
                            x: [-0.68, -0.18, 0.38, 0.88], y: [0.37, 0, 0, 0.37],
                            .init(name: "prediction", label: "95% with τ = 0.14")),
                        .line(x: [0.1, 0.1], y: [0, 0.37], .init(name: "pooled", label: "mean 0.10")),
                        .trace(
                            x: points[0..<3].map(\.x), y: points[0..<3].map(\.y),
                            .init(name: "one experiment", label: "one experiment", isMuted: true)),
                        .points(points, .init(name: "effects", label: "", isMuted: true)),
                    ])
            ], prefersKey: true, summary: "40 effects against their errors.")
    }()

    /// Names of points that crowd.
    package static let baujat: FigureModel = {
        var random = SampleNumbers(15)
        let points = (0..<30).map { index in
            let x = random.uniform() * random.uniform() * 4
            return FigureModel.Point(x: x, y: x * random.uniform() * 0.1, label: "experiment \(index)")
        }
        let far = [(6.1, 0.72, "checkout 04"), (6.2, 0.7, "mail & more 11"), (6.15, 0.69, "home 02"), (5, 0.66, "a")]
            .map { FigureModel.Point(x: $0, y: $1, label: $2, callout: $2) }
        return FigureModel(
            kind: "baujat",
            panels: [
                .init(
                    x: .init("Contribution to Q"), y: .init("Shift of the mean without it"),
                    marks: [
                        .points(points, .init(name: "experiments", label: "others", isMuted: true)),
                        .points(far, .init(name: "influential", label: "influential")),
                    ])
            ], summary: "34 experiments, four influential.")
    }()

    package static let qProfile: FigureModel = {
        let x = (0...60).map { Double($0) * 0.01 }
        let limit = FigureModel.Series(name: "limit", label: "", isMuted: true)
        return FigureModel(
            kind: "q-profile",
            panels: [
                .init(
                    x: .init("τ²"), y: .init("Generalised Q", domain: 0...50),
                    marks: [
                        .ribbon(
                            x: [0.05, 0.46], lower: [0, 0], upper: [24.7, 24.7], level: 0.95,
                            .init(name: "posterior", label: "")),
                        .ruleY(24.7, label: "χ² 24.7", limit), .ruleY(5.0, label: "χ² 5.0", limit),
                        .line(x: x, y: x.map { 2.5 / ($0 + 0.05) }, .init(name: "reml", label: "")),
                        .ruleX(0.15, label: "τ̂² 0.15", .init(name: "pooled")),
                    ])
            ], summary: "Q falls.")
    }()

    /// A posterior with its prior, and its intervals below it.
    package static let prior = FigureModel(
        kind: "density",
        panels: [
            .init(
                title: "μ", x: .init(""), y: .init("", scale: .hidden),
                marks: [
                    .line(
                        x: [-0.2, 1.4], y: [0.35, 0.2], .init(name: "prior", label: "prior", isMuted: true)),
                    density(0.6, 0.3, .init(name: "bayes"), inner: 0.85),
                ]),
            .init(
                title: "τ", x: .init(""), y: .init("", scale: .hidden),
                marks: [
                    .line(
                        x: [0.1, 2.1], y: [0.4, 0.1], .init(name: "prior", label: "prior", isMuted: true)),
                    density(1.1, 0.42, .init(name: "bayes"), inner: 0.85),
                ]),
        ], columns: 2, summary: "Two posteriors with their priors.")

    package static let rankHistogram: FigureModel = {
        var random = SampleNumbers(16)
        let edges = (0...20).map { Double($0) / 20 }
        let panels = ["μ, bayes: p = .41", "τ, bayes: p < .001", "μ, nuts: p = .77"].enumerated().map { index, title in
            let heights = (0..<20).map { bin in
                (50 + random.normal() * 7 + (index == 1 ? 18 - 1.8 * Double(bin) : 0)).rounded()
            }
            return FigureModel.Panel(
                title: title, x: .init("Rank of the truth", format: ".0%", domain: 0...1),
                y: .init("Simulations", domain: 0...90),
                marks: [
                    .bars(edges: edges, heights: heights, .init(name: index == 2 ? "nuts" : "bayes", label: "")),
                    .ribbon(
                        x: [0, 1], lower: [37, 37], upper: [64, 64], level: 0.95,
                        .init(name: "uniform", label: "95% of counts if the posterior is right", isMuted: true)),
                    .ruleY(50, label: "", .init(name: "pooled")),
                ])
        }
        return FigureModel(
            kind: "rank-histogram", panels: panels, columns: 2, prefersKey: true, summary: "Three rank histograms.")
    }()

    package static let trace: FigureModel = {
        var random = SampleNumbers(17)
        let panels = ["μ", "log τ"].map { title in
            FigureModel.Panel(
                title: title, x: .init("Draw"), y: .init(""),
                marks: (0..<4).map { chain in
                    var level = 0.0
                    let y = (0..<120).map { _ in
                        level = (chain == 2 ? 0.96 : 0.2) * level + random.normal() * (chain == 2 ? 0.3 : 1)
                        return level
                    }
                    return .trace(
                        x: (1...120).map { Double($0) * 8 }, y: y, .init(name: "chain \(chain + 1)"))
                })
        }
        return FigureModel(kind: "trace", panels: panels, prefersKey: true, summary: "Four chains.")
    }()

    package static let rank: FigureModel = {
        var random = SampleNumbers(18)
        let panels = ["μ", "log τ"].flatMap { name in
            (1...4).map { chain in
                FigureModel.Panel(
                    title: "\(name), chain \(chain)", x: .init("Rank among all draws", format: ".0%", domain: 0...1),
                    y: .init("Draws", domain: 0...90),
                    marks: [
                        .bars(
                            edges: (0...20).map { Double($0) / 20 },
                            heights: (0..<20).map { _ in (50 + random.normal() * 8).rounded() },
                            .init(name: "chain \(chain)", label: "")),
                        .ruleY(50, label: "", .init(name: "pooled")),
                    ])
            }
        }
        return FigureModel(kind: "rank", panels: panels, columns: 4, compactColumns: 2, summary: "Eight histograms.")
    }()

    package static let pairs: FigureModel = {
        var random = SampleNumbers(19)
        let x = (0..<400).map { _ in random.normal() * 0.1 + 0.3 }
        let y = x.map { _ in random.normal() * 0.5 - 1 }
        return FigureModel(
            kind: "pairs",
            panels: [
                .init(
                    x: .init("μ"), y: .init("log τ", domain: -2.4...1),
                    marks: [
                        .cloud(x: x, y: y, .init(name: "draws", label: "draws", isMuted: true)),
                        .points(
                            [(0.31, -2.2), (0.29, -2), (0.3, -2.1), (0.34, -1.9)].map { .init(x: $0, y: $1) },
                            .init(name: "divergent", label: "divergent")),
                    ])
            ], summary: "400 draws, four divergent.")
    }()
}

package import Results

extension SampleFigures {
    package static let joint: [(name: String, figure: FigureModel)] = [
        ("ellipses", ellipses), ("ellipse-panels", ellipsePanels), ("correlations", correlations), ("gains", gains),
        ("contours", contours), ("study", study),
    ]

    private static func ellipse(
        _ major: (x: Double, y: Double), _ width: Double, isRepaired: Bool = false
    ) -> FigureModel.Ellipse {
        .init(major: major, minor: (-major.y * width, major.x * width), level: 0.95, isRepaired: isRepaired)
    }

    /// Nested ellipses over points, one without width, one repaired, one beyond the frame's fixed limits.
    package static let ellipses: FigureModel = {
        var random = SampleNumbers(7)
        let points = (0..<60).map { index in
            let x = random.normal() * 0.02
            return FigureModel.Point(x: x, y: 0.5 * x + random.normal() * 0.01, label: "arm <\(index)>")
        }
        return FigureModel(
            kind: "ellipse",
            panels: [
                .init(
                    x: .init("Effect on clicks", format: "+.0%", domain: -0.07...0.07, null: 0),
                    y: .init("Effect on orders", format: "+.0%", domain: -0.07...0.07, null: 0),
                    marks: [
                        .points(points, .init(name: "effects", label: "", isMuted: true)),
                        .ellipse(ellipse((0.055, 0.034), 0.45), .init(name: "naive", label: "naive, slope 0.44")),
                        .ellipse(ellipse((0.048, 0.022), 0.3), .init(name: "jive", label: "JIVE, slope 0.42")),
                        .ellipse(
                            ellipse((0.02, 0.014), 0.5, isRepaired: true), .init(name: "tc", label: "TC <repaired>")),
                        .ellipse(ellipse((0.03, -0.04), 0), .init(name: "truth", label: "rank one")),
                        .line(x: [-0.048, 0.048], y: [-0.02, 0.02], .init(name: "jive", label: "")),
                        .ellipse(ellipse((0.09, 0.02), 0.9), .init(name: "units", label: "")),
                    ], isSquare: true)
            ], summary: "Five ellipses.")
    }()

    /// Two panels that share names in part, with lines that end in the margin.
    package static let ellipsePanels: FigureModel = {
        func panel(_ title: String, _ marks: [FigureModel.Mark]) -> FigureModel.Panel {
            .init(
                title: title, x: .init("Effect on the proxy", null: 0), y: .init("Effect on the outcome", null: 0),
                marks: marks, isSquare: true)
        }
        return FigureModel(
            kind: "ellipse",
            panels: [
                panel(
                    "True effects and noise",
                    [
                        .ellipse(ellipse((1, 0.5), 0.4), .init(name: "truth", label: "true effects")),
                        .ellipse(ellipse((0.5, 0.6), 0.45), .init(name: "noise", label: "noise")),
                    ]),
                panel(
                    "What is estimated",
                    [
                        .ellipse(ellipse((1.3, 0.9), 0.45), .init(name: "naive", label: "naive")),
                        .slope(slope: 0.65, intercept: 0, .init(name: "naive", label: "naive 0.65")),
                        .slope(slope: 0.43, intercept: 0, .init(name: "jive", label: "JIVE 0.43")),
                    ]),
            ], columns: 2, summary: "Noise turns the ellipse of estimates.")
    }()

    private static func heat(
        _ columns: [String], _ rows: [String], _ scale: FigureModel.ColourScale, isSquare: Bool = false,
        title: String? = nil, _ value: (Int, Int) -> Double?
    ) -> FigureModel.Panel {
        let cells = rows.indices.flatMap { row in
            columns.indices.compactMap { column in
                value(column, row).map { value in
                    FigureModel.Cell(
                        column: column, row: row, value: value, text: hundredths(value),
                        label: "\(rows[row]) × \(columns[column]): \(hundredths(value))")
                }
            }
        }
        return .init(
            title: title,
            x: .init(isSquare ? "" : "Arms", scale: .category, categories: columns.map { .init(label: $0) }),
            y: .init(isSquare ? "" : "Correlation", scale: .category, categories: rows.map { .init(label: $0) }),
            marks: [.cells(cells, scale)], isSquare: isSquare)
    }

    /// Two correlation matrices with long and hostile names; the diagonal is left out.
    package static let correlations: FigureModel = {
        let names = ["clicks", "orders & <b>", "revenue in the first four weeks", "latency", "sessions"]
        let scale = FigureModel.ColourScale("Correlation of true effects", domain: -1...1, middle: 0)
        let panels = [0.0, 0.25].map { shift in
            heat(names, names, scale, isSquare: true, title: shift == 0 ? "Naive" : "JIVE") { column, row in
                column == row ? nil : Double((column + row) * 37 % 19) / 10 - 0.85 - shift
            }
        }
        return FigureModel(kind: "heatmap", panels: panels, columns: 2, summary: "Two correlation matrices.")
    }()

    /// One hue over numbers, one cell missing.
    package static let gains = FigureModel(
        kind: "heatmap",
        panels: [
            heat(
                ["100", "200", "400", "800", "1600", "3200"], ["0.8", "0.4", "0.0"],
                .init("Power", format: ".0%", domain: 0.05...0.97)
            ) { column, row in column == 1 && row == 1 ? nil : 0.05 + 0.92 * Double(column * (3 - row)) / 15 }
        ], summary: "Power grows.")

    /// So many cells that none holds its number.
    package static let contours: FigureModel = {
        let columns = (0..<40).map { "\($0)" }
        let rows = (0..<24).reversed().map { "\($0)" }
        return FigureModel(
            kind: "heatmap",
            panels: [
                heat(columns, rows, .init("Gain", format: "+.1f", domain: -0.8...0.8, middle: 0)) { column, row in
                    let (x, y) = (Double(column - 12) / 20, Double(row - 14) / 16)
                    return 0.8 * x * (1 - x * x) + y * 0.4
                }
            ], summary: "A ridge.")
    }()

    /// Two panels over a logarithmic axis with symbols, ribbons and a labelled reference.
    package static let study: FigureModel = {
        let x: [Double] = [1000, 5000, 20000, 100_000, 1_000_000]
        func panel(_ title: String, _ shift: Double) -> FigureModel.Panel {
            let names = ["naive", "tc", "jive", "liml"]
            let marks = names.enumerated().flatMap { place, name -> [FigureModel.Mark] in
                let series = FigureModel.Series(name: name, label: name == "naive" ? name : name.uppercased())
                let y = x.map { shift + (0.3 - 0.12 * Double(place)) * (1000 / $0).squareRoot() }
                return [
                    .ribbon(x: x, lower: y.map { $0 - 0.03 }, upper: y.map { $0 + 0.03 }, level: 0.66, series),
                    .line(x: x, y: y, series),
                    .points(
                        zip(x, y).map { .init(x: $0, y: $1, label: "\(name), \($0): \(hundredths($1))") }, series),
                ]
            }
            return .init(
                title: title, x: .init("Units per arm", scale: .log), y: .init("Bias of S1", null: 0),
                marks: [.ruleY(0.25, label: "limit", .init(name: "reference", isMuted: true))] + marks)
        }
        return FigureModel(
            kind: "lines", panels: [panel("No direct effects", 0), panel("Direct effects", 0.05)], columns: 2,
            summary: "Bias against units.")
    }()

    private static func hundredths(_ x: Double) -> String {
        let whole = Int((x * 100).rounded())
        let digits = String(whole.magnitude % 100)
        return (whole < 0 ? "−" : "") + "\(whole.magnitude / 100)." + (digits.count < 2 ? "0" : "") + digits
    }
}

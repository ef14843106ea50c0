import Results
import Values

/// What a `meta-analysis` shows where it is asked for a table: a row for each treatment of shared controls, the
/// coefficients of moderators, or one result line by line.
enum MetaAnalysisTable {
    static func make(_ parts: [MetaAnalysisPart], _ request: MetaAnalysisRequest, id: String) -> TableModel {
        if request.isNested { return comparison(parts, request, id: id) }
        let cells = ResultCells(parts.first?.value ?? .null, at: ResultPath([.name(id)]))
        return cells.value["coefficients"] == nil ? single(cells, request) : coefficients(cells, request)
    }

    // MARK: Several treatments of shared controls

    private static func comparison(
        _ parts: [MetaAnalysisPart], _ request: MetaAnalysisRequest, id: String
    ) -> TableModel {
        let percent = NumberText.percent(request.level)
        let spread = request.isPoint ? "se" : "sd"
        let isRegression = parts.contains { $0.value["coefficients"] != nil }
        let mean = isRegression ? ["coefficients", "intercept"] : ["mu"]
        let title = isRegression ? "intercept" : "μ"
        var columns: [TableModel.Column] = [.init("Control"), .init("Effects", .right)]
        columns += [.init("\(isRegression ? "Intercept" : title), \(percent) interval", .decimal)]
        columns += [.init("\(spread) of \(title)", .decimal), .init("τ, \(percent) interval", .decimal)]
        if !request.isPoint { columns.append(.init("sd of τ", .decimal)) }
        let rows = parts.map { part in
            let cells = ResultCells(part.value, at: ResultPath([.name(id), .name(part.name)]))
            var row: [TableModel.Cell] = [.text(EstimatorNames.short(part.name)), cells.cell(["count"], ",")]
            row += [cells.cell(mean, "interval .2f"), cells.cell(mean + [spread], ".3f")]
            row.append(cells.cell(["tau"], "interval .2f"))
            if !request.isPoint { row.append(cells.cell(["tau", spread], ".3f")) }
            return TableModel.Row(row)
        }
        return TableModel(columns: columns, rows: rows)
    }

    // MARK: One result

    private static func single(_ cells: ResultCells, _ request: MetaAnalysisRequest) -> TableModel {
        let percent = NumberText.percent(request.level)
        let isSampled = cells.value["mu"]?["rhat"] != nil
        var columns: [TableModel.Column] = [.init(""), .init("Estimate, \(percent) interval", .decimal)]
        if isSampled { columns += ["R̂", "Bulk ESS", "Tail ESS"].map { .init($0, .decimal) } }
        let rows = lines(request).compactMap { line -> TableModel.Row? in
            guard cells.has(line.path) else { return nil }
            var row: [TableModel.Cell] = [.text(line.label), cells.cell(line.path, line.format)]
            if isSampled {
                row += [("rhat", ".4f"), ("essBulk", ".0f"), ("essTail", ".0f")].map {
                    cells.cell(line.path + [$0.0], $0.1)
                }
            }
            return .init(row)
        }
        return TableModel(columns: columns, rows: rows)
    }

    /// Everything that a result can have in a line; what it has not is left out.
    private static func lines(_ request: MetaAnalysisRequest) -> [(label: String, path: [String], format: String)] {
        let threshold = NumberText.short(request.threshold)
        return [
            ("Mean effect μ", ["mu"], "interval .3g"),
            ("μ, robust within experiments", ["robust"], "interval .3g"), ("μ, p", ["mu", "p"], "p"),
            ("Probability that μ > \(threshold)", ["mu", "probabilityAbove"], ".3g"),
            ("Spread of true effects τ", ["tau"], "interval .3g"),
            ("τ between experiments", ["heterogeneity", "experiment"], "interval .3g"),
            ("τ between arms of one experiment", ["heterogeneity", "arm"], "interval .3g"),
            ("A new experiment's effect", ["prediction"], "interval .3g"),
            ("Probability that a new effect > \(threshold)", ["prediction", "probabilityAbove"], ".3g"),
            ("Bayes factor for τ = 0", ["bayesFactor", "tauZero"], ".3g"),
            ("Bayes factor for μ = 0", ["bayesFactor", "muZero"], ".3g"),
            ("I², share of variance that is not noise", ["i2"], ".0%"), ("Q", ["q", "statistic"], ".1f"),
            ("Q, degrees of freedom", ["q", "df"], ".0f"), ("Q, p", ["q", "p"], "p"),
            ("Degrees of freedom of the t law", ["law", "df"], ".3g"),
            ("Share of effects that are zero", ["law", "spike"], ".1%"),
            ("μ over redrawn arms, mean", ["repeats", "mu", "mean"], ".3g"),
            ("μ over redrawn arms, sd", ["repeats", "mu", "sd"], ".3g"),
            ("τ over redrawn arms, mean", ["repeats", "tau", "mean"], ".3g"),
            ("τ over redrawn arms, sd", ["repeats", "tau", "sd"], ".3g"),
            ("Effects", ["count"], ","),
        ]
    }

    // MARK: Moderators

    private static func coefficients(_ cells: ResultCells, _ request: MetaAnalysisRequest) -> TableModel {
        let percent = NumberText.percent(request.level)
        let columns: [TableModel.Column] = [
            .init(""), .init("Estimate, \(percent) interval", .decimal), .init("se", .decimal),
            .init("Statistic", .decimal), .init("p", .decimal),
        ]
        var rows = (cells.value["coefficients"]?.object ?? Object()).map { name, _ in
            let path = ["coefficients", name]
            return TableModel.Row([
                .text(name == "intercept" ? "Intercept" : name), cells.cell(path, "interval .3g"),
                cells.cell(path + ["se"], ".3g"), cells.cell(path + ["statistic"], ".2f"),
                cells.cell(path + ["p"], "p"),
            ])
        }
        let others: [(label: String, path: [String], format: String)] = [
            ("Residual spread τ", ["tau"], "interval .3g"),
            ("R², share of τ² explained", ["moderators", "r2"], ".0%"), ("Effects", ["count"], ","),
        ]
        rows.append(
            .init(
                [
                    .text("All moderators"), .empty, .empty, cells.cell(["moderators", "statistic"], ".2f"),
                    cells.cell(["moderators", "p"], "p"),
                ], beginsGroup: true))
        rows += others.filter { cells.has($0.path) }.map {
            .init([.text($0.label), cells.cell($0.path, $0.format), .empty, .empty, .empty])
        }
        return TableModel(columns: columns, rows: rows)
    }
}

/// Cells with numbers of one result.
struct ResultCells {
    let value: Value
    private let base: ResultPath

    init(_ value: Value, at base: ResultPath) {
        self.value = value
        self.base = base
    }

    func has(_ path: [String]) -> Bool {
        guard let found = value[ResultPath(path.map { .name($0) })] else { return false }
        return found != .null
    }

    func cell(_ path: [String], _ format: String) -> TableModel.Cell {
        let tail = ResultPath(path.map { .name($0) })
        guard let found = value[tail], found != .null else { return .empty }
        return .number(found, format: format, path: ResultPath(base.components + tail.components))
    }
}

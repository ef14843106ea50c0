import Estimation
import Results
import Values

/// What a `meta-analysis` shows where it is asked for a table: a row for each treatment of shared controls, the
/// coefficients of moderators, or one result line by line.
enum MetaAnalysisTable {
    static func make(
        _ parts: [(name: String, value: Value)], _ request: MetaAnalysisRequest, id: String
    ) -> TableModel {
        if request.isNested { return comparison(parts, request, id: id) }
        let cells = ResultCells(parts.first?.value ?? .null, at: ResultPath([.name(id)]))
        return cells.has("coefficients") ? CoefficientTable.make(cells, request) : single(cells, request)
    }

    // MARK: Several treatments of shared controls

    private static func comparison(
        _ parts: [(name: String, value: Value)], _ request: MetaAnalysisRequest, id: String
    ) -> TableModel {
        let percent = NumberText.percent(request.level)
        let candidates: [(title: String, path: ResultPath, format: String)] = [
            ("Intercept, \(percent) interval", "coefficients.intercept", "interval .3g"),
            ("SE of intercept", "coefficients.intercept.se", ".3g"), ("μ, \(percent) interval", "mu", "interval .3g"),
            ("SE of μ", "mu.se", ".3g"), ("SD of μ", "mu.sd", ".3g"), ("τ, \(percent) interval", "tau", "interval .3g"),
            ("SD of τ", "tau.sd", ".3g"), ("R̂ of τ", "tau.rhat", ".4f"), ("Location", "law.location", ".3g"),
            ("Scale", "law.scale", ".3g"), ("Degrees of freedom", "law.df", ".3g"),
            ("Share zero", "law.spike", ".1%"), ("Log-likelihood", "law.logLikelihood", ".2f"),
        ]
        let all = parts.map { ResultCells($0.value, at: ResultPath([.name(id), .name($0.name)])) }
        let shown = candidates.filter { candidate in all.contains { $0.has(candidate.path) } }
        return TableModel(
            columns: [.init("Control"), .init("Effects", .right)] + shown.map { .init($0.title, .decimal) },
            rows: zip(parts, all).map { part, cells in
                .init(
                    [.text(EstimatorNames.short(part.name)), cells.cell("count", ",")]
                        + shown.map { cells.cell($0.path, $0.format) })
            })
    }

    // MARK: One result

    private static func single(_ cells: ResultCells, _ request: MetaAnalysisRequest) -> TableModel {
        let isSampled = cells.has("mu.rhat")
        var columns: [TableModel.Column] = [.init("")]
        columns.append(.init("Estimate, \(NumberText.percent(request.level)) interval", .decimal))
        if isSampled { columns += ["R̂", "Bulk ESS", "Tail ESS"].map { .init($0, .decimal) } }
        let rows = lines(request).filter { cells.has($0.path) && !isDouble($0.path, cells) }.map { line in
            var row: [TableModel.Cell] = [.text(line.label), cells.cell(line.path, line.format)]
            if isSampled {
                row += [("rhat", ".4f"), ("essBulk", ",.0f"), ("essTail", ",.0f")].map {
                    cells.cell(line.path + $0.0, $0.1)
                }
            }
            return TableModel.Row(row)
        }
        return TableModel(columns: columns, rows: rows + laws(cells))
    }

    /// Of a Bayes factor and its logarithm the second is shown where the first leaves the range of numbers.
    private static func isDouble(_ path: ResultPath, _ cells: ResultCells) -> Bool {
        guard path.components.last == .name("log") else { return false }
        return cells.has(ResultPath(Array(path.components.dropLast())) + "estimate")
    }

    /// The normals of a fitted mixture, and how well each law fits.
    private static func laws(_ cells: ResultCells) -> [TableModel.Row] {
        let components: ResultPath = "law.components"
        let comparison: ResultPath = "law.comparison"
        let normals = (cells.value[components]?.list ?? []).enumerated().map { index, normal in
            let label = "Share of effects from a normal with SD \(NumberText.short(normal["sd"]?.number ?? 0))"
            return TableModel.Row([.text(label), cells.cell(components + index + "weight", ".1%")])
        }
        let laws = (cells.value[comparison]?.list ?? []).enumerated().map { index, law in
            let label = "AIC, \(EstimatorNames.short(law["name"]?.string ?? ""))"
            return TableModel.Row(
                [.text(label), cells.cell(comparison + index + "aic", ".1f")], beginsGroup: index == 0)
        }
        return normals + laws
    }

    /// Everything that a result can have in a line; what it has not is left out.
    private static func lines(
        _ request: MetaAnalysisRequest
    ) -> [(label: String, path: ResultPath, format: String)] {
        let threshold = NumberText.short(request.threshold)
        return [
            ("Mean effect μ", "mu", "interval .3g"), ("μ, robust within experiments", "robust", "interval .3g"),
            ("μ, p", "mu.p", "p"), ("Probability that μ > \(threshold)", "mu.probabilityAbove", ".3g"),
            ("Spread of true effects τ", "tau", "interval .3g"),
            ("τ between experiments", "heterogeneity.experiment", "interval .3g"),
            ("τ between arms of one experiment", "heterogeneity.arm", "interval .3g"),
            ("A new experiment's effect", "prediction", "interval .3g"),
            ("Probability that a new effect > \(threshold)", "prediction.probabilityAbove", ".3g"),
            ("Bayes factor for τ = 0", "bayesFactor.tauZero.estimate", ".3g"),
            ("Bayes factor for τ = 0, logarithm", "bayesFactor.tauZero.log", ".3g"),
            ("Bayes factor for μ = 0", "bayesFactor.muZero.estimate", ".3g"),
            ("Bayes factor for μ = 0, logarithm", "bayesFactor.muZero.log", ".3g"),
            ("I², share of variance that is not noise", "i2", ".0%"), ("Q", "q.statistic", ".1f"),
            ("Q, degrees of freedom", "q.df", ".0f"), ("Q, p", "q.p", "p"), ("Location", "law.location", ".3g"),
            ("Scale", "law.scale", ".3g"), ("Degrees of freedom", "law.df", ".3g"),
            ("Share of effects that are zero", "law.spike", ".1%"),
            ("Log-likelihood", "law.logLikelihood", ".2f"),
            ("μ over redrawn arms, mean", "repeats.mu.mean", ".3g"),
            ("μ over redrawn arms, SD", "repeats.mu.sd", ".3g"),
            ("τ over redrawn arms, mean", "repeats.tau.mean", ".3g"),
            ("τ over redrawn arms, SD", "repeats.tau.sd", ".3g"), ("Effects", "count", ","),
        ]
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

    func has(_ path: ResultPath) -> Bool { value[path].map { $0 != .null } ?? false }

    /// Empty where the result has not got it.
    func cell(_ path: ResultPath, _ format: String) -> TableModel.Cell {
        guard let found = value[path], found != .null else { return .empty }
        return .number(found, format: format, path: ResultPath(base.components + path.components))
    }
}

import Results
import Values

/// What a meta-analysis with moderators shows: its coefficients, their test as a whole, and what is left over.
enum CoefficientTable {
    static func make(_ cells: ResultCells, _ request: MetaAnalysisRequest) -> TableModel {
        let columns: [TableModel.Column] = [
            .init(""), .init("Estimate, \(NumberText.percent(request.level)) interval", .decimal),
            .init("SE", .decimal),
            .init("Statistic", .decimal), .init("p", .decimal),
        ]
        let own: ResultPath = "coefficients"
        let robust: ResultPath = "robust.coefficients"
        var rows = self.rows(of: own, "", cells)
        rows += self.rows(of: robust, ", robust within experiments", cells)
        rows.append(
            .init(
                [
                    .text("All moderators"), .empty, .empty, cells.cell("moderators.statistic", ".2f"),
                    cells.cell("moderators.p", ".3g"),
                ], beginsGroup: true))
        let others: [(label: String, path: ResultPath, format: String)] = [
            ("Residual spread τ", "tau", "interval .3g"),
            ("τ between experiments", "heterogeneity.experiment", "interval .3g"),
            ("τ between arms of one experiment", "heterogeneity.arm", "interval .3g"),
            ("R², share of τ² explained", "moderators.r2", ".0%"),
            ("Effects", "count", ","),
        ]
        rows += others.filter { cells.has($0.path) }.map {
            .init([.text($0.label), cells.cell($0.path, $0.format), .empty, .empty, .empty])
        }
        return TableModel(columns: columns, rows: rows)
    }

    private static func rows(of path: ResultPath, _ suffix: String, _ cells: ResultCells) -> [TableModel.Row] {
        (cells.value[path]?.object ?? Object()).enumerated().map { index, member in
            let row = path + member.key
            let name = member.key == "intercept" ? "Intercept" : member.key
            return TableModel.Row(
                [
                    .text(name + suffix), cells.cell(row, "interval .3g"), cells.cell(row + "se", ".3g"),
                    cells.cell(row + "statistic", ".2f"), cells.cell(row + "p", ".3g"),
                ], beginsGroup: index == 0 && !suffix.isEmpty)
        }
    }
}

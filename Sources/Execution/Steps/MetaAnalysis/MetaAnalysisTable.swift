import Results
import Values

/// What a `meta-analysis` shows where it is asked for a table: a row for each treatment of shared controls.
enum MetaAnalysisTable {
    static func make(
        _ values: [(name: String, value: Value)], isBayes: Bool, isNested: Bool, level: Double, id: String
    ) -> TableModel {
        isNested
            ? comparison(values, isBayes: isBayes, level: level, id: id)
            : single(values.first?.value ?? .null, isBayes: isBayes, level: level, id: id)
    }

    private static func comparison(
        _ values: [(name: String, value: Value)], isBayes: Bool, level: Double, id: String
    ) -> TableModel {
        let percent = NumberText.percent(level)
        let spread = isBayes ? "sd" : "se"
        var columns: [TableModel.Column] = [.init("Control"), .init("Effects", .right)]
        columns += [.init("μ, \(percent) interval", .decimal), .init("\(spread) of μ", .decimal)]
        columns.append(.init("τ, \(percent) interval", .decimal))
        if isBayes { columns.append(.init("sd of τ", .decimal)) }
        let rows = values.map { name, value in
            let base = ResultPath([.name(id), .name(name)])
            func cell(_ path: [String], _ format: String) -> TableModel.Cell {
                let tail = ResultPath(path.map { .name($0) })
                guard let found = value[tail] else { return .empty }
                return .number(found, format: format, path: ResultPath(base.components + tail.components))
            }
            var cells: [TableModel.Cell] = [.text(EstimatorNames.short(name)), cell(["count"], ",")]
            cells += [cell(["mu"], "interval .2f"), cell(["mu", spread], ".3f"), cell(["tau"], "interval .2f")]
            if isBayes { cells.append(cell(["tau", spread], ".3f")) }
            return TableModel.Row(cells)
        }
        return TableModel(columns: columns, rows: rows)
    }

    private static func single(_ value: Value, isBayes: Bool, level: Double, id: String) -> TableModel {
        let percent = NumberText.percent(level)
        var lines: [(label: String, path: [String], format: String)] = [
            ("Mean effect μ", ["mu"], "interval .3g"), ("Spread of true effects τ", ["tau"], "interval .3g"),
            ("A new experiment's effect", ["prediction"], "interval .3g"),
        ]
        if !isBayes {
            lines += [
                ("I², share of variance that is not noise", ["i2"], ".0%"), ("Q", ["q", "statistic"], ".1f"),
                ("Q, degrees of freedom", ["q", "df"], ".0f"), ("Q, p", ["q", "p"], "p"),
            ]
        }
        lines.append(("Effects", ["count"], ","))
        let rows = lines.compactMap { line -> TableModel.Row? in
            let tail = ResultPath(line.path.map { .name($0) })
            guard let found = value[tail] else { return nil }
            let path = ResultPath([.name(id)] + tail.components)
            return .init([.text(line.label), .number(found, format: line.format, path: path)])
        }
        return TableModel(columns: [.init(""), .init("Estimate, \(percent) interval", .decimal)], rows: rows)
    }
}

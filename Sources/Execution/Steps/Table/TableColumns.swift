import Diagnostics
import Documents
import Results
import Values

/// The columns of a table of results: those that the analysis writes, or all that a row has to show.
extension TableStep {
    /// A column as `columns` writes it: a path into each row with its format, or a mapping.
    struct ColumnSpec {
        /// What other options call it: the path, `key`, or what the analysis wrote.
        var name: String
        /// Empty for the row's key, and where the analysis wrote the rows.
        var path: ResultPath?
        var title: String
        var unit: String?
        var format: String?
        var alignment: TableModel.Alignment?
        var bar: TableModel.Bar?
        var note: OptionNode?
        /// Places among the table's notes.
        var notes: [Int] = []
        var range: SourceRange

        init(name: String, path: ResultPath? = nil, title: String, range: SourceRange) {
            self.name = name
            self.path = path
            self.title = title
            self.range = range
        }

        /// Of a table whose rows are written, too.
        init(written item: OptionNode) {
            let name = item.string ?? item["value"]?.string ?? ""
            self.init(name: name, title: item["title"]?.string ?? name, range: item.range)
            takeOptions(of: item)
        }

        fileprivate mutating func takeOptions(of item: OptionNode) {
            unit = item["unit"]?.string
            format = item["format"]?.string
            alignment = item["align"]?.string.flatMap { TableModel.Alignment(rawValue: $0) }
            bar = item["bar"].flatMap { TableModel.Bar($0) }
            note = item["note"]
        }
    }

    static func columns(_ context: inout StepContext) throws(StepFailure) -> [ColumnSpec]? {
        guard let node = context.options["columns"] else { return nil }
        var specs: [ColumnSpec] = []
        for item in node.items {
            let written = item.string ?? item["value"]?.string ?? ""
            let parts = written.split(separator: "|", maxSplits: 1).map { $0.trimming() }
            let path = parts.first.flatMap { ResultPath(parsing: $0) }
            guard let path else {
                throw context.fail(
                    .error(
                        .badColumn, "A table's column is a path into each row, with a format behind `|` if it has one",
                        at: item.range))
            }
            var spec = ColumnSpec(
                name: path.description, path: path.description == "key" ? nil : path,
                title: item["title"]?.string ?? heading(path), range: item.range)
            spec.takeOptions(of: item)
            if spec.format == nil, parts.count == 2 { spec.format = parts[1] }
            specs.append(spec)
        }
        return specs
    }

    // MARK: Where none are written

    /// Every member of a row that is a number, a text or an estimate, in the order in which rows have them first; in a
    /// list, of an object without an estimate its members.
    static func defaultColumns(_ entries: [Entry], _ range: SourceRange) -> [ColumnSpec] {
        let isKeyed = entries.first.map { Int($0.key) == nil } ?? false
        var specs: [ColumnSpec] = isKeyed ? [ColumnSpec(name: "key", title: "", range: range)] : []
        var known: Set<ResultPath> = []
        for entry in entries {
            for path in shownPaths(entry.value, depth: isKeyed ? 1 : 2) where known.insert(path).inserted {
                specs.append(
                    ColumnSpec(name: path.description, path: path, title: fullHeading(path), range: range))
            }
        }
        return specs
    }

    private static func shownPaths(_ row: Value, depth: Int) -> [ResultPath] {
        (row.object ?? Object()).flatMap { key, value -> [ResultPath] in
            let path = ResultPath([.name(key)])
            switch value {
            case .number, .string, .boolean: return [path]
            case .object(let object) where object["estimate"] != nil: return [path]
            case .object where depth > 1:
                return shownPaths(value, depth: depth - 1).map { ResultPath(path.components + $0.components) }
            case .list(let items) where key.lowercased().hasSuffix("interval") && items.count == 2: return [path]
            default: return []
            }
        }
    }

    /// Three significant digits where a column has a number that was computed; one of at most four digits was written.
    static func standardFormat(of spec: ColumnSpec, _ entries: [Entry]) -> String {
        guard let path = spec.path else { return "" }
        var isInterval = false
        for entry in entries {
            guard let value = entry.value[path] else { continue }
            if value["interval"] != nil || value.list != nil { isInterval = true }
            let number = value.number ?? value["estimate"]?.number ?? value.list?.first?.number
            if let number, !isWritten(number) { return isInterval ? "interval .3g" : ".3g" }
        }
        return isInterval ? "interval" : ""
    }

    private static func isWritten(_ number: Double) -> Bool {
        if number == number.rounded() { return true }
        let mantissa = Value.ecmaScript(number.magnitude).prefix { $0 != "e" }
        return mantissa.filter(\.isNumber).drop { $0 == "0" }.count <= 4
    }

    // MARK: Headings

    /// The last name of a path in words: `mu.tau.estimate` is "τ", `probabilityBest` "Probability best".
    static func heading(_ path: ResultPath) -> String { ResultName.names(of: path).last.map { $0.capitalised } ?? "" }

    /// All of a path in words: `correlation.least` is "Correlation, least".
    private static func fullHeading(_ path: ResultPath) -> String {
        let names = ResultName.names(of: path)
        guard let first = names.first else { return "" }
        return ([first.capitalised] + names.dropFirst().map(\.words)).joined(separator: ", ")
    }
}

extension TableModel.Bar {
    /// `true`, or a mapping; nil for `false`.
    fileprivate init?(_ node: OptionNode) {
        self.init()
        guard node.boolean != false else { return nil }
        lower = node["min"]?.number
        upper = node["max"]?.number
        if let number = node["null"]?.number { null = .at(number) }
        if node["null"]?.string == "none" { null = .none }
    }
}

/// A key of results, as a heading says it.
private struct ResultName {
    let words: String
    private let isTerm: Bool

    /// The names on a path; `estimate` behind another says nothing.
    static func names(of path: ResultPath) -> [ResultName] {
        var keys = path.components.compactMap { if case .name(let name) = $0 { name } else { nil } }
        if keys.last == "estimate", keys.count > 1 { keys.removeLast() }
        return keys.enumerated().map { index, key in
            // Below these stand names from the data.
            ResultName(key, isData: index > 0 && ["effects", "coefficients"].contains(keys[index - 1]))
        }
    }

    var capitalised: String { isTerm ? words : words.prefix(1).uppercased() + words.dropFirst() }

    private init(_ key: String, isData: Bool) {
        let term = isData ? key : ResultName.terms[key]
        isTerm = term != nil
        words = term ?? key.map { $0.isUppercase ? " \($0.lowercased())" : String($0) }.joined()
    }

    private static let terms = [
        "mu": "μ", "tau": "τ", "tauSquared": "τ²", "tauZero": "Bayes factor of τ = 0", "i2": "I²", "h2": "H²", "q": "Q",
        "p": "p", "df": "df", "se": "SE", "sd": "SD", "rhat": "R̂", "essBulk": "Bulk ESS", "essTail": "Tail ESS",
        "mcse": "MCSE", "cook": "Cook’s distance", "dffits": "DFFITS", "hat": "Hat value", "aic": "AIC",
        "logLikelihood": "Log-likelihood",
    ]
}

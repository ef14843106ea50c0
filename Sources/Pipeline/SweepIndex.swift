import Diagnostics
import Digests
import Documents
import Markdown
import Reports
import Results
import Values

/// The report that compares the reports of a sweep: a table with a row each, as the one result `sweep` of a document
/// made of the analysis's front matter.
struct SweepIndex {
    /// A report of the sweep and what became of it.
    struct Row {
        let member: SweepPlan.Member
        /// nil where it was built; else why not.
        let failure: String?
        /// By column; nil where the path leads nowhere in it.
        let values: [Value?]
        let sources: [DataSource]

        init(
            _ member: SweepPlan.Member, _ results: AnalysisResults, failure: String?, columns: [Sweep.Column]
        ) {
            self.member = member
            self.failure = failure
            let root = results.root
            values = columns.map { column in
                guard failure == nil, let value = root[column.path], value != .null else { return nil }
                return value
            }
            sources = results.results.flatMap(\.sources)
        }
    }

    let matter: FrontMatter
    let plan: SweepPlan
    let rows: [Row]
    /// The output of the analysis, below the output folder and without extension.
    let outputName: String
    private let columns: [Sweep.Column]
    private static let id = "sweep"

    init(_ matter: FrontMatter, _ plan: SweepPlan, _ rows: [Row], outputName: String) {
        self.matter = matter
        self.plan = plan
        self.rows = rows
        self.outputName = outputName
        columns = SweepIndex.columns(of: matter)
    }

    /// Those of `compare`, else the key numbers of the front matter.
    static func columns(of matter: FrontMatter) -> [Sweep.Column] {
        let asked = matter.sweep?.columns ?? []
        return asked.isEmpty ? matter.highlights.compactMap(Sweep.Column.init) : asked
    }

    /// Columns that lead somewhere in no report.
    func check(diagnostics: inout [Diagnostic]) {
        let built = rows.filter { $0.failure == nil }
        guard !built.isEmpty else { return }
        for (place, column) in columns.enumerated() where built.allSatisfy({ $0.values[place] == nil }) {
            diagnostics.append(
                .error(.pathToNothing, "'\(column.path)' leads to nothing in any report of the sweep", at: column.range)
            )
        }
    }

    /// - Parameter suffix: Of the files that the rows link to.
    func document(of source: AnalysisDocument) -> AnalysisDocument {
        let range = self.range
        let names = plan.axes.map(\.parameter.name)
        var front = matter
        if !front.title.isStatic { front.title = .plain(SweepIndex.lastPart(outputName), at: range) }
        let list = names.joined(separator: " and ")
        front.subtitle = .plain("\(rows.count) \(rows.count == 1 ? "report" : "reports") over \(list)", at: range)
        if front.abstract?.isStatic == false { front.abstract = nil }
        front.highlights = []
        let block = Node.CodeBlock(info: SweepIndex.id, literal: "", isFenced: true, bodyRange: range)
        let body = Node(.document, range: range, children: [Node(.codeBlock(block), range: range)])
        let directive = Directive(
            word: SweepIndex.id, id: SweepIndex.id, hasWrittenID: true, range: range, wordRange: range,
            options: OptionNode(.mapping([]), range: range), caption: nil, alt: nil, echo: .hidden, show: .table)
        return AnalysisDocument(
            source: source.source, includes: source.includes, frontMatter: front, body: body, directives: [directive])
    }

    /// `params` are those of the build; the swept ones differ from row to row.
    func results(seed: UInt64, params: Object, sample: UnitSample?, suffix: String) -> AnalysisResults {
        let swept = plan.axes.map(\.parameter.name)
        var sources: [DataSource] = []
        for source in rows.flatMap(\.sources) where !sources.contains(source) {
            sources.append(source)
        }
        let result = DirectiveResult(
            directive: SweepIndex.id, id: SweepIndex.id, range: range, inputs: [], sources: sources, values: values,
            table: table(suffix),
            warnings: rows.compactMap { row in
                row.failure.map { "The report with \(row.member.label) was not built: \($0)" }
            })
        return AnalysisResults(
            seed: seed, params: Object(params.filter { !swept.contains($0.key) }.map { ($0.key, $0.value) }),
            meta: Object(), sample: sample, results: [result])
    }

    private var range: SourceRange { plan.axes.first?.range ?? matter.range }

    private var values: Value {
        [
            "parameters": Value(plan.axes.map(\.parameter.name)),
            "compared": Value(columns.map(\.path.description)),
            "members": .list(
                rows.map { row in
                    let found = zip(columns, row.values).map { ($0.path.description, $1 ?? .null) }
                    return [
                        "params": .object(Object(row.member.params.map { ($0.name, $0.value) })),
                        "report": .string(link(to: row.member)), "built": .boolean(row.failure == nil),
                        "values": .object(Object(found)),
                    ]
                }),
        ]
    }

    private func table(_ suffix: String) -> TableModel {
        let hasFailures = rows.contains { $0.failure != nil }
        var heads = plan.axes.map {
            TableModel.Column(
                SweepIndex.escaped($0.parameter.name), $0.values.allSatisfy { $0.number != nil } ? .right : .left)
        }
        if hasFailures { heads.append(TableModel.Column("State")) }
        heads += columns.enumerated().map { place, column in
            let isText = rows.allSatisfy { $0.values[place]?.string != nil || $0.failure != nil }
            let title = column.title ?? SweepIndex.escaped(column.path.description)
            return TableModel.Column(title, isText ? .left : .decimal)
        }
        let cells = rows.enumerated().map { index, row in
            var cells: [TableModel.Cell] = row.member.params.map { name, value in
                guard row.failure == nil else { return .text(value.written) }
                let shown = value.written.isEmpty ? "–" : SweepIndex.escaped(value.written)
                return .markdown("[\(shown)](\(SweepIndex.encoded(link(to: row.member)))\(suffix))", at: range)
            }
            if hasFailures { cells.append(.text(row.failure == nil ? "built" : "not built")) }
            cells += zip(columns, row.values).map { cell($0, $1, index) }
            return TableModel.Row(cells)
        }
        return TableModel(columns: heads, rows: cells)
    }

    private func cell(_ column: Sweep.Column, _ value: Value?, _ index: Int) -> TableModel.Cell {
        guard let value else { return .empty }
        let format = column.format ?? NumberFormat()
        guard value.number != nil || value.object != nil || format.interval else { return .text(value.written) }
        let path = ResultPath([
            .name(SweepIndex.id), .name("members"), .index(index), .name("values"), .name(column.path.description),
        ])
        return .number(value, format: format.description, path: path)
    }

    // MARK: Links

    /// From the index's folder, without extension.
    private func link(to member: SweepPlan.Member) -> String { "\(SweepIndex.lastPart(outputName))/\(member.name)" }

    private static func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Text in which nothing is markup.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "!"..."/", ":"..."@", "["..."`", "{"..."~": out += "\\"
            default: break
            }
            out.unicodeScalars.append(scalar.properties.isWhitespace ? " " : scalar)
        }
        return out
    }

    /// A path as the destination of a link.
    private static func encoded(_ path: String) -> String {
        path.utf8.map { byte in
            if ResultPath.isPlain(byte) || [UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ".")].contains(byte) {
                return String(Unicode.Scalar(byte))
            }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }
}

extension Sweep.Column {
    /// The number of a highlight, where it is one.
    fileprivate init?(_ highlight: FrontMatter.Highlight) {
        guard highlight.value.values.count == 1, let value = highlight.value.values.values.first else { return nil }
        self.init(
            value.path, format: value.format, title: highlight.text.isStatic ? highlight.text.source : nil,
            at: value.range)
    }
}

extension RichText {
    /// Whether it says the same whatever the results are.
    fileprivate var isStatic: Bool { values.isEmpty && claims.isEmpty }
}

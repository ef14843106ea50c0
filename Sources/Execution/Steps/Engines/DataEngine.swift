import Datasets
package import Diagnostics
import Documents
import Engines
import Results
import Values
import Workspace

/// `data` with an engine: the engine is found and held to its fences, the query looked at by the engine itself, and nothing
/// read of it before a directive needs some.
struct DataEngine {
    let engine: any QueryEngine
    let query: String
    let files: [Frame.File]
    let parameters: QueryParameters
    /// What `source` of the query is, as of its current snapshot; nil without one.
    let table: SnapshotTable?

    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        let opened = try DataEngine(&context)
        let condition = try DataStep.predicate(&context)
        let table: QueryTable
        let snapshot: String?
        do throws(DataFault) {
            try opened.engine.looked(at: opened.query)
            snapshot = try opened.snapshot(&context)
            let checked = try opened.checked(at: snapshot, &context)
            try DataEngine.holdToNames(checked.columns, of: opened.engine.name)
            let pin = try opened.pin(snapshot, &context)
            let version: String
            if let told = checked.version { version = told } else { version = try opened.version(&context) }
            var made = QueryTable(opened.engine, version: version, checked, where: condition?.root, pin: pin)
            if let node = context.options["columns"] {
                for item in node.items
                where item.string.map({ name in !made.columns.contains { $0.name == name } }) == true {
                    throw DataFault(file: "", column: item.string, message: "There is no column \(item.string ?? "")")
                }
                made = made.selecting(made.columns(node.strings))
            }
            table = made
        } catch {
            let key = ["query", "table", "source"].first { context.options[$0] != nil } ?? "query"
            throw context.fail(.badQuery(error, at: context.range(of: key), columns: []))
        }
        try DataEngine.holdToColumns(condition, table, &context)
        var values: Object = [
            "engine": .string(table.engine.name), "version": .string(table.version),
            "columns": .list(table.columns.map { ["name": .string($0.name), "type": .string($0.kind.rawValue)] }),
        ]
        if let snapshot { values["snapshot"] = .string(snapshot) }
        var output = StepOutput(.object(values), artifact: .frame(Frame(table)))
        output.sources = try opened.sources(&context)
        output.table = TableModel(
            columns: [.init("Column"), .init("Type")],
            rows: table.columns.map { .init([.text($0.name), .text($0.kind.rawValue)]) })
        if output.sources.isEmpty, snapshot == nil {
            output.assumptions = [
                "The input is not pinned: nothing tells the state of the data that \(table.engine.name) was asked, and the same query may find other rows tomorrow."
            ]
        }
        if !opened.engine.addsInOrder {
            output.assumptions.append(
                "\(table.engine.name) adds numbers up in an order that changes: their last digits may differ from build to build."
            )
        }
        return output
    }

    // MARK: What results depend on

    /// Parts of the cache's key; none where nothing pins the data.
    static func keyParts(
        _ context: inout StepContext, _ digests: FileDigests
    ) throws(StepFailure) -> [(name: String, text: String)] {
        let opened = try DataEngine(&context)
        guard !opened.files.isEmpty || opened.table != nil || context.options["fresh"] != nil else { return [] }
        var parts: [(name: String, text: String)] = []
        do throws(DataFault) {
            try opened.engine.looked(at: opened.query)
            parts.append(("engine \(opened.engine.name)", try opened.version(&context)))
            if !opened.engine.addsInOrder { parts.append(("order", "changes")) }
            if let table = opened.table, let snapshot = try opened.snapshot(&context) {
                parts.append(("snapshot", table.pin(snapshot)))
            }
            if let fresh = try opened.freshness(&context) { parts.append(("fresh", fresh)) }
        } catch {
            throw StepFailure()
        }
        for file in opened.files {
            guard let digest = try? digests.digest(of: file.path) else { throw StepFailure() }
            parts.append(("file \(file.shown)", digest.sha256))
        }
        for (path, value) in opened.parameters.values { parts.append(("value \(path)", value.canonicalJSON)) }
        if let bindings = try DataStep.predicate(&context)?.bindings {
            for (path, value) in bindings.map({ ($0.description, $1.canonicalJSON) }).sorted(by: <) {
                parts.append(("value \(path)", value))
            }
        }
        return parts
    }

    /// Names an engine and what it has of the analysis, for questions to it.
    private func subject(_ context: StepContext) -> String {
        ([engine.name, context.options["connection"]?.string ?? ""] + files.map(\.path)).joined(separator: "\n")
    }

    private func checked(
        at snapshot: String?, _ context: inout StepContext
    ) throws(DataFault) -> CheckedQuery {
        let source = rows(at: snapshot)
        guard engine.tellsVersion(of: query) else { return try engine.checked(query, source: source) }
        let question = [
            query, parameters.row(engine.dialect) ?? "", source ?? "", context.directive.range.file.path,
            subject(context),
        ]
        return try context.engines.answers.checked(question.joined(separator: "\n")) { () throws(DataFault) in
            try engine.checked(query, source: source)
        }
    }

    /// Where an engine tells it with the columns, both are asked for at once.
    private func version(_ context: inout StepContext) throws(DataFault) -> String {
        if engine.tellsVersion(of: query), let told = try checked(at: try snapshot(&context), &context).version {
            return told
        }
        return try context.engines.answers.answer(to: "version\n\(engine.name)") { () throws(DataFault) in
            try engine.version()
        }
    }

    private func snapshot(_ context: inout StepContext) throws(DataFault) -> String? {
        guard let table else { return nil }
        return try context.engines.answers.answer(to: "\(table.pin(""))\n\(subject(context))") { () throws(DataFault) in
            try engine.snapshot(of: table)
        }
    }

    private func rows(at snapshot: String?) -> String? {
        guard let table, let snapshot else { return nil }
        return engine.dialect.rows(of: table, at: snapshot)
    }

    private func pin(_ snapshot: String?, _ context: inout StepContext) throws(DataFault) -> String? {
        if !files.isEmpty { return files.map(\.shown).joined(separator: ", ") }
        if let table, let snapshot { return table.pin(snapshot) }
        return try freshness(&context).map { "fresh: \($0)" }
    }

    /// What the freshness query finds: its rows as text.
    private func freshness(_ context: inout StepContext) throws(DataFault) -> String? {
        guard let fresh = context.options["fresh"]?.string else { return nil }
        let source = rows(at: try snapshot(&context))
        return try context.engines.answers.answer(to: "fresh\n\(fresh)\n\(subject(context))") { () throws(DataFault) in
            let checked = try engine.checked(fresh, source: source)
            var rows: [String] = []
            let expected = ExpectedRows(columns: checked.columns.count, areFew: true)
            try engine.read("select * from (\n\(checked.text)\n) as q", expected) { (record) throws(DataFault) in
                guard rows.count < 1000 else { throw .engine(engine.name, "`fresh` finds a few rows, not thousands") }
                rows.append(
                    (0..<record.count).map {
                        record.isAbsent($0) ? "-" : String(decoding: record.cell($0), as: UTF8.self)
                    }
                    .joined(separator: " "))
            }
            return rows.joined(separator: "; ")
        }
    }

    private func sources(_ context: inout StepContext) throws(StepFailure) -> [DataSource] {
        var sources: [DataSource] = []
        for file in files {
            guard let digest = try? context.digests.digest(of: file.path) else {
                throw context.fail(
                    .error(.unreadableFile, "\(file.shown) cannot be read", at: context.range(of: "source")))
            }
            sources.append(DataSource(path: file.shown, bytes: digest.bytes, sha256: digest.sha256))
        }
        return sources
    }

    // MARK: Checks

    private static func holdToNames(_ columns: [RowSourceColumn], of engine: String) throws(DataFault) {
        var known: Set<String> = []
        if let twice = columns.first(where: { !known.insert($0.name).inserted }) {
            throw .engine(engine, "The columns of a query have different names, and \(twice.name) stands twice")
        }
        if columns.contains(where: { $0.name.isEmpty }) { throw .engine(engine, "The columns of a query have names") }
    }

    private static func holdToColumns(
        _ condition: Predicate?, _ table: QueryTable, _ context: inout StepContext
    ) throws(StepFailure) {
        do throws(DataFault) {
            try table.checkConditions()
        } catch {
            throw context.fail(
                .badQuery(error, at: context.range(of: "where"), columns: table.columns.map(\.name)))
        }
    }
}

extension Diagnostic {
    /// What an engine or its client had to say, at the query.
    static func badQuery(_ fault: DataFault, at range: SourceRange, columns: [String]) -> Diagnostic {
        guard let words = fault.engine else { return .badData(fault, at: range, columns: columns) }
        return .error(.badQuery, fault.message, at: range, notes: words.map { .init($0) })
    }
}

extension DiagnosticCode {
    package static let unknownEngine = DiagnosticCode(520, "unknown-engine")
    package static let untrustedEngine = DiagnosticCode(521, "untrusted-engine")
    package static let missingClient = DiagnosticCode(522, "missing-client")
    static let badQuery = DiagnosticCode(523, "bad-query")
}

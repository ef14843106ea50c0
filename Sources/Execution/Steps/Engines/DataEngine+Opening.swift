package import Datasets
import Diagnostics
package import Documents
import Engines
import Workspace

/// Which engine a `data` directive means, and what it may do.
extension DataEngine {
    init(_ context: inout StepContext) throws(StepFailure) {
        guard let name = context.options["engine"]?.string else { throw StepFailure() }
        let settings = context.engines.settings(of: name)
        let range = context.range(of: "engine")
        guard settings != nil || EngineSettings.builtIn.contains(name) else {
            let names = EngineSettings.builtIn + context.engines.settings.map(\.name)
            let near = nearestWord(to: name, among: names)
            throw context.fail(
                .error(
                    .unknownEngine, "There is no engine \(name)", at: range,
                    notes: [
                        .init("engines: \(names.joined(separator: ", "))"),
                        .init("`engines` in report.yaml names others"),
                    ],
                    fixIts: near.map { [.init("did you mean \($0)?", replacing: range, with: $0)] } ?? []))
        }
        let needsTrust = !["duckdb", "sqlite"].contains(name) || settings?.command.isEmpty == false
        guard !needsTrust || context.engines.isTrusted else {
            throw context.fail(
                .error(
                    .untrustedEngine, "The engine \(name) works only in a trusted project", at: range,
                    notes: [
                        .init("it would run a program, or ask a database, with your rights and credentials"),
                        .init(
                            "look at report.yaml and the analysis, then say `report trust`, or `--trust` for one build"),
                    ]))
        }
        files = context.options["source"] == nil ? [] : try DataStep.engineFiles(&context)
        let text = context.options["query"]?.string
        if context.directive.options["query"]?.scalar?.reference != nil {
            throw context.fail(
                .error(
                    .badQuery, "A query is written in the analysis, its values alone come from elsewhere",
                    at: context.range(of: "query")))
        }
        do throws(QueryParameters.Fault) {
            parameters = try QueryParameters(text ?? DuckDBEngine.allRows, root: context.root)
        } catch {
            let node = context.options["query"]
            throw context.fail(
                .error(.badQuery, error.message, at: node?.range(ofOffset: error.offset, in: text ?? "") ?? range))
        }
        query = parameters.text
        engine = try DataEngine.engine(name, settings, files, parameters, &context)
        table = try DataEngine.table(of: engine, &context)
    }

    /// The table that `source` of the query is.
    private static func table(
        of engine: any QueryEngine, _ context: inout StepContext
    ) throws(StepFailure) -> SnapshotTable? {
        guard let node = context.options["table"], let name = node.string,
            let format = context.options["snapshot"]?.string.flatMap(SnapshotTable.Format.init)
        else { return nil }
        guard let table = SnapshotTable(format, named: name) else {
            throw context.fail(
                .error(.badQuery, "A table is named as `catalog.schema.table`", at: node.range))
        }
        guard engine.dialect.currentSnapshot(of: table) != nil else {
            throw context.fail(
                .error(
                    .badQuery, "\(engine.name) reads no table as of a snapshot", at: context.range(of: "snapshot"),
                    notes: [.init("Spark and Trino do; `fresh` tells of the state of any other")]))
        }
        if let query = context.options["query"], query.string?.lowercased().contains("source") == false {
            throw context.fail(
                .error(
                    .badQuery, "A query with 'table' reads `source`, which is that table as of its snapshot",
                    at: query.range))
        }
        return table
    }

    private static func engine(
        _ name: String, _ settings: EngineSettings?, _ files: [Frame.File], _ parameters: QueryParameters,
        _ context: inout StepContext
    ) throws(StepFailure) -> any QueryEngine {
        let seconds = settings?.seconds ?? 600
        let memory = EngineMemory(gigabytes: settings?.memory)
        let threads = settings?.threads ?? 1
        func tables(_ dialect: SQLDialect) -> [String] {
            parameters.row(dialect).map { ["create temp view report_parameters as \($0)"] } ?? []
        }
        switch name {
        case "sqlite":
            guard files.count == 1 else {
                throw context.fail(
                    .error(.badQuery, "SQLite reads one database", at: context.range(of: "source")))
            }
            return SQLiteEngine(
                path: files[0].path, shown: files[0].shown, setup: tables(.sqlite), seconds: Int(seconds.rounded(.up)),
                memory: memory)
        case "duckdb":
            let extensions = Set(files.map { Paths.pathExtension(of: $0.path) })
            let isDatabase = extensions.count == 1 && DuckDBSource.databases.contains(extensions.first ?? "")
            var view: String?
            if isDatabase {
                guard files.count == 1 else {
                    throw context.fail(.error(.badQuery, "DuckDB reads one database", at: context.range(of: "source")))
                }
            } else if let own = extensions.first {
                view = extensions.count == 1 ? DuckDBSource.view(of: files.map(\.path), extension: own) : nil
                guard view != nil else {
                    throw context.fail(
                        .error(
                            .unknownDataFormat,
                            "DuckDB reads files of one kind by their extension: .parquet, .csv, .tsv, .jsonl, or one .duckdb",
                            at: context.range(of: "source")))
                }
            }
            let (program, processes) = try client(settings?.command.first ?? "duckdb", of: "duckdb", &context)
            let folder = Paths.parent(of: Paths.joined(context.project.root, context.directive.range.file.path))
            return DuckDBEngine(
                program: program, processes: processes, database: isDatabase ? files.first?.path : nil,
                root: files.isEmpty ? context.project.root : nil, files: isDatabase ? [] : files.map(\.path),
                view: view,
                parameters: tables(.duckdb), folder: folder, seconds: seconds, memory: memory,
                threads: threads)
        case "postgres" where settings?.command.isEmpty != false:
            return PostgresEngine(
                connection: context.options["connection"]?.string, parameters: parameters.row(.postgres),
                seconds: seconds, threads: threads)
        default:
            let settings = settings ?? EngineSettings(name: name, range: context.range(of: "engine"))
            let dialect = SQLDialect(rawValue: settings.dialect ?? name) ?? .trino
            let (program, processes) = try client(settings.command.first ?? "spark-sql", of: name, &context)
            // The client is who the user is to the engine, so it sees what the user's programs see.
            let command = ProcessCommand(program, [], environment: context.workspace.environment, seconds: seconds)
            let arguments = Array(settings.command.dropFirst())
            if settings.isSpark {
                return SparkEngine(
                    name, processes: processes, command: command, arguments: arguments,
                    source: try sparkSource(files, &context), parameters: parameters.row(dialect))
            }
            guard files.isEmpty else {
                throw context.fail(
                    .error(.badQuery, "The client of \(name) is given no files", at: context.range(of: "source")))
            }
            return CommandEngine(
                name, dialect: dialect, processes: processes, command: command, arguments: arguments,
                form: settings.rowForm, parameters: parameters.row(dialect))
        }
    }

    private static func sparkSource(
        _ files: [Frame.File], _ context: inout StepContext
    ) throws(StepFailure) -> [String] {
        guard !files.isEmpty else { return [] }
        let extensions = Set(files.map { Paths.pathExtension(of: $0.path) })
        guard extensions.count == 1, let own = extensions.first,
            let statements = SparkSource.statements(of: files.map(\.path), extension: own)
        else {
            throw context.fail(
                .error(
                    .unknownDataFormat,
                    "Spark reads files of one kind by their extension: .parquet, .csv, .tsv, .jsonl",
                    at: context.range(of: "source")))
        }
        return statements
    }

    /// A program of the machine.
    static func client(
        _ command: String, of engine: String, _ context: inout StepContext
    ) throws(StepFailure) -> (program: String, processes: any ProcessRunner) {
        let program =
            command.hasPrefix("/") ? command : context.workspace.program(command, outside: context.project)
        guard let program, let processes = context.workspace.processes else {
            throw context.fail(
                .error(
                    .missingClient,
                    "The engine \(engine) needs its client, \(command), which is not on the search path",
                    at: context.range(of: "engine"),
                    notes: engine == "duckdb" ? [.init("`pip install duckdb-cli` puts it there")] : []))
        }
        return (program, processes)
    }
}

extension EngineSettings {
    /// What the engine's client prints.
    package var rowForm: RowForm {
        switch output {
        case .csv: .delimited(UInt8(ascii: ","), null: null ?? "")
        case .tsv: .delimited(UInt8(ascii: "\t"), null: null ?? "")
        case .jsonl: .objects
        }
    }
}

import Datasets
package import Diagnostics
import Documents
import Engines
import Execution
import Workspace

/// The engine that generated units are written by.
package struct UnitDataEngine: Sendable {
    /// As `engine` of a `data` directive names it.
    package var name: String
    package var table: String
    /// The file to write, of an engine that has one; of another, the file of what is true. nil for the table's name.
    package var out: String?
    /// Of PostgreSQL.
    package var connection: String?
    /// Whether the project is trusted for this run.
    package var trusts = false

    package init(name: String, table: String) {
        self.name = name
        self.table = table
    }
}

extension UnitDataFile {
    /// Writes the rows of the csv file into a new table, and beside it what is true of them.
    ///
    /// - Parameter replaces: Whether files, or the table, that are there may be written over.
    /// - Returns: What was written, as people call it.
    package func write(
        into engine: UnitDataEngine, replaces: Bool, trust: Trust
    ) throws(Diagnostic) -> [String] {
        guard let table = NewTable(engine.table, columns: units.columns) else {
            throw .error(
                .dataTarget, "A table's name is a word, or a schema's and a table's with a dot between", at: nil)
        }
        switch engine.name {
        case "sqlite":
            return try writeFile(engine, ["sqlite", "db", "sqlite3"], table, replaces) { SQLiteWriter(path: $0) }
        case "duckdb":
            let (program, processes) = try client("duckdb", of: "duckdb")
            return try writeFile(engine, ["parquet"] + DuckDBSource.databases, table, replaces) { path in
                DuckDBWriter(
                    program: program, processes: processes, files: workspace.files, path: path,
                    isDatabase: Paths.pathExtension(of: path) != "parquet")
            }
        default: return try writeTable(engine, table, replaces, trust)
        }
    }

    // MARK: Files

    /// Writes a file under another name beside its own, which it takes once it is whole.
    private func writeFile(
        _ engine: UnitDataEngine, _ endings: [String], _ table: NewTable, _ replaces: Bool,
        _ writer: (_ path: String) -> any TableWriter
    ) throws(Diagnostic) -> [String] {
        guard let out = engine.out else {
            throw .error(.dataTarget, "\(engine.name) writes a file, which --out names", at: nil)
        }
        let path = try place(out, endings: endings)
        let beside = UnitDataFile.truth(beside: path)
        try requireFree([path, beside], replaces: replaces)
        // Its reader would take them for changes of the new file.
        for log in [path + "-wal", path + "-journal", path + ".wal"] where workspace.files.linkStatus(of: log) != nil {
            throw .error(
                .dataTarget, "Changes of an older database lie at \(Paths.relative(log, to: workspace.workingFolder))",
                at: nil, notes: [.init("--out names another file")])
        }
        let files = workspace.files
        let staged = Paths.joined(Paths.parent(of: path), FileContent.stagingPrefix + Paths.lastComponent(of: path))
        defer { for left in ["", "-journal", ".wal"] { try? files.remove(staged + left) } }
        do {
            try files.remove(staged)
            // Its folder is made with it.
            try files.write(staged) { nil }
            if engine.name == "duckdb" { try files.remove(staged) }
            try writer(staged).write(table, replaces: false, units.pieces())
            if files.linkStatus(of: path) == nil {
                try files.move(staged, to: path)
            } else {
                try files.exchange(staged, path)
            }
        } catch let fault as DataFault {
            throw .unwritten(fault)
        } catch let error as FileError {
            throw .unwritableData(error)
        } catch {
            throw .error(.unwritableOutput, "The data cannot be written: \(error)", at: nil)
        }
        try writeTruth(to: beside)
        return [path, beside].map { Paths.relative($0, to: workspace.workingFolder) }
    }

    // MARK: Tables

    /// Writes a table by a database or client of a trusted project.
    private func writeTable(
        _ engine: UnitDataEngine, _ table: NewTable, _ replaces: Bool, _ trust: Trust
    ) throws(Diagnostic) -> [String] {
        let here = Paths.joined(workspace.workingFolder, ProjectSettings.fileName)
        let project = try Project.containing(here, in: workspace).get()
        var found: [Diagnostic] = []
        let settings = ProjectSettings.load(of: project, in: workspace, diagnostics: &found)
        if let fault = found.first(where: { $0.severity == .error }) { throw fault }
        let own = settings.engines.first { $0.name == engine.name }
        guard own != nil || engine.name == "postgres" else {
            let names = ["duckdb", "sqlite", "postgres"] + settings.engines.map(\.name)
            throw .error(
                .unknownEngine, "No engine \(engine.name) keeps tables", at: nil,
                notes: [
                    .init("engines: \(names.joined(separator: ", "))"), .init("`engines` in report.yaml names others"),
                ])
        }
        guard engine.trusts || trust.isTrusted(project) else {
            throw .error(
                .untrustedEngine, "The engine \(engine.name) works only in a trusted project", at: nil,
                notes: [.init("look at report.yaml, then say `report trust`, or `--trust` for this run")])
        }
        let name = engine.table.replacing("/", with: "-")
        let beside = Paths.normalised(workspace.absolute(engine.out ?? "\(name).truth.json"))
        guard beside.hasSuffix(".truth.json") else {
            throw .error(
                .dataTarget, "The file of what is true of a table's units ends in .truth.json", at: nil,
                notes: [.init("--table names the table, --out this file")])
        }
        try requireFree([beside], replaces: replaces)
        let writer = try writer(engine, own)
        do throws(DataFault) {
            try writer.write(table, replaces: replaces, units.pieces())
        } catch {
            throw .unwritten(error)
        }
        try writeTruth(to: beside)
        return ["table \(engine.table) of \(engine.name)", Paths.relative(beside, to: workspace.workingFolder)]
    }

    private func writer(_ engine: UnitDataEngine, _ settings: EngineSettings?) throws(Diagnostic) -> any TableWriter {
        guard let settings, !settings.command.isEmpty else {
            guard engine.name == "postgres" else {
                throw .error(
                    .unknownEngine, "The built-in client of \(engine.name) keeps no tables", at: nil,
                    notes: [.init("`engines` in report.yaml names a command that does")])
            }
            return PostgresWriter(connection: engine.connection)
        }
        let (program, processes) = try client(settings.command[0], of: engine.name)
        let dialect = SQLDialect(rawValue: settings.dialect ?? engine.name) ?? .trino
        return CommandWriter(
            CommandEngine(
                engine.name, dialect: dialect, processes: processes,
                command: ProcessCommand(
                    program, [], environment: workspace.environment, seconds: settings.seconds),
                arguments: Array(settings.command.dropFirst()), form: settings.rowForm, parameters: nil))
    }

    private func client(
        _ command: String, of engine: String
    ) throws(Diagnostic) -> (program: String, processes: any ProcessRunner) {
        let here = Paths.joined(workspace.workingFolder, ProjectSettings.fileName)
        let project = try Project.containing(here, in: workspace).get()
        let program = command.hasPrefix("/") ? command : workspace.program(command, outside: project)
        guard let program, let processes = workspace.processes else {
            throw .error(
                .missingClient,
                "The engine \(engine) needs its client, \(command), which is not on the search path", at: nil,
                notes: engine == "duckdb" ? [.init("`pip install duckdb-cli` puts it there")] : [])
        }
        return (program, processes)
    }
}

extension Diagnostic {
    /// What an engine said to a table.
    fileprivate static func unwritten(_ fault: DataFault) -> Diagnostic {
        let isThere = fault.engine?.contains { $0.contains("already exists") } == true
        return .error(
            .dataTarget, isThere ? "A table of that name is there already" : fault.message, at: nil,
            notes: (fault.engine ?? []).map { .init($0) }
                + (isThere ? [.init("--table names another, --force takes this one away first")] : []))
    }
}

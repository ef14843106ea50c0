import Datasets
import Diagnostics
import Documents
import Results
import Values
import Workspace

/// `data`: finds its files, reads them once, and hands on a frame that is read again where it is used.
enum DataStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        if context.options["engine"] != nil { return try DataEngine.run(&context) }
        var frame = try DataStep.frame(&context)
        let survey: FrameSurvey
        do {
            survey =
                if let early = context.early?.survey(of: &frame) { early } else {
                    try FrameSurvey(of: &frame, in: context.workspace.files)
                }
        } catch {
            let key = error.column.map { frame.filter?.columns.contains($0) == true } == true ? "where" : "source"
            throw context.fail(.badData(error, at: context.range(of: key), columns: frame.columns))
        }
        guard survey.rows > 0 else {
            throw context.fail(
                .error(.emptyData, "Data has at least one row", at: context.range(of: "source")))
        }
        guard survey.kept > 0 else {
            throw context.fail(
                .error(
                    .emptyData, "A condition keeps at least one row", at: context.range(of: "where"),
                    notes: [.init("none of \(survey.rows) rows fulfils it")]))
        }
        let kept = try columns(&context, survey)
        var output = StepOutput(
            [
                "rows": Value(survey.rows), "kept": Value(survey.kept),
                "columns": .list(
                    kept.map {
                        ["name": .string($0.name), "type": .string($0.kind.rawValue), "missing": Value($0.missing)]
                    }),
            ], artifact: .frame(frame))
        output.sources = zip(frame.files, frame.fingerprints).map {
            DataSource(path: $0.shown, bytes: $1.bytes, sha256: $1.sha256)
        }
        output.table = TableModel(
            columns: [.init("Column"), .init("Type"), .init("Missing", .right)],
            rows: kept.enumerated().map { index, column in
                .init([
                    .text(column.name), .text(column.kind.rawValue),
                    .number(
                        Value(column.missing), format: ",",
                        path: ResultPath([
                            .name(context.directive.id), .name("columns"), .index(index), .name("missing"),
                        ])),
                ])
            })
        return output
    }

    /// The files, condition and marks of a `data` directive, before anything is read.
    ///
    /// - Parameter known: What is known of a file's bytes.
    static func frame(
        _ context: inout StepContext, known: (FileDigests, String) -> Frame.Known? = { $0.known($1) }
    ) throws(StepFailure) -> Frame {
        let files = try DataStep.files(&context, known: known)
        let filter = try predicate(&context)
        return Frame(files: files, missing: context.options["missing"]?.strings ?? [""], filter: filter)
    }

    /// The files that `source` of an engine names, whatever their format.
    static func engineFiles(_ context: inout StepContext) throws(StepFailure) -> [Frame.File] {
        try files(&context, isEngines: true) { _, _ in nil }
    }

    private static func files(
        _ context: inout StepContext, isEngines: Bool = false, known: (FileDigests, String) -> Frame.Known?
    ) throws(StepFailure) -> [Frame.File] {
        guard let source = context.options["source"] else { throw StepFailure() }
        var files: [Frame.File] = []
        for node in source.items {
            guard let written = node.string else { continue }
            var paths = [written]
            if Glob.isPattern(written) {
                let folder = Paths.parent(of: Paths.joined(context.project.root, node.range.file.path))
                let fixed = written.split(separator: "/").prefix { !Glob.isPattern(String($0)) }.joined(separator: "/")
                guard !written.hasPrefix("/"),
                    Paths.isInside(Paths.normalised(Paths.joined(folder, fixed)), context.project.root)
                else {
                    throw context.fail(
                        .error(.outsideProject, "An analysis reads nothing outside its project", at: node.range))
                }
                paths = Glob.matches(written, in: folder, files: context.workspace.files).map {
                    Paths.relative($0, to: folder)
                }
                if paths.isEmpty {
                    throw context.fail(.error(.missingFile, "No file matches \(written)", at: node.range))
                }
            }
            for path in paths { files.append(try file(path, node, isEngines, known, &context)) }
        }
        return files
    }

    private static func file(
        _ written: String, _ node: OptionNode, _ isEngines: Bool, _ known: (FileDigests, String) -> Frame.Known?,
        _ context: inout StepContext
    ) throws(StepFailure) -> Frame.File {
        switch context.project.resolve(written, from: node.range.file, in: context.workspace, at: node.range) {
        case .failure(let diagnostic): throw context.fail(diagnostic)
        case .success(let path):
            // The engine looks at the extension itself.
            if isEngines { return Frame.File(path: path, shown: context.project.shown(path), format: .csv) }
            let written = context.options["format"]?.string ?? Paths.pathExtension(of: path)
            guard let format = Frame.Format(rawValue: written == "ndjson" ? "jsonl" : written) else {
                throw context.fail(
                    .error(
                        .unknownDataFormat, "A data file is read by its extension: .csv, .tsv or .jsonl",
                        at: node.range,
                        notes: [
                            .init(
                                written == "parquet"
                                    ? "`engine: duckdb` reads Parquet"
                                    : "`format: csv` says it for a file with another name")
                        ]))
            }
            return Frame.File(
                path: path, shown: context.project.shown(path), format: format, known: known(context.digests, path))
        }
    }

    /// The condition of `where`, its `{params.x}` bound.
    static func predicate(_ context: inout StepContext) throws(StepFailure) -> Predicate? {
        guard let node = context.options["where"], let text = node.string else { return nil }
        let root = context.root
        do throws(PredicateFault) {
            return try Predicate(parsing: text) { $0.root == "params" ? root[$0] : nil }
        } catch {
            throw context.fail(.error(.badCondition, error.message, at: node.range(ofOffset: error.offset, in: text)))
        }
    }

    /// The columns that `columns` names, or all.
    private static func columns(
        _ context: inout StepContext, _ survey: FrameSurvey
    ) throws(StepFailure) -> [FrameSurvey.Column] {
        guard let node = context.options["columns"] else { return survey.columns }
        var kept: [FrameSurvey.Column] = []
        for item in node.items {
            guard let name = item.string else { continue }
            guard let column = survey.columns.first(where: { $0.name == name }) else {
                throw context.fail(.missingColumn(name, known: survey.columns.map(\.name), at: item.range))
            }
            kept.append(column)
        }
        return kept
    }
}

extension OptionNode {
    /// Every text that it holds: among them the names of all columns that are used.
    var texts: Set<String> {
        var found: Set<String> = []
        func visit(_ node: OptionNode) {
            switch node.content {
            case .scalar: if let text = node.string { found.insert(text) }
            case .list(let items): items.forEach(visit)
            case .mapping(let entries):
                for entry in entries {
                    // `at` names columns by keys, and so does what is bounded.
                    found.insert(entry.key)
                    visit(entry.value)
                }
            }
        }
        visit(self)
        return found
    }

    /// From a byte of the scalar's text to its end, where the scalar stands in the source as it reads; else all of it.
    func range(ofOffset offset: Int, in text: String) -> SourceRange {
        let written = Array(range.text.utf8)
        guard let start = written.firstRange(of: Array(text.utf8))?.lowerBound else { return range }
        let lower = range.lower + start + min(offset, max(0, text.utf8.count - 1))
        return SourceRange(file: range.file, lower: lower, upper: range.lower + start + text.utf8.count)
    }
}

extension Diagnostic {
    /// A fault of a data file, at the option that led to it.
    static func badData(_ fault: DataFault, at range: SourceRange, columns: [String] = []) -> Diagnostic {
        if fault.engine != nil { return .badQuery(fault, at: range, columns: columns) }
        if let column = fault.column, fault.line == nil, fault.message.hasPrefix("There is no column") {
            return .missingColumn(column, known: columns, at: range)
        }
        return .error(.badData, fault.message, at: range, notes: [.init("at \(fault.place)")])
    }

    static func missingColumn(_ name: String, known: [String], at range: SourceRange) -> Diagnostic {
        let near = nearestWord(to: name, among: known)
        return .error(
            .missingColumn, "There is no column \(name) in the data", at: range,
            notes: [.init("columns: " + known.prefix(30).joined(separator: ", ") + (known.count > 30 ? ", …" : ""))],
            fixIts: near.map { [.init("did you mean \($0)?", replacing: range, with: $0)] } ?? [])
    }
}

extension DiagnosticCode {
    static let badData = DiagnosticCode(501, "bad-data")
    static let missingColumn = DiagnosticCode(502, "missing-column")
    static let emptyData = DiagnosticCode(503, "empty-data")
    static let unknownDataFormat = DiagnosticCode(504, "unknown-data-format")
    static let badCondition = DiagnosticCode(505, "bad-condition")
}

import Diagnostics
import Digests
import Documents
import Ledger
import Reports
import Results
import Values
import Workspace

extension Build {
    /// What a report that was written came to, for the audit trail.
    ///
    /// - Parameters:
    ///   - files: What was written, by its path in the output folder.
    ///   - inputs: What was read beside source, includes and data.
    func facts(
        of report: Report, _ analysis: Analysis, files: [(path: String, bytes: [UInt8])], digests: [String],
        inputs: [LedgerEntry.File], _ diagnostics: [Diagnostic]
    ) -> BuildFacts {
        let provenance = report.provenance
        let includes = report.document.includes.map { LedgerEntry.File(of: $0) } + inputs
        let entry = LedgerEntry(
            analysis: analysis.shown, report: analysis.outputName, time: "",
            source: LedgerEntry.File(of: report.document.source), includes: includes.uniqueByPath,
            data: provenance.sources.map { LedgerEntry.File(path: $0.path, bytes: $0.bytes, sha256: $0.sha256) }
                .uniqueByPath,
            parameters: provenance.params, seed: provenance.seed, options: recorded(provenance.queries),
            tool: LedgerEntry.Tool(version: ToolVersion.current, build: nil), results: provenance.resultsDigest,
            record: "",
            files: zip(files, digests).map { LedgerEntry.File(path: $0.path, bytes: $0.bytes.count, sha256: $1) },
            claims: report.orderedClaims.map {
                LedgerEntry.Claim(
                    path: $0.path.description, text: $0.text, condition: $0.condition, holds: $0.holds)
            },
            notices: diagnostics.map(LedgerEntry.Notice.init))
        let record = EntryRecord(of: report)
        var whole = entry
        whole.record = record.digest
        return BuildFacts(whole, record)
    }

    /// What was asked of the build, and what of engines.
    private func recorded(_ queries: [QueryProvenance]) -> Object {
        var object = options.recorded
        if !queries.isEmpty { object["queries"] = .list(queries.map(\.value)) }
        return object
    }
}

extension LedgerEntry.File {
    /// A text as it was read.
    init(of source: SourceFile) {
        self.init(path: source.path, source.utf8)
    }

    init(path: String, _ bytes: some Collection<UInt8>) {
        self.init(path: path, bytes: bytes.count, sha256: Digests.sha256(bytes))
    }
}

extension [LedgerEntry.File] {
    /// Each file once, by the bytes of its path.
    var uniqueByPath: [LedgerEntry.File] {
        var known: Set<String> = []
        return filter { known.insert($0.path).inserted }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}

extension LedgerEntry.Notice {
    init(_ diagnostic: Diagnostic) {
        let place = diagnostic.range.map { "\($0.file.path):\($0.start.line):\($0.start.column)" }
        self.init(
            code: diagnostic.code.description, severity: diagnostic.severity.rawValue, message: diagnostic.message,
            place: place)
    }
}

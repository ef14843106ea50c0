package import Diagnostics
import Documents
import Ledger
import Values
import Workspace

/// A build as its results file tells it: the numbers by the same rules as those of an entry.
extension ComparedBuild {
    /// - Parameters:
    ///   - path: Absolute.
    ///   - name: As it was typed.
    init(resultsFile path: String, named name: String, in workspace: WorkspaceContext) throws(Diagnostic) {
        let file: Value
        do throws(FileError) {
            file = try ResultsFiles.read(path, named: name, in: workspace)
        } catch {
            throw ComparedBuild.unreadable(name, error.reason)
        }
        guard file["schema"] == 1, let analysis = file["analysis"]?.string, let results = file["results"]?.object,
            let digest = file["sourceDigest"]?.string, let seed = file["seed"]?.number
        else { throw ComparedBuild.unreadable(name, "it has not the members of a results file") }
        let claims = (file["claims"]?.list ?? []).compactMap { claim -> LedgerEntry.Claim? in
            guard let path = claim["path"]?.string, let text = claim["text"]?.string,
                let holds = claim["holds"]?.boolean
            else { return nil }
            return LedgerEntry.Claim(path: path, text: text, holds: holds)
        }
        // Cells of tables stand among the numbers, at the first line of their directive, where no prose can be.
        let lines = Set(results.compactMap { $0.value["line"]?.number })
        let prose = (file["numbers"]?.list ?? []).filter { number in
            number["column"] != 1 || number["line"]?.number.map { lines.contains($0) } != true
        }
        let quoted = (prose.compactMap { $0["path"]?.string } + claims.map(\.path)).compactMap {
            ResultPath(parsing: $0)
        }
        let record = EntryRecord(
            of: results.map { ($0.key, $0.value["directive"]?.string ?? "", $0.value["values"] ?? .null) },
            quoted: quoted)
        var data: [LedgerEntry.File] = []
        for source in results.flatMap({ $0.value["sources"]?.list ?? [] }).compactMap(LedgerEntry.File.init)
        where !data.contains(source) { data.append(source) }
        self.init(
            name: name, report: Project(root: "/").outputName(of: "/" + analysis), numbers: record.numbers,
            claims: claims, source: LedgerEntry.File(path: analysis, bytes: 0, sha256: digest), data: data,
            parameters: file["params"]?.object ?? [:], seed: String(UInt64(exactly: seed) ?? 0))
    }

    private static func unreadable(_ name: String, _ reason: String) -> Diagnostic {
        .error(
            .unreadableResults, "Builds are compared by an entry of the trail or a results file, which \(name) is not",
            at: nil, notes: [.init(reason)])
    }
}

extension DiagnosticCode {
    package static let unreadableResults = DiagnosticCode(863, "unreadable-results")
}

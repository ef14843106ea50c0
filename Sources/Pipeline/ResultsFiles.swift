package import Diagnostics
import Digests
import Documents
package import Values
package import Workspace

/// What a results file tells of one report, for those who use its numbers and do not build it.
package struct PublishedResults: Sendable {
    /// The report's name: `experiments/proxy`.
    package var name: String
    /// `Analyses/experiments/proxy.md`
    package var analysis: String
    package var sourceDigest: String
    /// By directive: `directive`, `digest`, `values` and the like.
    package var results: Object
}

/// Results files, read again.
package enum ResultsFiles {
    /// A results file may take 256 MiB.
    private static let limit = 256 << 20
    /// Folders of outputs whose JSON is of other kinds.
    private static let others: Set<String> = ["audit", "site"]

    /// - Parameter name: As it was typed.
    static func read(_ path: String, named name: String, in workspace: WorkspaceContext) throws(FileError) -> Value {
        let bytes = try workspace.files.contents(of: path, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileError(path: path, reason: "it is not UTF-8 text")
        }
        do throws(JSONReader.Fault) {
            return try JSONReader.read(SourceFile(path: name, text: text)).value
        } catch {
            throw FileError(path: path, reason: error.message)
        }
    }

    /// The results files of these paths: files themselves, folders with all in them, analyses by what was built of them.
    ///
    /// JSON in a folder that is no results file is passed over. One whose numbers do not have the digest that stands beside
    /// them was changed by hand and is refused.
    /// - Parameters:
    ///   - paths: None for all of the output folder.
    ///   - output: The folder that analyses are built to; nil for `output` in their project.
    package static func published(
        _ paths: [String], output: String? = nil, in workspace: WorkspaceContext
    ) -> (results: [PublishedResults], diagnostics: [Diagnostic]) {
        var finder = ResultsFinder(workspace: workspace, output: output)
        if paths.isEmpty { finder.addOutput() }
        for path in paths { finder.add(path) }
        var results: [PublishedResults] = []
        var diagnostics = finder.diagnostics
        for file in finder.files {
            do throws(Diagnostic) {
                if let read = try published(file, in: workspace) { results.append(read) }
            } catch {
                diagnostics.append(error)
            }
        }
        return (results, diagnostics)
    }

    private static func published(
        _ file: ResultsFinder.File, in workspace: WorkspaceContext
    ) throws(Diagnostic) -> PublishedResults? {
        let value: Value
        do throws(FileError) {
            value = try read(file.path, named: file.label, in: workspace)
        } catch {
            guard file.isNamed else { return nil }
            throw .unusableResults(file.label, error.reason)
        }
        guard value["schema"] == 1, let analysis = value["analysis"]?.string, let results = value["results"]?.object,
            let digest = value["sourceDigest"]?.string
        else {
            guard file.isNamed else { return nil }
            throw .unusableResults(file.label, "it has not the members of a results file")
        }
        for (id, result) in results {
            guard let values = result["values"], result["digest"]?.string == values.digest else {
                throw .unusableResults(file.label, "the values of \(id) are not those that were built")
            }
        }
        return PublishedResults(name: file.name, analysis: analysis, sourceDigest: digest, results: results)
    }

    static func isOther(_ folder: String) -> Bool { others.contains(folder) || folder.hasSuffix("_files") }
}

extension Diagnostic {
    static func unusableResults(_ name: String, _ reason: String) -> Diagnostic {
        .error(
            .unusableResults, "Models come from results files that are as they were built, which \(name) is not",
            at: nil,
            notes: [.init(reason)])
    }
}

extension DiagnosticCode {
    package static let unusableResults = DiagnosticCode(971, "unusable-results")
}

package import Diagnostics
import Digests
import Documents
import Workspace

extension SourceLoader {
    /// The works of the files that front matter names, by the project's path rules, and those files' digests.
    func bibliography(
        of document: AnalysisDocument, diagnostics: inout [Diagnostic]
    ) -> (works: Bibliography, files: [(path: String, bytes: Int, sha256: String)]) {
        var works = Bibliography()
        var files: [(path: String, bytes: Int, sha256: String)] = []
        let front = document.frontMatter
        for written in front.bibliography {
            let place = front.range.first(written) ?? front.range
            let found = project.resolve(written, from: front.range.file, in: workspace, at: place).flatMap {
                text($0, at: place)
            }
            switch found {
            case .failure(let diagnostic): diagnostics.append(diagnostic)
            case .success(let file):
                files.append((file.path, file.utf8.count, sha256(file.utf8)))
                let form = BibliographyFile(path: written)
                let (entries, faults) = form.read(file)
                diagnostics += faults.prefix(20).map {
                    .error(
                        .malformedBibliography, "A bibliography is \(form.name), and \(written) is not quite",
                        at: place,
                        notes: [.init($0.message, at: $0.range)])
                }
                if entries.isEmpty, faults.isEmpty {
                    diagnostics.append(
                        .warning(.malformedBibliography, "A bibliography has entries; \(written) has none", at: place))
                }
                diagnostics += works.add(entries).map {
                    .warning(
                        .malformedBibliography, "A key of a bibliography is its own; the second '\($0)' is left out",
                        at: place)
                }
            }
        }
        return (works, files)
    }
}

extension DiagnosticCode {
    package static let malformedBibliography = DiagnosticCode(126, "malformed-bibliography")
}

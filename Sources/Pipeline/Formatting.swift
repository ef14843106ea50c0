package import Diagnostics
import Documents
package import Workspace

/// Analyses and what they include, brought into form: `report fmt`.
package enum Formatting {
    /// A file that was looked at.
    package struct Outcome: Sendable {
        package var project: Project
        /// From the project's root.
        package var shown: String
        /// nil where the file is in form, or nothing of it can be read.
        package var edit: SourceEdits.FileEdit?
        /// What stands in the way.
        package var diagnostics: [Diagnostic]
    }

    /// The files that the paths name, and those that they include, each once, in that order; nothing is written.
    package static func run(
        _ paths: [String], in workspace: WorkspaceContext
    ) -> (general: [Diagnostic], outcomes: [Outcome]) {
        var general: [Diagnostic] = []
        let analyses = Analysis.find(paths, in: workspace, diagnostics: &general)
        var outcomes: [Outcome] = []
        var seen: Set<String> = []
        for analysis in analyses {
            let project = analysis.project
            let loader = SourceLoader(workspace: workspace, project: project)
            switch loader.text(analysis.path, at: nil) {
            case .failure(let diagnostic):
                outcomes.append(Outcome(project: project, shown: analysis.shown, diagnostics: [diagnostic]))
            case .success(let source):
                // What else is wrong with the analysis is for `report check` to say.
                var ignored: [Diagnostic] = []
                let document = AnalysisDocument.parse(source, includes: loader.include, diagnostics: &ignored)
                for file in [source] + (document?.includes ?? []) {
                    let real = workspace.files.realPath(of: Paths.joined(project.root, file.path)) ?? file.path
                    guard seen.insert(real).inserted else { continue }
                    let (edit, diagnostics) = Formatting.edit(of: file)
                    outcomes.append(
                        Outcome(project: project, shown: file.path, edit: edit, diagnostics: diagnostics))
                }
            }
        }
        return (general, outcomes)
    }

    /// A text that lies in no file: it in form, the edit that brings it there, and what stands in the way.
    package static func text(
        _ bytes: [UInt8], named name: String
    ) -> (text: String?, edit: SourceEdits.FileEdit?, diagnostics: [Diagnostic]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (nil, nil, [.error(.invalidUTF8, "An analysis is UTF-8 text", at: nil)])
        }
        let (edit, diagnostics) = Formatting.edit(of: SourceFile(path: name, text: text))
        return (edit?.after ?? text, edit, diagnostics)
    }

    /// The edit that brings a text into form. One that would change what it means is none.
    package static func edit(of source: SourceFile) -> (edit: SourceEdits.FileEdit?, diagnostics: [Diagnostic]) {
        let (fixes, diagnostics) = DocumentFormatter.fixes(of: source)
        guard let edit = SourceEdits.plan(fixes).first else { return (nil, diagnostics) }
        let after = SourceFile(path: source.path, text: edit.after)
        guard DocumentMeaning.isSame(source, after) else {
            return (nil, diagnostics + [.formattingChangesMeaning(fixes[0].range)])
        }
        return (edit, diagnostics)
    }
}

package import Diagnostics
import Documents
import Markdown
import Typesetting
import Values
package import Workspace

/// A notebook made into an analysis: Markdown cells as they are, code in fences that run nothing, pictures in files beside.
package struct NotebookImport {
    private let workspace: WorkspaceContext
    /// Whether outputs of code cells are taken over.
    private let keepsOutputs: Bool
    private static let sizeLimit = 256 << 20

    package init(in workspace: WorkspaceContext, keepsOutputs: Bool = true) {
        self.workspace = workspace
        self.keepsOutputs = keepsOutputs
    }

    /// Writes the analysis and its pictures, all or nothing.
    ///
    /// - Parameters:
    ///   - typed: The notebook, as a person names it.
    ///   - target: The analysis to write; beside the notebook under its name where nil.
    ///   - replaces: Whether an analysis that is there may be written over.
    /// - Returns: The files' absolute paths, and what could not be taken over as it was.
    package func run(
        _ typed: String, to target: String?, replaces: Bool
    ) throws(Diagnostic) -> (files: [String], diagnostics: [Diagnostic]) {
        guard let path = workspace.existingPath(typed), workspace.files.status(of: path)?.kind == .file else {
            throw .error(.missingFile, "There is no notebook \(typed)", at: nil)
        }
        let out = try self.target(target, of: path, replaces: replaces)
        let name = String(Paths.lastComponent(of: out).dropLast(3))
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try workspace.files.contents(of: path, limit: NotebookImport.sizeLimit)
        } catch {
            throw .error(.unreadableFile, "The file \(typed) cannot be read: \(error.reason)", at: nil)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .error(.malformedNotebook, "A notebook is UTF-8 text, which \(typed) is not", at: nil)
        }
        let notebook = try Notebook(SourceFile(path: typed, text: text))
        var pictures = NotebookPictures(files: workspace.files, notebook: path, folder: "\(name)_files")
        var draft = NotebookDraft(notebook, name: name, keepsOutputs: keepsOutputs, pictures: &pictures)
        let diagnostics = draft.settle(shown: Paths.lastComponent(of: out), Typesetter(in: workspace))
        let folder = Paths.parent(of: out)
        let files =
            [FileContent(path: out, bytes: Array(draft.text.utf8))]
            + pictures.taken.map { FileContent(path: Paths.joined(folder, $0.path), bytes: $0.bytes) }
        do throws(FileError) {
            try workspace.files.replace(files)
        } catch {
            throw .error(.unwritableOutput, "The analysis cannot be written: \(error.path): \(error.reason)", at: nil)
        }
        return (files.map(\.path), diagnostics)
    }

    private func target(_ target: String?, of notebook: String, replaces: Bool) throws(Diagnostic) -> String {
        let stem = Paths.lastComponent(of: notebook).split(separator: ".").dropLast().joined(separator: ".")
        let own = Paths.joined(Paths.parent(of: notebook), (stem.isEmpty ? "notebook" : stem) + ".md")
        let path = target.map { Paths.normalised(workspace.absolute($0)) } ?? own
        guard path.hasSuffix(".md"), Paths.lastComponent(of: path).utf8.count > 3 else {
            throw .error(.importTarget, "An analysis is a file that ends in .md; \(target ?? path) does not", at: nil)
        }
        switch workspace.files.linkStatus(of: path)?.kind {
        case nil: break
        case .file where replaces: break
        case .file:
            throw .error(
                .importTarget, "\(Paths.relative(path, to: workspace.workingFolder)) is there already", at: nil,
                notes: [.init("--to names another file, --force writes over this one")])
        default: throw .error(.importTarget, "Something that is no file stands at \(target ?? path)", at: nil)
        }
        return path
    }
}

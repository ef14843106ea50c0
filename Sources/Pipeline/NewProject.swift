package import BuiltInTemplates
package import Diagnostics
import Values
package import Workspace

/// A project made from a template.
package enum NewProject {
    /// Writes the project into a folder that is not there yet or is empty, all of it or nothing.
    ///
    /// - Parameter path: Where; its last part is the name of the project and of its analysis.
    /// - Returns: The files' absolute paths.
    package static func make(
        _ path: String, from template: ProjectTemplate, in workspace: WorkspaceContext
    ) throws(Diagnostic) -> [String] {
        let folder = Paths.normalised(workspace.absolute(path))
        let name = Paths.lastComponent(of: folder)
        guard isName(name) else {
            throw .error(
                .projectName, "A project's name has letters, digits, '-' and '_', and begins with no '-'", at: nil,
                notes: [.init("this one is called '\(name)'")])
        }
        switch workspace.files.linkStatus(of: folder)?.kind {
        case nil: break
        case .folder where (try? workspace.files.names(in: folder)) == []: break
        case .folder: throw .error(.projectExists, "A new project begins in an empty folder; \(path) is not", at: nil)
        default: throw .error(.projectExists, "Something that is no folder stands at \(path)", at: nil)
        }
        let files = template.files.map { file in
            FileContent(
                path: Paths.joined(folder, file.path.replacing("{{name}}", with: name)),
                bytes: Array(file.text.replacing("{{name}}", with: name).utf8))
        }
        do throws(FileError) {
            try workspace.files.replace(files)
        } catch {
            throw .error(.unwritableOutput, "The project cannot be written: \(error.path): \(error.reason)", at: nil)
        }
        return files.map(\.path)
    }

    /// Letters and digits of ASCII, so that the name is a file's name everywhere and a link in Markdown.
    private static func isName(_ name: String) -> Bool { ResultPath.isPlain(name) && !name.hasPrefix("-") }
}

extension DiagnosticCode {
    package static let projectName = DiagnosticCode(128, "project-name")
    package static let projectExists = DiagnosticCode(129, "project-exists")
}

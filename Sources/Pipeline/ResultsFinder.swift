import Diagnostics
import Workspace

/// Finds results files by what a person names.
struct ResultsFinder {
    struct File {
        /// Absolute.
        var path: String
        /// As a person would write it.
        var label: String
        /// The report's name.
        var name: String
        /// Whether it was named itself, so that it must be one.
        var isNamed: Bool
    }

    /// Folders of reports are not deeper than this.
    private static let deepest = 32

    let workspace: WorkspaceContext
    let output: String?
    private(set) var files: [File] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(workspace: WorkspaceContext, output: String?) {
        self.workspace = workspace
        self.output = output
    }

    mutating func add(_ typed: String) {
        guard let existing = workspace.existingPath(typed), let path = workspace.files.realPath(of: existing),
            let kind = workspace.files.status(of: path)?.kind
        else {
            diagnostics.append(.error(.missingFile, "There is no file or folder \(typed)", at: nil))
            return
        }
        if kind == .folder {
            walk(path, name: "", depth: 0)
        } else if Paths.pathExtension(of: path) == "md" {
            addAnalysis(path, typed)
        } else {
            let last = Paths.lastComponent(of: path)
            insert(path, name: last.hasSuffix(".json") ? String(last.dropLast(5)) : last, isNamed: true)
        }
    }

    /// All that the project of the working folder has built; nothing where it has not.
    mutating func addOutput() {
        if let output { return add(output) }
        switch Project.containing(Paths.joined(workspace.workingFolder, "report.yaml"), in: workspace) {
        case .failure(let diagnostic): diagnostics.append(diagnostic)
        case .success(let project): walk(Paths.joined(project.root, "output"), name: "", depth: 0)
        }
    }

    private mutating func addAnalysis(_ path: String, _ typed: String) {
        switch Project.containing(path, in: workspace) {
        case .failure(let diagnostic): diagnostics.append(diagnostic)
        case .success(let project):
            let name = project.outputName(of: path)
            let folder = output.map { workspace.absolute($0) } ?? Paths.joined(project.root, "output")
            let file = Paths.joined(folder, name + ".json")
            guard workspace.files.status(of: file)?.kind == .file else {
                diagnostics.append(
                    .error(
                        .unusableResults, "Models come from reports that are built, and \(typed) is not", at: nil,
                        notes: [.init("report build \(typed) builds it")]))
                return
            }
            insert(file, name: name, isNamed: true)
        }
    }

    private mutating func walk(_ folder: String, name: String, depth: Int) {
        guard depth < Self.deepest, let entries = try? workspace.files.names(in: folder) else { return }
        for entry in entries.sorted() where !entry.hasPrefix(".") {
            let path = Paths.joined(folder, entry)
            let inner = name.isEmpty ? entry : name + "/" + entry
            switch workspace.files.linkStatus(of: path)?.kind {
            case .folder:
                if !ResultsFiles.isOther(entry) { walk(path, name: inner, depth: depth + 1) }
            case .file:
                if entry.hasSuffix(".json") { insert(path, name: String(inner.dropLast(5)), isNamed: false) }
            default: break
            }
        }
    }

    private mutating func insert(_ path: String, name: String, isNamed: Bool) {
        guard !files.contains(where: { $0.path == path }) else { return }
        files.append(
            File(path: path, label: Paths.relative(path, to: workspace.workingFolder), name: name, isNamed: isNamed))
    }
}

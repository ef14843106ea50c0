import Publishing
import Workspace

/// The project of a documentation tool that a folder lies in.
struct DocumentationProject {
    /// Absolute.
    let folder: String
    /// The name of the tool's settings in it.
    let settingsName: String
    /// The folder of its documents as the settings name it.
    let name: String
    private let settings: String

    /// The nearest one upwards; nil where there is none, or where its documents lie elsewhere.
    init?(of tool: DocumentationTool, around place: String, _ files: any FileSystem) {
        var folder = place
        while true {
            let found = tool.settings.first { files.linkStatus(of: Paths.joined(folder, $0))?.kind == .file }
            if let found, let bytes = try? files.contents(of: Paths.joined(folder, found), limit: 1 << 22),
                let text = String(validating: bytes, as: UTF8.self)
            {
                (self.folder, settingsName, settings) = (folder, found, text)
                name = tool == .mkdocs ? MkDocsNavigation.documents(text) : "docs"
                guard Paths.isInside(place, documents) || place == folder else { return nil }
                return
            }
            let parent = Paths.parent(of: folder)
            if parent == folder { return nil }
            folder = parent
        }
    }

    /// Absolute.
    var documents: String { Paths.normalised(Paths.joined(folder, name)) }

    /// A folder's path from the documents' root, with `/` at its end; empty for the root itself.
    func prefix(of place: String) -> String {
        guard place != documents, Paths.isInside(place, documents) else { return "" }
        return Paths.relative(place, to: documents) + "/"
    }

    /// The tool's settings with the entries between the lines that are there for them; nil without such lines.
    func updated(with tree: NavigationTree, _ files: any FileSystem) -> (path: String, text: String)? {
        MkDocsNavigation.updated(settings, tree).map { (Paths.joined(folder, settingsName), $0) }
    }
}

import Documents

/// A tool in whose documents pages are published.
package enum DocumentationTool: String, Sendable, Hashable, CaseIterable {
    case mkdocs
    case docusaurus

    var flavour: MarkdownFlavour {
        switch self {
        case .mkdocs: .mkdocs
        case .docusaurus: .docusaurus
        }
    }

    /// Files that tell where the tool's own project is.
    var settings: [String] {
        switch self {
        case .mkdocs: ["mkdocs.yml", "mkdocs.yaml"]
        case .docusaurus: ["js", "ts", "mjs", "cjs"].map { "docusaurus.config." + $0 }
        }
    }
}

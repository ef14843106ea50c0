/// The tool that a Markdown output is written for: they differ in callouts, anchors, and what needs escaping.
package enum MarkdownFlavour: String, Sendable, CaseIterable {
    /// A forge: GitHub, GitLab, Forgejo.
    case github
    /// MkDocs, with Material's extensions.
    case mkdocs
    /// Docusaurus, whose Markdown is MDX.
    case docusaurus
    /// Sphinx with MyST.
    case myst
    /// A cell of a Jupyter notebook.
    case notebook

    /// Those that a person may choose for a report.
    package static let choices: [MarkdownFlavour] = [.github, .mkdocs, .docusaurus, .myst]
}

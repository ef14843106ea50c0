package import Diagnostics

/// Where a project's `report.yaml` says that its site and its pages are published.
package struct PublishSettings: Sendable {
    /// A place as written, and where that stands.
    package struct Place: Sendable {
        package var text: String
        package var range: SourceRange

        package init(text: String, range: SourceRange) {
            self.text = text
            self.range = range
        }
    }

    package var folder: Place?
    package var git: Place?
    /// Of the repository; nil for `gh-pages`.
    package var branch: String?
    package var keepsHistory = true
    package var rsync: Place?
    package var mkdocs: Place?
    package var docusaurus: Place?

    /// Those of a project that says nothing.
    package init() {}

    /// Where the first of them stands; nil where there are none.
    package var range: SourceRange? { [folder, git, rsync, mkdocs, docusaurus].compactMap(\.self).first?.range }
}

extension PublishSettings {
    static let keys: [KeySchema] = [
        KeySchema("folder", .string, "A folder for the site, from the project's root."),
        KeySchema(
            "git",
            .union([
                .string,
                .mapping([
                    KeySchema(
                        "remote", .string, required: true,
                        "A remote of the project's repository, an https:// or ssh:// address, HOST:PATH or a folder."),
                    KeySchema("branch", .string, default: "gh-pages", "The branch that is the site."),
                    KeySchema(
                        "history", .boolean, default: "true",
                        "Whether each publication is a commit after those before, or the only one."),
                ]),
            ]),
            "A repository for the site, by its remote or with a branch."),
        KeySchema("rsync", .string, "Where rsync writes the site: [USER@]HOST:FOLDER."),
        KeySchema("mkdocs", .string, "A folder in the documents of MkDocs, from the project's root."),
        KeySchema("docusaurus", .string, "A folder in the documents of Docusaurus, from the project's root."),
    ]

    /// What is wrong was diagnosed by the keys, and is left out.
    init(reading node: OptionNode) {
        func place(_ key: String, _ node: OptionNode) -> Place? {
            guard let written = node[key], let text = written.string, !text.isEmpty else { return nil }
            return Place(text: text, range: written.range)
        }
        folder = place("folder", node)
        rsync = place("rsync", node)
        mkdocs = place("mkdocs", node)
        docusaurus = place("docusaurus", node)
        if let written = node["git"], !written.entries.isEmpty {
            git = place("remote", written)
            branch = place("branch", written)?.text
            keepsHistory = written["history"]?.boolean ?? true
        } else {
            git = place("git", node)
        }
    }
}

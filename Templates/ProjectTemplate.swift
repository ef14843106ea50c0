/// A project to begin with, as `report new` makes it. `{{name}}` in its files stands for the project's name.
package enum ProjectTemplate: String, CaseIterable, Sendable {
    case proxy
    case shrinkage
    case blank

    /// Its files by their paths in the project.
    package var files: [(path: String, text: String)] {
        let own: [(String, [UInt8])] =
            switch self {
            case .proxy:
                [
                    ("Analyses/{{name}}.md", PackageResources.proxy_analysis_txt),
                    ("Analyses/data/README.md", PackageResources.proxy_data_txt),
                    ("Analyses/data/arms.csv", PackageResources.proxy_csv),
                ]
            case .shrinkage:
                [
                    ("Analyses/{{name}}.md", PackageResources.shrinkage_analysis_txt),
                    ("Analyses/data/README.md", PackageResources.shrinkage_data_txt),
                    ("Analyses/data/effects.csv", PackageResources.shrinkage_csv),
                ]
            case .blank:
                [
                    ("Analyses/{{name}}.md", PackageResources.blank_analysis_txt),
                    ("Analyses/data/README.md", PackageResources.blank_data_txt),
                ]
            }
        let common = [
            ("README.md", PackageResources.readme_txt), (".gitignore", PackageResources.gitignore_txt),
            (".gitattributes", PackageResources.gitattributes_txt),
        ]
        return (own + common).map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    }
}

/// The pages of a publication as a documentation tool's navigation has them: folders with pages and folders in them.
package struct NavigationTree: Sendable, Hashable {
    package struct Page: Sendable, Hashable {
        /// From the root of the tool's documents, with its extension.
        package var path: String
        package var title: String

        package init(path: String, title: String) {
            self.path = path
            self.title = title
        }
    }

    package private(set) var pages: [Page] = []
    /// In the order in which their first pages came.
    package private(set) var folders: [(name: String, tree: NavigationTree)] = []

    package static func == (a: NavigationTree, b: NavigationTree) -> Bool {
        a.pages == b.pages && a.folders.map(\.name) == b.folders.map(\.name)
            && a.folders.map(\.tree) == b.folders.map(\.tree)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(pages)
        for folder in folders {
            hasher.combine(folder.name)
            hasher.combine(folder.tree)
        }
    }

    /// - Parameter prefix: The folder that the pages' own folders lie in, with `/` at its end, or empty.
    package init(_ pages: [Page], below prefix: String = "") {
        for page in pages {
            let rest = page.path.hasPrefix(prefix) ? page.path.dropFirst(prefix.count) : page.path[...]
            guard let slash = rest.firstIndex(of: "/") else {
                self.pages.append(page)
                continue
            }
            let name = String(rest[..<slash])
            if folders.contains(where: { $0.name == name }) { continue }
            let inner = prefix + name + "/"
            folders.append((name, NavigationTree(pages.filter { $0.path.hasPrefix(inner) }, below: inner)))
        }
    }

    /// What people call a folder: `early-results` is “Early results”.
    package static func label(_ folder: String) -> String {
        let words = folder.split { $0 == "-" || $0 == "_" || $0 == " " }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

package import Values

/// What a build of a site says of it in the site's own root: its files, and what is known of its reports. By it a publication knows
/// that the site is as it was built, wherever it was brought in between.
package struct SiteList: Sendable, Hashable {
    package struct Report: Sendable, Hashable {
        /// Below the output folder, without extension.
        package var name: String
        package var isDraft: Bool

        package init(name: String, isDraft: Bool) {
            self.name = name
            self.isDraft = isDraft
        }
    }

    /// In the site's root.
    package static let path = ".report-site.json"

    package var title: String?
    /// The SHA-256 of each file but the list itself, by its path from the site's root.
    package var files: [String: String]
    /// By the bytes of their names.
    package var reports: [Report]

    package init(title: String?, files: [String: String], reports: [Report]) {
        self.title = title
        self.files = files
        self.reports = reports
    }

    /// - Parameter files: All files that the site is written as.
    package init(of site: Site, files: [String: String]) {
        let pages = site.pages.filter { $0.kind == .report && $0.path.hasSuffix(".html") }
        let reports = pages.map { Report(name: String($0.path.dropLast(".html".count)), isDraft: $0.isDraft) }
        self.init(
            title: site.settings.title, files: files,
            reports: reports.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    }
}

extension SiteList {
    package var text: String {
        var object: Object = ["files": .object(Object(digests: files))]
        if let title { object["title"] = .string(title) }
        object["reports"] = .object(Object(reports.map { ($0.name, ["draft": .boolean($0.isDraft)]) }))
        return Value.object(object).indentedJSON + "\n"
    }

    /// nil for what is not a site's list, or has paths that lead out of the site.
    package init?(_ value: Value) {
        guard let files = value["files"]?.object else { return nil }
        title = value["title"]?.string
        self.files = [:]
        for (path, digest) in files {
            guard PublishedPath.isSafe(path), let text = digest.string, PublishedPath.isDigest(text) else { return nil }
            self.files[path] = text
        }
        let known = value["reports"]?.object ?? [:]
        reports = known.keys.sortedByBytes().map { name in
            Report(name: name, isDraft: known[name]?["draft"]?.boolean ?? false)
        }
    }
}

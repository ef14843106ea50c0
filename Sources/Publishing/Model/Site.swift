/// A site before it is written: what its pages, indices and feeds are made of, and nothing left to ask of files.
///
/// Each part of a site is a pure function from this to `SiteFile`s.
package struct Site: Sendable {
    package var settings: SiteSettings
    /// In the order of navigation: by folder, in each by the order that its analyses ask for, then by title.
    package var pages: [SitePage]
    /// What made it: `report 0.1.0`.
    package var generator: String
    /// What its pages look like.
    package var style = SiteStyle()

    package init(settings: SiteSettings, pages: [SitePage], generator: String) {
        self.settings = settings
        self.pages = pages
        self.generator = generator
    }
}

/// Style sheets that all pages share.
package struct SiteStyle: Sendable, Hashable {
    /// That of reports, where the reader chooses between light and dark.
    package var theme = ""
    /// A project's own variables, behind everything else.
    package var brand = ""

    package init() {}
}

/// What a project says of its site.
package struct SiteSettings: Sendable, Hashable {
    package var title: String
    package var description: String?
    /// Where it will stand, as `https://example.com/docs/`, with a slash at its end; nil where that is not known: then there
    /// are no canonical addresses, no sitemap and no feed.
    package var baseURL: String?
    /// BCP 47.
    package var language = "en"
    /// Where the sources can be looked at.
    package var repository: String?

    package init(title: String, description: String? = nil, baseURL: String? = nil) {
        self.title = title
        self.description = description
        self.baseURL = baseURL
    }
}

/// A file of a site.
package struct SiteFile: Sendable, Hashable {
    /// From the site's root, with `/`: `experiments/proxy.html`.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// A text file.
    package init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}

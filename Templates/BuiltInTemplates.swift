/// The templates that come with the program, by the name under which a project's own may override them.
package enum BuiltInTemplates {
    package static let page = String(decoding: PackageResources.page_mustache, as: UTF8.self)
    package static let theme = String(decoding: PackageResources.theme_css, as: UTF8.self)
    /// What makes a page handier where scripts run. No project replaces it.
    package static let script = String(decoding: PackageResources.page_js, as: UTF8.self)

    /// What is added to the theme of a draft of some units. No project replaces it.
    package static let draftStyle = String(decoding: PackageResources.draft_css, as: UTF8.self)

    /// The shell of a site's pages, its style behind that of reports, and what makes it handier where scripts run.
    package static let site = String(decoding: PackageResources.site_mustache, as: UTF8.self)
    package static let siteStyle = String(decoding: PackageResources.site_css, as: UTF8.self)
    package static let siteScript = String(decoding: PackageResources.site_js, as: UTF8.self)

    /// What searches a site, and what its results look like.
    package static let search = String(decoding: PackageResources.search_js, as: UTF8.self)
    package static let searchStyle = String(decoding: PackageResources.search_css, as: UTF8.self)

    /// What a preview serves beside pages: the script that hears of builds, the style of what it shows, and that of the pages
    /// which are no reports.
    package static let previewScript = String(decoding: PackageResources.preview_js, as: UTF8.self)
    package static let previewStyle = String(decoding: PackageResources.preview_css, as: UTF8.self)
    package static let previewIndexStyle = String(decoding: PackageResources.preview_index_css, as: UTF8.self)

    /// The template of a file name; nil where there is none of that name.
    package static func text(named name: String) -> String? {
        switch name {
        case "page.mustache": page
        case "theme.css": theme
        default: nil
        }
    }
}

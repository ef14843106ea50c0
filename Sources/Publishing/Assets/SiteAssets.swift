import BuiltInTemplates
import Digests
import Rendering

/// The files that all pages of a site share, each named by what it holds: a browser keeps them for good.
package struct SiteAssets: Sendable {
    /// `assets/site.0123456789.css`.
    package let style: SiteFile
    package let script: SiteFile
    /// An estimate with its interval.
    package let icon: SiteFile
    /// What searches, for pages to load behind the other.
    package let search: SiteFile

    package init(_ site: Site) {
        style = SiteAssets.file(
            "site", "css",
            site.style.theme + BuiltInTemplates.siteStyle + BuiltInTemplates.searchStyle + site.style.brand)
        script = SiteAssets.file(
            "site", "js",
            // What each declares stays its own.
            shortScript(BuiltInTemplates.script) + "\n{\n" + shortScript(BuiltInTemplates.siteScript) + "\n}\n")
        icon = SiteAssets.file("icon", "svg", SiteAssets.drawing)
        search = SiteAssets.file("search", "js", BuiltInTemplates.search)
    }

    package var files: [SiteFile] { [style, script, search, icon] }

    private static let drawing = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0067a1"/>\
        <path d="M5 16h22" stroke="#fffdf9" stroke-width="2.6" stroke-linecap="round"/>\
        <circle cx="16" cy="16" r="5.2" fill="#fffdf9"/></svg>

        """

    /// A file whose name tells its bytes.
    package static func file(_ name: String, _ type: String, _ text: String) -> SiteFile {
        SiteFile(path: "assets/\(name).\(sha256(text.utf8).prefix(10)).\(type)", text: text)
    }

    /// What runs before a page is shown, so that it never appears in the scheme that its reader did not choose.
    static let early =
        "try{let s=localStorage.getItem(\"report:scheme\");if(s===\"light\"||s===\"dark\")document.documentElement.dataset.theme=s}catch{}"
}

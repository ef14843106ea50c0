import Diagnostics

extension Explanations {
    /// 0901–0919: the site.
    static let site: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            901, "missing-site-folder", "A folder of the site is a folder of the project",
            why: "`site: {folders: …}` of report.yaml names folders from the project's root, and none outside it.", nil,
            do: "Correct the name, or make the folder."),
        DiagnosticExplanation(
            902, "several-sites", "A site is that of one project",
            why: "Its settings, its audit trail and its folder are those of a project; two projects are two sites.",
            nil,
            do: "Build each project's site alone, or put the analyses into one project."),
        DiagnosticExplanation(
            903, "taken-page", "A report has another name than the site's own pages",
            why: """
                gallery.html, claims.html, search.html, 404.html, objects.json and the folders assets/, files/, social/ and tags/ \
                are made by the site. index.html, listings of folders and reference.html give way to a report of their name.
                """, nil,
            do: "Rename the analysis; `aliases` keeps its former address."),
        DiagnosticExplanation(
            904, "invalid-alias", "A former address is a place in the site at which no page is",
            why: "The site puts a page there that leads to the report. It would replace the page that is there.", nil,
            do: "Write it as old/name.html, from the site's root, and each once."),
        DiagnosticExplanation(
            905, "foreign-folder", "A site is written into an empty folder, or one that it was written into before",
            why: "Files of the same names that something else made there would be lost.", nil,
            do: "Name an empty folder with --output, or empty this one."),
        DiagnosticExplanation(
            906, "unwritable-site", "A site can be written where it is to lie",
            why: """
                A disk that is full, a folder that may not be written, a symbolic link or a folder where a page is to be. The \
                site is as it was before.
                """, nil,
            do: "Mend what the message names, and build the site again."),
        DiagnosticExplanation(
            907, "invalid-address", "A site's address is as https://example.com/reports/, without ? and #",
            why: "Feeds, sitemaps and canonical addresses put the paths of pages behind it.", nil,
            do: "Give the address of the site's home page."),
    ]
}

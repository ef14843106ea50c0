/// What a page shows, part by part, for a shell other than that of a page of its own.
package struct PageParts: Sendable, Hashable {
    /// Title, subtitle, and who wrote it when.
    package var header = ""
    package var abstract = ""
    package var highlights = ""
    /// The table of contents.
    package var contents = ""
    package var body = ""
    package var footnotes = ""
    /// The data and where everything comes from, without the link to the history: a shell has its own.
    package var provenance = ""
    /// The rules that these parts need beside those of every page.
    package var style = ""

    package init() {}
}

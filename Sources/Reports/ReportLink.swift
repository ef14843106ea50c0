/// Where a relative link of an analysis leads once it stands in the report: one destination for each format.
package struct ReportLink: Sendable, Hashable {
    /// In the page: another analysis's page.
    package var page: String
    /// In the Markdown: its Markdown.
    package var markdown: String

    package init(page: String, markdown: String) {
        self.page = page
        self.markdown = markdown
    }
}

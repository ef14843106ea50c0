/// `llms.txt` as llmstxt.org has it: the site's title and what it is about, then each page by its section as a link to its
/// Markdown, with what it says in a sentence. What may be left out stands under `Optional`.
func llmsFile(_ site: Site) -> SiteFile {
    var text = "# \(oneLine(site.settings.title))\n"
    if let description = site.settings.description { text += "\n> \(oneLine(description))\n" }
    text +=
        "\nEach report is computed from its data; numbers, tables and claims come with the analysis that made them.\n"
    let reports = site.pages.filter(\.isRead)
    var titles: [String] = []
    for title in reports.map(sectionTitle) where !titles.contains(title) { titles.append(title) }
    for title in titles { text += part(title, reports.filter { sectionTitle($0) == title }, site.settings) }
    text += part("Reference", site.pages.filter { $0.kind == .reference }, site.settings)
    text += part("Optional", site.pages.filter { $0.kind == .claims || $0.kind == .figures }, site.settings)
    return SiteFile(path: "llms.txt", text: text)
}

private func sectionTitle(_ page: SitePage) -> String {
    page.section.isEmpty ? "Reports" : oneLine(page.section.joined(separator: " – "))
}

private func part(_ title: String, _ pages: [SitePage], _ settings: SiteSettings) -> String {
    guard !pages.isEmpty else { return "" }
    return "\n## \(title)\n\n"
        + pages.map { page in
            let path = page.markdown ?? page.path
            let address = settings.address(of: path) ?? SitePath.encoded(path)
            let said = [page.summary.map(oneLine), page.claimsSentence].compactMap(\.self).joined(separator: " ")
            return "- [\(linkText(page.title))](\(address))" + (said.isEmpty ? "" : ": \(said)") + "\n"
        }.joined()
}

private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

private func linkText(_ text: String) -> String {
    oneLine(text).reduce(into: "") { out, character in
        if "[]\\".contains(character) { out += "\\" }
        out.append(character)
    }
}

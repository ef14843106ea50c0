import BuiltInTemplates
import Values

/// What search loads: `assets/search-index.js`, which names the index; the index; and the text of each page.
///
/// All are scripts that hand over data, for a page that was opened as a file may load scripts and nothing else. Pages name
/// only the script that searches, so that a change of one page leaves the others as they are. Histories, which have their
/// reports' titles and numbers, are not found.
///
/// - Parameter site: With all its pages.
package func searchFiles(_ site: Site) -> [SiteFile] {
    let pages = site.pages.filter { ![.search, .notFound, .history].contains($0.kind) }
    let texts = pages.map(searchText)
    let index = SearchIndex(pages).value(texts: texts.map(digest))
    let file = SiteAssets.file("search-index", "js", "reportSearch.index(\(index.compactJSON));\n")
    let name = Value.string(String(file.path.dropFirst("assets/".count)))
    return [file, SiteFile(path: "assets/search-index.js", text: "reportSearch.found(\(name.compactJSON));\n")] + texts
}

/// A page's passages as data for the script: anchor, heading and text of each.
private func searchText(of page: SitePage) -> SiteFile {
    var passages: [Value] = page.passages.map { passage in
        [.string(passage.anchor ?? ""), .string(passage.heading), .string(passage.text)]
    }
    // What no passage has is found, too, and then shown.
    let more = [page.summary ?? "", page.authors.joined(separator: ", "), page.tags.joined(separator: ", ")]
    let words = more.filter { !$0.isEmpty }.joined(separator: " · ")
    if !words.isEmpty { passages.insert(["", "", .string(words)], at: 0) }
    for label in page.labels {
        guard let title = label.title else { continue }
        passages.append([.string(label.anchor), .string(label.text), .string(title)])
    }
    // Under their headings, with what they are.
    let headings = Dictionary(
        page.passages.map { ($0.anchor ?? "", $0.heading) }, uniquingKeysWith: { first, _ in first })
    let numbers = Dictionary(grouping: page.numbers) { $0.anchor ?? "" }
    for (anchor, numbers) in numbers.sorted(by: { $0.key < $1.key }) {
        let text = numbers.map { "\($0.path) = \($0.text)" }.joined(separator: " · ")
        passages.append([.string(anchor), .string(headings[anchor] ?? ""), .string(text)])
    }
    let path = Value.string(page.path).compactJSON
    return SiteAssets.file(
        "text/" + page.path, "js", "reportSearch.text(\(path),\(Value.list(passages).compactJSON));\n")
}

/// The part of the name that changes with what is in the file.
private func digest(of file: SiteFile) -> String { String(file.path.dropLast(3).suffix(10)) }

package import Documents
import Parallelism
package import Reports
import Values

/// The bytes of a report in the formats that were asked for.
package struct RenderedReport: Sendable {
    package struct File: Sendable {
        /// Relative to the report's folder: `proxy.html`, `proxy_files/fig-slopes.svg`.
        package var path: String
        package var bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }

        init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
    }

    /// Sorted by path.
    package var files: [File]
    /// What the page shows, for another shell; nil where that was not asked for.
    package var parts: PageParts?
}

/// Renders a report called `name` (the last part of its output path, without an extension).
///
/// `templates` override the built-in ones by name (`page.mustache`, `theme.css`). The page is short unless the longer form
/// of its markup is asked for, which looks the same. The page's parts are kept where `keepsParts`, whatever the formats.
/// Throws where an overriding template cannot be parsed.
package func render(
    _ report: Report, name: String, formats: Set<FrontMatter.Format>, markdown flavour: MarkdownFlavour = .github,
    templates: [String: String] = [:], isShort: Bool = true, keepsParts: Bool = false
) throws -> RenderedReport {
    let wanted = FrontMatter.Format.allCases.filter(formats.contains)
    // Each format needs the report alone.
    let made = concurrentMap(wanted.count) { index in
        Result { () throws -> (files: [RenderedReport.File], parts: PageParts?) in
            switch wanted[index] {
            case .html:
                let page = HTMLPage(report, templates: templates, isShort: isShort)
                let (text, parts) = try page.rendered(keepsParts: keepsParts)
                return ([.init(path: "\(name).html", text: text)], parts)
            case .md:
                let markdown = MarkdownReport(report, name: name, flavour: flavour)
                return ([.init(path: "\(name).md", text: markdown.text())] + markdown.figures(), nil)
            case .ipynb:
                return ([.init(path: "\(name).ipynb", text: NotebookReport(report, name: name).text())], nil)
            case .json: return ([.init(path: "\(name).json", text: resultsFile(of: report).indentedJSON + "\n")], nil)
            }
        }
    }
    let all = try made.map { try $0.get() }
    var rendered = RenderedReport(files: all.flatMap(\.files).sorted { $0.path < $1.path })
    rendered.parts = all.compactMap(\.parts).first
    if keepsParts, rendered.parts == nil {
        rendered.parts = try HTMLPage(report, templates: [:], isShort: true).rendered(keepsParts: true).parts
    }
    return rendered
}

/// The figures of a report called `name` as files of their own, as its Markdown has them.
package func figureFiles(of report: Report, name: String) -> [RenderedReport.File] {
    MarkdownReport(report, name: name).drawings()
}

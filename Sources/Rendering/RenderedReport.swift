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
}

/// Renders a report called `name` (the last part of its output path, without an extension).
///
/// `templates` override the built-in ones by name (`page.mustache`, `theme.css`). The page is short unless the longer form
/// of its markup is asked for, which looks the same. Throws where an overriding template cannot be parsed.
package func render(
    _ report: Report, name: String, formats: Set<FrontMatter.Format>, markdown flavour: MarkdownFlavour = .github,
    templates: [String: String] = [:], isShort: Bool = true
) throws -> RenderedReport {
    let wanted = FrontMatter.Format.allCases.filter(formats.contains)
    // Each format needs the report alone.
    let made = concurrentMap(wanted.count) { index in
        Result { () throws -> [RenderedReport.File] in
            switch wanted[index] {
            case .html:
                let page = HTMLPage(report, templates: templates, isShort: isShort)
                return [.init(path: "\(name).html", text: try page.text())]
            case .md:
                let markdown = MarkdownReport(report, name: name, flavour: flavour)
                return [.init(path: "\(name).md", text: markdown.text())] + markdown.figures()
            case .ipynb: return [.init(path: "\(name).ipynb", text: NotebookReport(report, name: name).text())]
            case .json: return [.init(path: "\(name).json", text: resultsFile(of: report).indentedJSON + "\n")]
            }
        }
    }
    return RenderedReport(files: try made.flatMap { try $0.get() }.sorted { $0.path < $1.path })
}

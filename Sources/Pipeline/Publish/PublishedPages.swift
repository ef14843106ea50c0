import Diagnostics
import Documents
import Publishing
import Values
import Workspace

/// Reports as pages for a documentation tool: Markdown, figures, results and data, built for this publication.
struct PublishedPages {
    let tool: DocumentationTool
    let reports: [CurrentReport]

    /// The bytes by path from the folder that is published to; those of reports that could be built.
    var files: [String: [UInt8]] {
        reports.reduce(into: [:]) { files, report in files.merge(report.files) { first, _ in first } }
    }

    /// The pages with their titles, in the order of reports.
    ///
    /// - Parameter prefix: Before each path.
    func navigation(below prefix: String) -> NavigationTree {
        let pages = reports.compactMap { report -> NavigationTree.Page? in
            guard let page = report.files[report.name + ".md"] else { return nil }
            return NavigationTree.Page(path: prefix + report.name + ".md", title: title(of: page) ?? report.name)
        }
        return NavigationTree(pages, below: prefix)
    }

    /// What the page's own front matter says, which has its values.
    private func title(of page: [UInt8]) -> String? {
        for line in String(decoding: page.prefix(1 << 16), as: UTF8.self).split(separator: "\n").dropFirst() {
            if line == "---" { return nil }
            guard line.hasPrefix("title: ") else { continue }
            let text = Value(json: Array(line.dropFirst("title: ".count).utf8), named: "title")?.string
            return tool == .mkdocs ? text.map(PublishedPages.plain) : text
        }
        return nil
    }

    /// Without the references that MkDocs needs in front matter.
    private static func plain(_ text: String) -> String {
        var text = text
        for (reference, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text = text.replacing(reference, with: sign)
        }
        return text
    }

    static func make(
        for tool: DocumentationTool, _ publication: Publication
    ) -> (pages: PublishedPages, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let root = publication.project.root
        let own = Paths.joined(root, "Analyses")
        let isUsual = publication.workspace.files.status(of: own)?.kind == .folder
        let analyses = publication.options.analyses.isEmpty ? [isUsual ? own : root] : publication.options.analyses
        let reports = publication.current(analyses, areKnown: false, &diagnostics) { options in
            options.formats = [.md, .json]
            options.markdown = tool.flavour
        }
        return (PublishedPages(tool: tool, reports: reports), diagnostics)
    }
}

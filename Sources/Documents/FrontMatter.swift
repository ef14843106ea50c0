package import Diagnostics
import Markdown
package import Values

/// What an analysis says of itself between its opening `---` lines.
package struct FrontMatter: Sendable {
    package var title: RichText
    package var subtitle: RichText?
    package var authors: [String] = []
    /// As written: an ISO date, never the clock's.
    package var date: String?
    package var abstract: RichText?
    package var tags: [String] = []
    package var isDraft = false
    package var seed: UInt64 = 1
    /// In order.
    package var parameters: [Parameter] = []
    /// nil where it is one report.
    package var sweep: Sweep?
    package var formats: [Format] = Format.standard
    /// What the Markdown output is written for.
    package var markdown = MarkdownFlavour.github
    package var template: String?
    package var hasTableOfContents = true
    package var aliases: [String] = []
    /// Where it stands among the reports of its folder, small numbers first; nil for behind all that say so.
    package var order: Int?
    package var bibliography: [String] = []
    /// The two to five key numbers that stand under the abstract.
    package var highlights: [Highlight] = []
    /// The whole block, delimiters included; empty where a file has none.
    package var range: SourceRange

    package enum Format: String, Sendable, CaseIterable {
        case html
        case md
        case json
        /// A Jupyter notebook.
        case ipynb

        /// Those that are written where nothing is said.
        package static let standard: [Format] = [.html, .md, .json]
    }

    /// One key number: a value in large type, what it is, and where it is argued.
    package struct Highlight: Sendable {
        package var value: RichText
        package var text: RichText
        /// A heading's slug or a directive's id, with `#`.
        package var link: String?

        package init(value: RichText, text: RichText, link: String?) {
            self.value = value
            self.text = text
            self.link = link
        }
    }

    /// The parameters' names and defaults.
    package var params: Object { Object(parameters.map { ($0.name, $0.fallback) }) }

    /// What paths find under `meta`.
    package var meta: Object {
        var meta: Object = ["title": .string(title.node.plainText)]
        if let date { meta["date"] = .string(date) }
        meta["authors"] = Value(authors)
        meta["tags"] = Value(tags)
        return meta
    }

    package init(title: RichText, range: SourceRange) {
        self.title = title
        self.range = range
    }
}

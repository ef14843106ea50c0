import Markup
import Values

/// A page as a preview serves it: the report's own bytes, a script that hears of changes, and a policy that lets this script
/// run and nothing else. The file that was written stays as it is.
struct LivePage {
    enum Kind: String { case page, draft, index }

    var kind: Kind
    /// Where the page lies, as the server's messages name it; empty for the index.
    var path: String
    /// As `PreviewBoard.version`.
    var version: String
    /// A style of the server's own for it.
    var sheet: String?

    /// Where its script and the script's style are.
    static let script = "/-/preview.js"
    static let style = "/-/preview.css"

    func html(_ page: String) -> String {
        let tag = MarkupNode.tag(
            "script",
            ["src": LivePage.script, "data-kind": kind.rawValue, "data-page": path, "data-version": version]
        ).serialised
        var page = LivePage.withPolicy(page)
        if let sheet, let head = page.utf8.firstRange(of: "</head>".utf8)?.lowerBound {
            page.insert(contentsOf: MarkupNode.tag("link", ["rel": "stylesheet", "href": sheet]).serialised, at: head)
        }
        // The last one: a page may quote another. A project's own template may have none.
        if let end = page.utf8.ranges(of: "</body>".utf8).last?.lowerBound {
            page.insert(contentsOf: tag + "\n", at: end)
        } else {
            page += tag
        }
        return page
    }

    /// The page with its own policy, where it has one, that allows scripts, styles and connections of the server's.
    private static func withPolicy(_ page: String) -> String {
        let opening = "<meta http-equiv=\"Content-Security-Policy\" content=\""
        guard let start = page.utf8.firstRange(of: opening.utf8)?.upperBound,
            let end = page.utf8[start...].firstIndex(of: UInt8(ascii: "\""))
        else { return page }
        return page[..<start] + policy(String(page[start..<end])) + page[end...]
    }

    /// The policy with the server's own origin added to what scripts, styles and connections may come from.
    static func policy(_ policy: String) -> String {
        var directives = policy.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
            .filter { !$0.isEmpty }
        let hasDefault = directives.contains { $0[0] == "default-src" }
        for name in ["script-src", "style-src", "connect-src"] {
            if let index = directives.firstIndex(where: { $0[0] == name }) {
                directives[index] = directives[index].filter { $0 != "'none'" } + ["'self'"]
            } else if hasDefault {
                directives.append([name, "'self'"])
            }
        }
        return directives.map { $0.joined(separator: " ") }.joined(separator: "; ")
    }
}

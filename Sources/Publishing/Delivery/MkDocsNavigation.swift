import Values

/// Pages as entries of the `nav` of an `mkdocs.yml`. MkDocs has no way to take one from another file, so they are put in by a
/// person, or between two comments which say that they may be.
package enum MkDocsNavigation {
    /// The lines between which entries are kept up to date.
    package static let begin = "# report: begin"
    package static let end = "# report: end"

    /// Items of a YAML list, a line each.
    package static func lines(_ tree: NavigationTree) -> [String] {
        tree.pages.map { "- \(quoted($0.title)): \(quoted($0.path))" }
            + tree.folders.flatMap { folder in
                ["- \(quoted(NavigationTree.label(folder.name))):"] + lines(folder.tree).map { "  " + $0 }
            }
    }

    /// The file beside the pages.
    package static func text(_ tree: NavigationTree) -> String {
        "# Entries for the nav of mkdocs.yml, kept up to date there between `\(begin)` and `\(end)`.\n"
            + lines(tree).map { $0 + "\n" }.joined()
    }

    /// An `mkdocs.yml` with the entries between its two comments; nil where it has no such lines, one of each in order.
    package static func updated(_ settings: String, _ tree: NavigationTree) -> String? {
        var rows = settings.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let begins = rows.indices.filter { trimmed(rows[$0]) == begin }
        let ends = rows.indices.filter { trimmed(rows[$0]) == end }
        guard begins.count == 1, ends.count == 1, begins[0] < ends[0] else { return nil }
        let lead = String(rows[begins[0]].prefix { $0 == " " })
        let tail = rows[begins[0]].hasSuffix("\r") ? "\r" : ""
        rows.replaceSubrange((begins[0] + 1)..<ends[0], with: lines(tree).map { lead + $0 + tail })
        return rows.joined(separator: "\n")
    }

    /// Where the documents lie by a `mkdocs.yml`: `docs_dir`, or `docs`.
    package static func documents(_ settings: String) -> String {
        for row in settings.split(whereSeparator: \.isNewline) where row.hasPrefix("docs_dir:") {
            var text = row.dropFirst("docs_dir:".count).prefix { $0 != "#" }
            while let last = text.last, last.isWhitespace { text.removeLast() }
            let bare = text.drop(while: \.isWhitespace).filter { $0 != "\"" && $0 != "'" }
            if !bare.isEmpty { return bare }
        }
        return "docs"
    }

    private static func trimmed(_ line: String) -> String {
        let body = line.drop(while: \.isWhitespace)
        return String(body.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// A text in YAML's double quotes, which hold all that JSON's do.
    private static func quoted(_ text: String) -> String { Value.string(text).canonicalJSON }
}

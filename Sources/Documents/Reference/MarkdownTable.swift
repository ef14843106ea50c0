/// A table in GitHub's Markdown.
enum MarkdownTable {
    static func text(_ headings: [String], _ rows: [[String]]) -> String {
        let rule = headings.map { _ in "---" }
        return ([headings, rule] + rows).map { cells in
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
        }.joined()
    }
}

import Diagnostics

extension Explanations {
    /// 0920–0939: links of a site.
    static let links: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            920, "broken-site-link", "A link of a site leads to a page or a file of it",
            why: """
                A site is looked at where its sources are not. Reports lead to each other, and files of the project that a report \
                links to come with it; folders, hidden files, drafts that are left out and analyses of other folders do not.
                """, nil,
            do: "Correct the link, link to a file in place of its folder, or take the other analysis into the site."),
        DiagnosticExplanation(
            921, "unknown-anchor", "A link leads to a heading or an id of its page",
            why: """
                What stands behind # is a heading's text in lower case with - for spaces, as a forge makes it, or the id of a \
                directive that the page shows. Who follows a link to another lands at the page's beginning.
                """, nil,
            do:
                "Take one of the page's anchors: the # behind a heading, or the number of a figure or a table, leads to it."
        ),
        DiagnosticExplanation(
            922, "unreachable-link", "A link to another site leads to a page that is there",
            why: """
                `report site build --check-external` asks each address once, and waits ten seconds. It is a warning: a server may \
                be down for an hour.
                """, nil,
            do: "Correct the link, or name the host under `site: {external: {ignore: …}}` in report.yaml."),
        DiagnosticExplanation(
            923, "missing-curl", "Links to other sites are checked by curl",
            why: "It is a program of the machine, and looked for in the folders of PATH, outside of the project.", nil,
            do: "Install curl, or leave out --check-external."),
    ]
}

import Markup

/// Every claim of the site with its state, those that fail first.
struct ClaimsPage {
    let links: SiteLinks
    let pages: [SitePage]

    /// In a sentence.
    var summary: String {
        let all = pages.reduce(0) { $0 + $1.claims.count }
        let failing = pages.reduce(0) { $0 + $1.claims.count { !$0.holds } }
        let reports = pages.count { !$0.claims.isEmpty }
        let place = reports == 1 ? "one report" : "\(reports) reports"
        let checked =
            "A claim is a statement of a report that was checked against the computed number when the report was built."
        if all == 1 { return "The one claim, in \(place), \(failing == 0 ? "holds" : "fails"). \(checked)" }
        return failing == 0
            ? "All \(all) claims of \(place) hold. \(checked)"
            : "\(failing) of \(all) claims of \(place) \(failing == 1 ? "fails" : "fail"). \(checked)"
    }

    var node: MarkupNode {
        let rows = pages.flatMap { page in page.claims.map { (page, $0) } }
        let ordered = rows.filter { !$0.1.holds } + rows.filter(\.1.holds)
        return .tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Claims"],
            [
                .tag(
                    "table", ["class": "claims sortable", "data-filter": "claim"],
                    [
                        .tag(
                            "thead", [:],
                            [
                                .tag(
                                    "tr", [:],
                                    ["State", "Claim", "It states", "The result", "Report"].map {
                                        .tag("th", ["scope": "col"], text: $0)
                                    })
                            ]),
                        .tag("tbody", [:], ordered.map { row($1, of: $0) }),
                    ])
            ])
    }

    private func row(_ claim: SiteClaim, of page: SitePage) -> MarkupNode {
        .tag(
            "tr", [:],
            [
                .tag(
                    "td", ["class": claim.holds ? "state" : "state fails"],
                    [
                        .tag("span", ["aria-hidden": "true"], text: claim.holds ? "✓ " : "✗ "),
                        .text(claim.holds ? "holds" : "fails"),
                    ]),
                .tag(
                    "td", ["class": "long"],
                    [
                        .text(claim.before), .tag("a", ["href": links.to(page.path, claim.anchor)], text: claim.text),
                        .text(claim.after),
                    ]),
                .tag("td", [:], text: claim.condition ?? "the number"),
                .tag("td", [:], [.text(claim.current), .text(" "), .tag("code", [:], text: claim.path)]),
                .tag("td", [:], [.tag("a", ["href": links.to(page.path)], text: page.title)]),
            ])
    }
}

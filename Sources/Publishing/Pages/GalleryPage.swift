import Markup

/// The contact sheet: every figure, small, linked to the place where it is argued.
struct GalleryPage {
    let links: SiteLinks

    /// - Parameter pages: In the order of reading.
    func node(_ pages: [SitePage]) -> MarkupNode {
        .tag(
            "ul", ["class": "gallery", "data-filter": "figure"],
            pages.flatMap { page in page.figures.map { item($0, of: page) } })
    }

    private func item(_ figure: SiteFigure, of page: SitePage) -> MarkupNode {
        let place = links.to(page.path, figure.anchor)
        return .tag(
            "li", [:],
            [
                .tag(
                    "a", ["class": "sheet", "href": place, "aria-label": "\(figure.name) of \(page.title)"],
                    [
                        .tag(
                            "img",
                            [
                                "src": links.to(figure.path), "alt": figure.description, "loading": "lazy",
                                "width": "\(Int(figure.width.rounded()))", "height": "\(Int(figure.height.rounded()))",
                            ])
                    ]),
                .tag(
                    "p", ["class": "of"],
                    [.tag("a", ["href": links.to(page.path)], text: page.title), .text(" · \(figure.name)")]),
                figure.caption.isEmpty ? .nothing : .tag("p", [:], text: figure.caption),
            ])
    }
}

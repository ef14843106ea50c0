import BuiltInTemplates
package import Markup
import Mustache
import Plotting
package import Results

/// A page that is no report, in the dress of one: the built-in theme and a policy, no script, nothing loaded, and nothing of
/// a project's own templates.
package struct StandalonePage {
    package var title: String
    package var generator: String
    package var header: MarkupNode
    package var body: MarkupNode
    package var footer: MarkupNode
    /// Those that the body draws: their rules are in the style.
    package var figures: [FigureModel]

    package init(
        title: String, generator: String, header: MarkupNode, body: MarkupNode, footer: MarkupNode = .nothing,
        figures: [FigureModel] = []
    ) {
        self.title = title
        self.generator = generator
        self.header = header
        self.body = body
        self.footer = footer
        self.figures = figures
    }

    package func text() throws -> String {
        let template = try MustacheTemplate(string: BuiltInTemplates.page)
        var shortening = PageShortening([body])
        var context = [
            "title": title, "generator": generator, "header": header.shortHTML,
            "body": shortening.short(body).shortHTML,
        ]
        if !footer.isEmpty { context["provenance"] = footer.shortHTML }
        let style = pageStyle(for: figures, theme: BuiltInTemplates.theme, hasGraph: false, isShort: true)
        context["style"] = shortCSS(style + shortening.rules, for: template.render(context))
        context["policy"] = pagePolicy(style: context["style"] ?? "", script: nil)
        return template.render(context)
    }
}

extension StandalonePage {
    /// What it shows, for another shell.
    package var parts: PageParts {
        var shortening = PageShortening([body])
        var parts = PageParts()
        parts.header = header.shortHTML
        parts.body = shortening.short(body).shortHTML
        parts.provenance = footer.shortHTML
        parts.style = ownStyle(of: figures, shortening.rules, for: parts.body)
        return parts
    }
}

/// A figure of a page: its drawing for a column and the one for a telephone.
package func figureHTML(
    _ model: FigureModel, id: String, title: String, description: String, caption: [MarkupNode]
) -> MarkupNode {
    func drawing(_ suffix: String) -> FigureDrawing {
        FigureDrawing(model, id: id + suffix, title: title, description: description)
    }
    return .tag(
        "figure", [:],
        [
            .tag("div", ["class": "wide-only"], [drawing("").svg(.page, .regular)]),
            .tag("div", ["class": "narrow-only"], [drawing(":narrow").svg(.page, .compact)]),
            caption.isEmpty ? .nothing : .tag("figcaption", [:], caption),
        ])
}

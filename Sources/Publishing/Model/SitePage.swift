package import Rendering

/// One page of a site, as what lists, finds and refers to pages knows it.
package struct SitePage: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case home
        /// Pages of one folder or of one tag.
        case listing
        case report
        /// What an analysis's numbers were at each build.
        case history
        /// Every figure of the site.
        case figures
        /// Every claim of the site with its state.
        case claims
        /// The language, generated.
        case reference
        case search
        /// What is shown in the place of a page that is not there.
        case notFound
    }

    package var kind: Kind
    /// From the site's root, with `/`: `experiments/proxy.html`. Reports keep the name that they have in `output/`.
    package var path: String
    package var title: String
    /// The abstract, as plain text.
    package var summary: String?
    /// ISO, as the front matter has it.
    package var date: String?
    package var authors: [String] = []
    package var tags: [String] = []
    /// Titles of the folders that it lies in, the outermost first.
    package var section: [String] = []
    /// Where it stands among the reports of its folder, small numbers first; nil for behind all that say so.
    package var order: Int?
    package var isDraft = false
    /// Paths, from the site's root, that lead here.
    package var aliases: [String] = []
    /// Sections in reading order.
    package var passages: [SitePassage] = []
    package var numbers: [SiteNumber] = []
    package var labels: [SiteLabel] = []
    package var claims: [SiteClaim] = []
    /// Of the front matter's highlights: value and words, as plain text.
    package var highlights: [SiteHighlight] = []
    /// The first figure as a drawing for a page 1,200 px wide: SVG with its style; nil where there is none.
    package var cover: String?
    package var figures: [SiteFigure] = []
    /// The analysis that it is made of, from the project's root.
    package var source: String?
    /// The page of its history; nil where there is none.
    package var history: String?
    /// Files of the report for other programs and tools: `experiments/proxy.json`.
    package var downloads: [String] = []
    /// What it shows; nil for a page that is made of others.
    package var content: PageParts?

    package init(_ kind: Kind, path: String, title: String) {
        self.kind = kind
        self.path = path
        self.title = title
    }
}

/// What stands under one heading, as plain text.
package struct SitePassage: Sendable, Hashable {
    /// Of the heading; nil for what stands before the first.
    package var anchor: String?
    /// 2 for a section of a page.
    package var level: Int
    package var heading: String
    package var text: String

    package init(anchor: String?, level: Int, heading: String, text: String) {
        self.anchor = anchor
        self.level = level
        self.heading = heading
        self.text = text
    }
}

/// A computed number that the page states.
package struct SiteNumber: Sendable, Hashable {
    /// The result's path: `proxy.liml.coefficients.clicks.estimate`.
    package var path: String
    /// As the page writes it.
    package var text: String
    /// Where on the page: the heading's anchor over it; nil before the first.
    package var anchor: String?

    package init(path: String, text: String, anchor: String?) {
        self.path = path
        self.text = text
        self.anchor = anchor
    }
}

/// What other pages and other sites may refer to: `fig-slopes`, `tbl-effects`, `eq-mean`, `sec-method`.
package struct SiteLabel: Sendable, Hashable {
    package enum Kind: String, Sendable { case figure, table, equation, section }

    package var kind: Kind
    /// As a reference is written, without the `@`.
    package var name: String
    /// `Figure 2`; a section's title.
    package var text: String
    /// The caption's first sentence; nil where there is none.
    package var title: String?
    package var anchor: String

    package init(kind: Kind, name: String, text: String, title: String?, anchor: String) {
        self.kind = kind
        self.name = name
        self.text = text
        self.title = title
        self.anchor = anchor
    }
}

/// A claim and whether it holds.
package struct SiteClaim: Sendable, Hashable {
    package var text: String
    package var path: String
    /// What it states beside its number, in words.
    package var condition: String?
    /// What the result is.
    package var current: String
    package var holds: Bool
    package var anchor: String?
    /// What stands before it and behind it in its sentence.
    package var before = ""
    package var after = ""

    package init(text: String, path: String, condition: String?, current: String, holds: Bool, anchor: String?) {
        self.text = text
        self.path = path
        self.condition = condition
        self.current = current
        self.holds = holds
        self.anchor = anchor
    }
}

package struct SiteHighlight: Sendable, Hashable {
    package var value: String
    package var text: String
    package var link: String?

    package init(value: String, text: String, link: String?) {
        self.value = value
        self.text = text
        self.link = link
    }
}

/// A figure as a contact sheet shows it.
package struct SiteFigure: Sendable, Hashable {
    /// Where it stands on its page.
    package var anchor: String
    /// `Figure 2`.
    package var name: String
    /// The caption as plain text.
    package var caption: String
    /// What it shows, in words.
    package var description: String
    /// The drawing as a file of the site.
    package var path: String
    /// In the drawing's own units.
    package var width: Double
    package var height: Double

    package init(
        anchor: String, name: String, caption: String, description: String, path: String, width: Double, height: Double
    ) {
        self.anchor = anchor
        self.name = name
        self.caption = caption
        self.description = description
        self.path = path
        self.width = width
        self.height = height
    }
}

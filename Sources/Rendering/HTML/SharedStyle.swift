import BuiltInTemplates
import Diagnostics
import Plotting
import Results

/// The style that many pages share, by link: that of a page of its own, without what a single one adds.
///
/// - Parameter templates: The project's own, by the names of the built-in ones; those that are trusted.
package func sharedStyle(templates: [String: String]) -> (theme: String, brand: String) {
    let style = pageStyle(
        for: [], theme: templates["theme.css"] ?? BuiltInTemplates.theme, hasGraph: true, isShort: true)
    let brand = templates["brand.css"].map { text in
        BrandReader(SourceFile(path: "Templates/brand.css", text: text)).style.css
    }
    return (switchable(style + NumberCells.rules), switchable(brand ?? ""))
}

/// The rules of a page's figures and of its own short forms, of those that its text needs.
func ownStyle(of figures: [FigureModel], _ rules: String, for page: String) -> String {
    let more = FigureStyle.more(for: figures)
    let colours = more.light.isEmpty ? "" : ":root{\(more.light)}\n"
    let dark = more.dark.isEmpty ? "" : "@media screen and (prefers-color-scheme:dark){:root{\(more.dark)}}\n"
    let drawn = more.rules.isEmpty ? "" : more.rules.replacing(".pt:", with: ".pts>:")
    let style = (colours + dark + drawn + rules.replacing(NumberCells.rules, with: "")).replacing("</", with: "<\\/")
    return switchable(shortCSS(style, for: page))
}

/// A sheet whose dark rules hold in the dark, unless the reader chose light, and where the reader chose dark.
///
/// The reader's choice is the attribute `data-theme` of the root. Rules for dark pages stand in
/// `@media screen and (prefers-color-scheme:dark){…}` and speak of `:root`.
func switchable(_ style: String) -> String {
    let opening = "@media screen and (prefers-color-scheme:dark){"
    var out = ""
    var rest = style[...]
    while let found = rest.range(of: opening) {
        out += rest[..<found.lowerBound]
        var depth = 1
        var end = found.upperBound
        while end < rest.endIndex {
            if rest[end] == "{" { depth += 1 }
            if rest[end] == "}" { depth -= 1 }
            if depth == 0 { break }
            end = rest.index(after: end)
        }
        let rules = String(rest[found.upperBound..<end])
        out += opening + rules.replacing(":root", with: ":root:not([data-theme=light])") + "}"
        out += "@media screen{" + rules.replacing(":root", with: ":root[data-theme=dark]") + "}"
        rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
    }
    return out + rest
}

extension Substring {
    /// Where a text first stands in this one.
    fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}

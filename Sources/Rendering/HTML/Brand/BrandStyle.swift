import Diagnostics

/// A project's `Templates/brand.css`: variables of the theme, for light pages and for dark ones.
///
/// It holds custom properties and nothing else, so that it goes on working while the theme changes: `:root{…}`, and
/// `:root{…}` in `@media(prefers-color-scheme:dark){…}`.
struct BrandStyle {
    struct Variable: Equatable {
        /// With its two hyphens.
        var name: String
        var value: String
        /// Where the name stands in the file.
        var offset: Int
    }

    var light: [Variable] = []
    var dark: [Variable] = []

    /// Variables that are other on paper, where a brand's do not hold: ink is black, and paper white.
    private static let ofTheScreen: Set<String> = [
        "--paper", "--ink", "--quiet", "--rule", "--line", "--soft", "--accent", "--warm",
    ]

    /// The sheet that follows the theme.
    var css: String {
        func block(_ variables: [Variable]) -> String {
            ":root{" + variables.map { "\($0.name):\($0.value)" }.joined(separator: ";") + "}\n"
        }
        let colours = light.filter { BrandStyle.ofTheScreen.contains($0.name) }
        let rest = light.filter { !BrandStyle.ofTheScreen.contains($0.name) }
        var css = BrandStyle.rules
        if !rest.isEmpty { css += block(rest) }
        if !colours.isEmpty { css += "@media screen{" + block(colours) + "}\n" }
        if !dark.isEmpty { css += "@media screen and (prefers-color-scheme:dark){" + block(dark) + "}\n" }
        return css
    }

    /// What a brand adds to the top of a page: its name, its logo, or both.
    static let rules = """
        .top::before{content:var(--brand,none);display:block;margin:0 0 1.8rem;padding-left:var(--logo-width,0);\
        background:var(--logo,none) left/contain no-repeat;font:600 .86rem/var(--logo-height,1.6) var(--sans);\
        color:var(--accent)}
        @media print{.top::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

        """

    /// Names that `var()` asks for in a sheet.
    static func used(in sheet: String) -> Set<String> {
        Set(sheet.matches(of: /var\(\s*(--[A-Za-z0-9_-]+)/).map { String($0.1) })
    }
}

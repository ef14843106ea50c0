package import Results

/// The styles of drawings: rules that speak of colours by name, and the names' colours for both schemes.
package enum FigureStyle {
    /// Rules for drawings; the page around them defines the variables.
    package static let rules = """
        .plot{display:block;width:100%;height:auto;font:12.5px var(--sans)}
        .plot text{fill:var(--ink)}
        .plot .tick{font-size:11.5px;fill:var(--quiet);font-variant-numeric:tabular-nums}
        .plot .row{font-variant-numeric:tabular-nums;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
        .plot .panel-title,.plot .pooled{font-weight:600}
        .plot .pooled{fill:var(--ink)}
        .plot .grid{stroke:var(--rule)}
        .plot .null{stroke:var(--line);stroke-width:1.3}
        .plot .axis{stroke:var(--line)}
        .h0{--c:var(--ink);--t:var(--ink)}
        .hm{--c:var(--line);--t:var(--quiet)}
        .h1{--c:var(--hue-1);--t:var(--hue-1-text)}
        .h2{--c:var(--hue-2);--t:var(--hue-2-text)}
        .h3{--c:var(--hue-3);--t:var(--hue-3-text)}
        .h4{--c:var(--hue-4);--t:var(--hue-4-text)}
        .h5{--c:var(--hue-5);--t:var(--hue-5-text)}
        .h6{--c:var(--hue-6);--t:var(--hue-6-text)}
        .h7{--c:var(--hue-7);--t:var(--hue-7-text)}
        .plot .name{fill:var(--t);font-weight:500;paint-order:stroke;stroke:var(--paper);stroke-width:3px;\
        stroke-linejoin:round}
        .plot .stroke{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}
        .plot .rule{stroke:var(--c);stroke-width:1.6}
        .plot .bar{stroke:var(--c);stroke-opacity:.3}
        .plot .dot{fill:var(--c);fill-opacity:.85}
        .plot .solid,.plot .edge{fill:var(--c)}
        .plot .open{fill:var(--paper);stroke:var(--c);stroke-width:1.4}
        .plot .thin{stroke:var(--c);stroke-width:1.3}
        .plot .medium{stroke:var(--c);stroke-width:2}
        .plot .thick{stroke:var(--c);stroke-width:4.2;stroke-opacity:.72}
        .plot .tie{fill:none;stroke:var(--line);stroke-opacity:.7}
        .plot .area{fill:var(--c);stroke:none}
        .plot .soft{fill-opacity:.17}
        .plot .wide{fill-opacity:.14}
        .plot .faint{fill-opacity:.07}
        .plot .dotted{stroke-linecap:round}
        .plot .narrow{fill-opacity:.22}
        .plot .tip{display:none;font-size:11.5px;paint-order:stroke;stroke:var(--paper);stroke-width:4px}
        .plot .pt:focus-visible .tip{display:inline}
        .plot .pt:focus-visible{outline:none}
        .plot .paper{fill:var(--paper)}
        .plot .pt:hover .dot,.plot .pt:focus .dot{fill:var(--ink);fill-opacity:1}
        .plot .pt:hover .bar,.plot .pt:focus .bar{stroke:var(--ink);stroke-opacity:.8}
        .plot .pt:hover .solid,.plot .pt:focus .solid{fill:var(--ink)}

        """

    /// Up to this width a page shows its narrow drawings.
    static let narrowWidth = "34rem"

    /// Which of a figure's drawings a page shows; a printed one is wide.
    package static let widths = """
        .narrow-only{display:none}
        @media screen and (max-width:\(narrowWidth)){.wide-only{display:none}.narrow-only{display:block}}

        """

    /// Colours on light paper: Okabe and Ito's hues, darkened until a line has a contrast of 3 : 1 and a text of 4.5 : 1.
    package static let light = """
        --paper:#fffdf9;--ink:#1d1c1a;--quiet:#65615a;--rule:#e6e1d8;--line:#8d8a85;\
        --hue-1:#c57b00;--hue-1-text:#8a5600;--hue-2:#2b8fcc;--hue-2-text:#1a6a9b;--hue-3:#008f68;--hue-3-text:#00704f;\
        --hue-4:#0072b2;--hue-4-text:#0067a1;--hue-5:#d55e00;--hue-5-text:#ac4a00;--hue-6:#b9578f;--hue-6-text:#983d74;\
        --hue-7:#9d8800;--hue-7-text:#756500;
        """

    /// Colours on dark paper.
    package static let dark = """
        --paper:#16171a;--ink:#e8e5df;--quiet:#a6a299;--rule:#303237;--line:#83868d;\
        --hue-1:#e69f00;--hue-1-text:#eaaa1f;--hue-2:#7fccf5;--hue-2-text:#8dd2f7;--hue-3:#20b98d;--hue-3-text:#35c79c;\
        --hue-4:#4b9fe6;--hue-4-text:#6db3ee;--hue-5:#ef7a3c;--hue-5-text:#f38d57;--hue-6:#da8db7;--hue-6-text:#e09dc2;\
        --hue-7:#e4d752;--hue-7-text:#e4d752;
        """

    /// What heat maps and rarer marks need beside the rest, where a page has any.
    package static func more(for figures: [FigureModel]) -> (light: String, dark: String, rules: String) {
        let hasCells = figures.contains { figure in
            figure.hasTones || figure.panels.contains(where: \.hasCells)
        }
        let rules = MarkStyle.rules(for: figures)
        return hasCells ? (CellStyle.light, CellStyle.dark, CellStyle.rules + rules) : ("", "", rules)
    }

    /// The rules of whatever a page may draw, for their names.
    package static let everything = rules + CellStyle.rules

    /// Everything that a drawing in a file of its own needs.
    static func file(for figure: FigureModel) -> String {
        let more = more(for: [figure])
        return """
            :root{--sans:system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;\(light)\(more.light)}
            @media(prefers-color-scheme:dark){:root{\(dark)\(more.dark)}}
            \(rules)\(more.rules)
            """
    }
}

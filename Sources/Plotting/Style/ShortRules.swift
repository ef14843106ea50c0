extension FigureStyle {
    /// Radii in tenths that a group of dots may have as its class.
    static let sharedRadii = [22, 27, 30, 33, 35]

    /// Rules for drawings in their short form, from those for the long one.
    package static func short(_ rules: String) -> String {
        rules.replacing(".pt:", with: ".pts>:") + shortRules
            + sharedRadii.map { ".plot .r\($0){--w:\(tenthsText(2 * $0))px}\n" }.joined()
    }

    /// What groups say for what is in them. A dot's colour is its group's fill and an interval's its group's stroke, so
    /// that dots have no stroke and tips are opaque.
    private static let shortRules = """
        .plot .mid{text-anchor:middle}
        .plot .end{text-anchor:end}
        .plot .tick>text{fill:inherit}
        .plot .under{fill:var(--c)}
        .plot .round>g>path:last-of-type:not([class]),.plot .round>path,.plot .dots{stroke:var(--c);\
        stroke-opacity:var(--o,.85);stroke-width:var(--w);stroke-linecap:round}
        .plot .solid.round{--o:1}
        .plot .round>:is(:hover,:focus){--c:var(--ink);--o:1}
        :where(.pts>*)>circle,.plot .edge{stroke:none}
        .plot .edge{fill-opacity:1}
        .plot .tips text:not([class]){display:none;font-size:11.5px;fill-opacity:1;paint-order:stroke;\
        stroke:var(--paper);stroke-width:4px;stroke-opacity:1}
        .plot .tips>:focus-visible text:not([class]){display:inline}
        .plot .pts:is(.dot,.solid)>:is(:hover,:focus){fill:var(--ink);fill-opacity:1}
        .plot .thin-thick path:first-of-type{stroke:var(--c);stroke-width:1.3}
        .plot .thin-thick path:nth-of-type(2){stroke:var(--c);stroke-width:4.2;stroke-opacity:.72}
        .plot .row-texts>*{font-variant-numeric:tabular-nums}
        .plot .row-texts>:not([x]){paint-order:stroke;stroke:var(--paper);stroke-width:3px}
        .plot .row-texts>[x]{font-size:11.5px;fill:var(--quiet);text-anchor:end}
        .plot .bar.pts>:is(:hover,:focus){stroke:var(--ink);stroke-opacity:.8}

        """
}

import Diagnostics
import Documents

extension FuzzTarget {
    /// A bibliography: CSL-JSON where it begins with a bracket, else BibTeX.
    static let bibliography = FuzzTarget(
        name: "bibliography",
        seeds: [
            ShippedSeeds.bibliography(),
            "@string{j = \"J. \\\"Ub\"} @article{a, author = {de la X, Y and {Z Inc.} and A B}, journal = j # \" 2\", year=1999}",
            "@inproceedings(b, crossref = {c}, title = {{\\'{E}}t\\'e \\ss\\ --- ``q''}) @proceedings{c, title={P}, editor={E}}",
            "@comment{x} @preamble{\"y\"} text @misc{d, title = {a {b} c}, date = {2020-01-02}, url={http://a.b/~c}}",
            "[{\"id\": \"e\", \"type\": \"book\", \"title\": \"T <i>u</i>\", \"author\": [{\"family\": \"F\", \"given\": \"G\"}, "
                + "{\"literal\": \"L\"}], \"issued\": {\"date-parts\": [[2020, 1]]}, \"DOI\": \"10.1/a\"}]",
        ],
        words: [
            "[{\"id\": ", "\"author\": [", "{\"family\": ", "\"issued\": ", "\"date-parts\": [[", "\\u00e9", "\\ud800",
            "null",
            "1e400", "true", "}]",
            "@article{", "@string{", "@comment{", "@preamble{", "author = {", " and ", "crossref = {", "\\'", "\\\"",
            "\\i",
            "{", "}", "#", "\"", ",", "=", "--", "``", "''", "~", "\\c ", "\\v{", "\u{301}", "others",
        ]
    ) { bytes in
        let file = SourceFile(path: "r.bib", text: String(decoding: bytes, as: UTF8.self))
        let form = bytes.first == UInt8(ascii: "[") ? BibliographyFile.cslJSON : .bibTeX
        let (entries, faults) = form.read(file)
        let again = form.read(file)
        try expect(entries == again.entries && faults == again.faults, "two readings give different works")
        for fault in faults { try expectInside(fault.range, fault.message) }
        var works = Bibliography()
        let taken = works.add(entries)
        try expect(works.entries.count + taken.count == entries.count, "each work is added or its key is taken")
        for entry in entries {
            try expect(!entry.key.isEmpty && works[entry.key] != nil, "a work is found by its key")
            _ = (entry.title, entry.year)
        }
    }
}

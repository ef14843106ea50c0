import Diagnostics
import Documents

extension FuzzTarget {
    /// A BibTeX file.
    static let bibliography = FuzzTarget(
        name: "bibliography",
        seeds: [
            ShippedSeeds.bibliography(),
            "@string{j = \"J. \\\"Ub\"} @article{a, author = {de la X, Y and {Z Inc.} and A B}, journal = j # \" 2\", year=1999}",
            "@inproceedings(b, crossref = {c}, title = {{\\'{E}}t\\'e \\ss\\ --- ``q''}) @proceedings{c, title={P}, editor={E}}",
            "@comment{x} @preamble{\"y\"} text @misc{d, title = {a {b} c}, date = {2020-01-02}, url={http://a.b/~c}}",
        ],
        words: [
            "@article{", "@string{", "@comment{", "@preamble{", "author = {", " and ", "crossref = {", "\\'", "\\\"",
            "\\i",
            "{", "}", "#", "\"", ",", "=", "--", "``", "''", "~", "\\c ", "\\v{", "\u{301}", "others",
        ]
    ) { bytes in
        let file = SourceFile(path: "r.bib", text: String(decoding: bytes, as: UTF8.self))
        let (entries, faults) = BibTeXReader.read(file)
        let again = BibTeXReader.read(file)
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

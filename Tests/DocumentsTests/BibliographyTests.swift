import Diagnostics
import Documents
import Testing

/// BibTeX as its manual has it (Oren Patashnik, "BibTeXing", 1988), accents as LaTeX has them.
@Suite struct BibliographyTests {
    private func read(_ text: String) -> (entries: [BibliographyEntry], faults: [BibliographyFault]) {
        BibTeXReader.read(SourceFile(path: "a.bib", text: text))
    }

    @Test func entries() throws {
        let found = read(
            """
            A remark by ann@example.com.
            @string{jasa = "Journal of the {A}SA"}
            @comment{ignored}
            @Article{one-1,
              author = {M{\\"u}ller, Anna and Ludwig van Beethoven and {The R Team}},
              title = "An {IV} \\'etude -- of ``noise''",
              journal = jasa # ", series B",
              year = 2024, pages = {1--2},
            }
            @book(two, editor = "Doe, Jr, Jane and others", title = {B})
            """)
        #expect(found.faults == [])
        let one = try #require(found.entries.first)
        #expect(one.key == "one-1" && one.kind == "article" && one.year == "2024")
        #expect(
            one.names == [
                .init(family: "Müller", given: "Anna"), .init(family: "van Beethoven", given: "Ludwig"),
                .init(family: "The R Team"),
            ])
        #expect(one.title == "An IV étude – of “noise”")
        #expect(one.fields["journal"] == "Journal of the ASA, series B" && one.fields["pages"] == "1–2")
        #expect(found.entries.last?.names == [.init(family: "Doe Jr", given: "Jane"), .init(family: "others")])
        #expect(found.entries.last?.year == "n.d.")
    }

    @Test(arguments: [
        (#"\"{o}\"#, "ö"), (#"{\"o}"#, "ö"), (#"\'{\i}"#, "í"), (#"\v{c}"#, "č"), (#"\c c"#, "ç"), (#"\ss"#, "ß"),
        (#"\o"#, "ø"), (#"a\&b"#, "a&b"), (#"\emph{x}"#, "x"), ("a~b", "a\u{A0}b"), (#"\H{o}"#, "ő"), (#"\"#, ""),
    ])
    func texts(written: String, text: String) {
        let plain = LaTeXText.plain(written)
        #expect(plain == text && plain.unicodeScalars.count == text.unicodeScalars.count)
    }

    @Test func crossReferences() {
        let found = read("@inproceedings{a, title={T}, crossref={b}}\n@proceedings{b, title={P}, year=2020}")
        #expect(found.entries.first?.fields["booktitle"] == "P" && found.entries.first?.year == "2020")
    }

    @Test func faultsLeaveTheRest() {
        let found = read(
            "@article{a, title = {open}\n\n@article{b title}\n@misc{c, year = nowhere}\n@misc{d, year = 1}")
        #expect(found.entries.map(\.key) == ["d"])
        #expect(found.faults.map(\.range.start.line) == [1, 3, 4])
    }

    @Test(arguments: ["@", "@a{", "@a{b,", "@a{b,c=", "{", "@string{", "@a{b,c={"])
    func longRuns(piece: String) {
        #expect(read(String(repeating: piece, count: 2000)).entries.isEmpty)
    }
}

import Diagnostics
import Documents
import Testing

/// CSL-JSON as the Citation Style Language 1.0.2 has it (csl-data.json); particles by its specification.
@Suite struct CSLTests {
    private func read(_ text: String) -> (entries: [BibliographyEntry], faults: [String]) {
        let (entries, faults) = CSLReader.read(SourceFile(path: "a.json", text: text))
        return (
            entries, faults.map { "\($0.range.start.line):\($0.range.start.column) \($0.message.prefix(14))" }
        )
    }

    @Test func works() throws {
        let (entries, faults) = read(
            """
            [
              {"id": "ant", "type": "article-journal", "title": "An <i>IV</i> at <span class=\\"nocase\\">x</span> < 2",
               "author": [{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                          {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von", "suffix": "Jr"},
                          {"literal": "The R Team"}],
               "container-title": "Annals", "volume": 3, "issue": "2", "page": "1-9", "DOI": "10.1/x",
               "issued": {"date-parts": [["2024", 5]]}},
              {"id": 7, "type": "chapter", "title": "Part", "container-title": "Whole", "publisher": "House",
               "editor": [{"family": "Doe", "given": "Jane"}], "issued": {"raw": "31 May 2019"}},
              {"id": "pre", "type": "article", "number": "arXiv:2402.17637", "issued": {"literal": "in press"}},
              {"id": "phd", "type": "thesis", "publisher": "MIT", "issued": {"date-parts": [[1999]]}, "note": null}
            ]
            """)
        #expect(faults == [])
        #expect(entries.map(\.key) == ["ant", "7", "pre", "phd"])
        #expect(entries.map(\.kind) == ["article", "incollection", "misc", "phdthesis"])
        #expect(entries.map(\.year) == ["2024", "2019", "in press", "1999"])
        let ant = try #require(entries.first)
        #expect(ant.title == "An IV at x < 2")
        #expect(
            ant.names == [
                .init(family: "van Beethoven", given: "Ludwig"),
                .init(family: "Humboldt Jr", given: "Alexander von"), .init(family: "The R Team"),
            ])
        #expect(ant.fields["journal"] == "Annals" && ant.fields["number"] == "2" && ant.fields["pages"] == "1-9")
        #expect(entries[1].fields["booktitle"] == "Whole" && entries[1].names == [.init(family: "Doe", given: "Jane")])
        #expect(entries[2].fields["eprint"] == "2402.17637")
        #expect(entries[3].fields["school"] == "MIT")
    }

    @Test func shapes() {
        #expect(read(#"{"id": "one", "title": "T"}"#).entries.map(\.key) == ["one"])
        #expect(read(#"{"items": [{"id": "one"}, {"id": "two"}]}"#).entries.map(\.key) == ["one", "two"])
        #expect(read("[]").entries.isEmpty)
    }

    /// A malformed work is left out, the others stay.
    @Test func faultsLeaveTheRest() {
        let (entries, faults) = read(
            """
            [{"id": "a"},
             {"title": "B"},
             7,
             {"id": "c", "title": ["C"]},
             {"id": "d", "issued": "2024"},
             {"id": "e", "author": [{"given": "E"}]},
             {"id": "f", "author": "F"},
             {"id": "g", "issued": {"date-parts": []}},
             {"id": "h"}]
            """)
        #expect(entries.map(\.key) == ["a", "h"])
        #expect(
            faults == [
                "2:2 A work has an ", "3:2 A work is an o", "4:23 'title' of a w", "5:24 A date is {\"da",
                "6:25 Who is named i",
                "7:24 Who is named i", "8:24 A date is {\"da",
            ])
    }

    @Test func textThatIsNotJSON() {
        #expect(read("[\n  {\"id\": \"a\",}\n]").faults == ["2:14 A member of an"])
    }
}

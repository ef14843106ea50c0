import Diagnostics
import Documents
import Markdown
import Testing

@Suite struct TabTests {
    @Test func sets() throws {
        let read = Read(
            """
            Before

            <!-- tabs -->

            ### Web

            One

            #### Detail

            ### App

            ```data
            source: a.csv
            ```

            <!-- /tabs -->

            After
            """)
        #expect(read.faults == [])
        let document = try #require(read.document)
        #expect(document.directives.count == 1)
        let set = try #require(document.body.children.tabSets.first)
        #expect(set.tabs.map(\.heading.plainText) == ["Web", "App"])
        #expect(set.tabs.map { $0.content.map(\.plainText) } == [["One", "Detail"], [""]])
        #expect(set.headings.map(\.plainText) == ["Web", "Detail", "App"])
        #expect(document.body.children.flow.count == 3)
    }

    @Test(arguments: [
        ("<!-- tabs -->\n\n# A\n", ["tabs: <!-- tabs -->"]),
        ("# A\n\n<!-- /tabs -->\n", ["tabs: <!-- /tabs -->"]),
        ("<!-- tabs -->\n\n<!-- /tabs -->\n", ["tabs: <!-- tabs -->"]),
        ("<!-- tabs -->\n\nStray\nlines\n\n# A\n\n<!-- /tabs -->\n", ["tabs: Stray"]),
        (
            "<!-- tabs -->\n\n## A\n\n<!-- tabs -->\n\n## B\n\n<!-- /tabs -->\n\n<!-- /tabs -->\n",
            ["tabs: <!-- tabs -->", "tabs: <!-- /tabs -->"]
        ),
        ("<!-- tabs -->\n\n### A\n\n## B\n\n<!-- /tabs -->\n", ["tabs: ## B"]),
        ("> <!-- tabs -->\n>\n> # A\n", ["directive-place: <!-- tabs -->"]),
    ])
    func faults(text: String, faults: [String]) { #expect(Read(text).faults == faults) }

    /// Tabs may hold includes, but not end in one.
    @Test func acrossFiles() {
        let whole = Read(
            "<!-- tabs -->\n\n<!-- include: b.md -->\n\n<!-- /tabs -->\n", files: ["b.md": "## A\n\nText\n"])
        #expect(whole.faults == [])
        #expect(whole.document?.body.children.tabSets.first?.tabs.count == 1)
        let parted = Read(
            "<!-- tabs -->\n\n## A\n\n<!-- include: b.md -->\n", files: ["b.md": "Text\n\n<!-- /tabs -->\n"])
        #expect(parted.faults == ["tabs: <!-- /tabs -->"])
    }

    /// A comment is a comment, whatever else it says.
    @Test func otherComments() {
        #expect(Read("<!-- tabs are nice -->\n\n<!-- a --> <!-- /tabs -->\n").faults == [])
    }
}

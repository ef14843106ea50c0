import Diagnostics
import Testing

@testable import Rendering

/// A project's variables: what a brand file may hold, and where its variables take hold.
@Suite struct BrandTests {
    private static func read(_ css: String) -> BrandReader {
        BrandReader(SourceFile(path: "Templates/brand.css", text: css))
    }

    @Test func lightAndDark() {
        let reader = Self.read(
            """
            /* ours */
            :root { --accent: #7a1fa2; --sans: "Acme; Sans", sans-serif; --logo: url("data:image/svg+xml,%3Csvg/%3E") }
            @media (prefers-color-scheme: dark) { :root { --accent: /* lighter */ #cf9ae6; } }
            """)
        #expect(reader.diagnostics.isEmpty)
        #expect(reader.style.light.map(\.name) == ["--accent", "--sans", "--logo"])
        #expect(reader.style.light[1].value == "\"Acme; Sans\", sans-serif")
        #expect(reader.style.dark.map(\.value) == ["#cf9ae6"])
        // On paper ink is black whatever the brand; fonts and logos hold there, too.
        let css = reader.style.css
        #expect(css.contains("\n:root{--sans:\"Acme; Sans\", sans-serif;--logo:url("))
        #expect(css.contains("@media screen{:root{--accent:#7a1fa2}\n}"))
        #expect(css.hasSuffix("@media screen and (prefers-color-scheme:dark){:root{--accent:#cf9ae6}\n}\n"))
    }

    @Test(
        arguments: [
            ("p { color: red }", 1, "these stand in :root, or in @media (prefers-color-scheme: dark) { :root { … } }"),
            (":root { color: red; --ink: #000 }", 1, "a variable's name begins with `--`"),
            (":root { --ink }", 1, "a declaration is `--name:value;`"),
            (":root { p { --ink: #000 } }", 1, "a declaration is `--name:value;`"),
            (":root { --ink: #000", 1, "a brace is not closed"),
            (":root { --ink: rgb(0; --paper: #fff }", 1, "a bracket is not closed"),
            ("\n\n@import url(https://a.example/a.css);", 3, "a rule is `:root{--name:value}`"),
            (
                "\n:root{\n--logo: url(https://a.example/a.png)}", 3,
                "a page loads nothing: an image is url(\"data:image/…\")"
            ),
            (":root{--logo: url('data:text/html,x')}", 1, "a page loads nothing: an image is url(\"data:image/…\")"),
            ("@media (prefers-color-scheme: dark) { p { --ink: #fff } }", 1, "in @media stands :root{--name:value}"),
            ("@media print { :root { --ink: #fff } }", 1, "these stand in :root"),
            ("}", 1, "a rule is `:root{--name:value}`"),
        ])
    func nothingElse(css: String, line: Int, note: String) throws {
        let reader = Self.read(css)
        let diagnostic = try #require(reader.diagnostics.first)
        #expect(diagnostic.code.name == "malformed-brand" && diagnostic.range?.start.line == line)
        #expect(diagnostic.notes.first?.message.hasPrefix(note) == true, "\(diagnostic.notes)")
        #expect(reader.diagnostics.count == 1)
    }

    /// Whatever the bytes, reading ends, and the sheet has as many braces that open as that close.
    @Test(arguments: [
        "\\", ":root{--a:\\", ":root{--a:'", "/*", "@media", "{{{{", ":root{--a:b\\;--c:d}", "((((", ":root{--a:)}",
    ])
    func damaged(css: String) {
        let reader = Self.read(css)
        let sheet = reader.style.css
        #expect(sheet.count { $0 == "{" } == sheet.count { $0 == "}" })
        #expect(!reader.diagnostics.isEmpty || css == "/*" || css.contains("\\;"))
    }

    @Test func namesAreHeldToTheTheme() throws {
        let file = SourceFile(path: "Templates/brand.css", text: ":root{--acent:#7a1fa2;--acme:red;--warm:var(--acme)}")
        let found = brandDiagnostics(in: file, theme: nil)
        #expect(found.map(\.code.name) == ["unused-brand-variable"])
        #expect(found.first?.fixIts.map(\.replacement) == ["--accent"])
        #expect(brandDiagnostics(in: file, theme: "a{color:var(--acent,var(--warm))}").isEmpty)
    }

    /// Ratios by WCAG's own definition, as browsers' tools give them: #767676 on white is the lightest grey that passes.
    @Test(arguments: [
        ("#767676", "#ffffff", 4.54), ("#777", "#fff", 4.48), ("black", "white", 21), ("rgb(255, 0, 0)", "#fff", 4.00),
    ])
    func contrast(text: String, paper: String, ratio: Double) throws {
        let (a, b) = (try #require(BrandContrast.colour(text)), try #require(BrandContrast.colour(paper)))
        #expect(abs(BrandContrast.ratio(a, b) - ratio) < 0.005)
        #expect(BrandContrast.ratio(b, a) == BrandContrast.ratio(a, b))
    }

    @Test func wordsStandOutFromThePaper() throws {
        func found(_ css: String) -> [String] {
            brandDiagnostics(in: SourceFile(path: "Templates/brand.css", text: css), theme: nil)
                .map { "\($0.code.name) \($0.range?.text ?? "") \($0.notes.first?.message ?? "")" }
        }
        // The theme itself passes, and so does what is not known.
        #expect(found("").isEmpty && found(":root{--accent:oklch(0.9 0 0)}").isEmpty)
        #expect(found(":root{--ink:#999}") == ["low-contrast --ink --ink on paper is at 2.80 to 1"])
        // What is said for light paper holds on dark paper.
        #expect(found(":root{--accent:#7a1fa2}") == ["low-contrast --accent --accent on dark paper is at 2.17 to 1"])
        #expect(found(":root{--accent:#7a1fa2}@media(prefers-color-scheme:dark){:root{--accent:#cf9ae6}}").isEmpty)
        // Behind a name of one's own.
        let own = found(":root{--accent:var(--acme);--acme:#eee}")
        #expect(own.first?.hasPrefix("low-contrast --acme --accent on paper is at 1.") == true)
        #expect(found(":root{--paper:#888}").contains { $0.hasPrefix("low-contrast --paper --ink on dark paper") })
    }

    @Test func itFollowsTheTheme() throws {
        let page = try PageTests.page(templates: ["brand.css": ":root{--accent:#7a1fa2;--brand:\"Acme\"}"])
        let theme = try #require(page.firstRange(of: "--accent:var(--hue-4-text)")?.lowerBound)
        let brand = try #require(page.firstRange(of: "--accent:#7a1fa2")?.lowerBound)
        #expect(theme < brand && page.contains(":root{--brand:\"Acme\"}"))
        #expect(!(try PageTests.page()).contains("--brand"))
        // It cannot end the style.
        #expect(!(try PageTests.page(templates: ["brand.css": ":root{--brand:\"</style>\"}"])).contains("\"</style>"))
    }
}

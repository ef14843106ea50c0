import Diagnostics
import Markdown
import Testing

/// Which dollars make a formula, by the rule in pandoc's manual (extension `tex_math_dollars`), and where formulas stand.
/// `pandoc -f commonmark_x` 2.17 finds the same formulas, but takes `$5 or 6$7`, `$$$x$$$` and `$$ $$` for some, which the
/// manual's rule does not, and loses displayed formulas whose lines look like lists or quotes.
@Suite struct FormulaTests {
    /// The formulas of a text, displayed ones behind `$$`, names behind `#`.
    private func formulas(_ text: String) -> [String] {
        Parsed(text).root.formulas.map { formula, _ in
            (formula.isDisplay ? "$$" : "") + formula.tex + (formula.label.map { " #" + $0 } ?? "")
        }
    }

    @Test(arguments: [
        ("so $x_1$ is", ["x_1"]), ("$x$", ["x"]), ("a $x$b", ["x"]), ("($a*b*c$)", ["a*b*c"]),
        ("it costs $5 and $6", []), ("$5 or 6$7", []), ("$ x$", []), ("$x $", []), (#"\$x$ and y$"#, []),
        (#"$a\$b$"#, [#"a\$b"#]), ("$$x$$", ["$$x"]), ("$$ x $$", ["$$ x "]), ("$$$x$$$", []), ("$$ $$", []),
        (#"$\left[ a \\ b \right]_*$ and *c*"#, [#"\left[ a \\ b \right]_*"#]), ("$a\nb$", ["a\nb"]), ("$a\n\nb$", []),
        ("`$x$` and $y$", ["y"]), ("```\n$x$\n```", []), ("    $x$", []), ("<a b='$x$'> $y$", ["y"]),
        ("[t $x$](u$y$)", ["x"]), ("http://a.b/$x$ $z$", ["z"]), ("*$x$* **$y$**", ["x", "y"]),
        ("from $`{a.b}`–$`{a.c}`", []), ("- a $5\n- b 6$ c", []), ("# On $\\tau^2$", ["\\tau^2"]),
        ("$$\na\n+ b\n- c\n= d\n$$", ["$$\na\n+ b\n- c\n= d\n"]), ("$$\nx\n$$ {#eq-a}", ["$$\nx\n #eq-a"]),
        ("$$x$$ {#eq-a-1}\nand", ["$$x #eq-a-1"]), ("> $$\n> a < b\n> > c\n> $$", ["$$\na < b\n> c\n"]),
        ("- one\n\n  $$\n  x\n  $$", ["$$\nx\n"]), ("| a |\n|---|\n| $x \\| y$ |", ["x | y"]),
        ("a[^n]\n\n[^n]: see $x$", ["x"]), ("$a<b>c$", ["a<b>c"]), ("&amp; \\* $x$ \\& $y$", ["x", "y"]),
        ("$x$ ¡ ՚ $y$", ["x", "y"]), ("$[a](b)$", ["[a](b)"]),
    ])
    func whichDollars(text: String, expected: [String]) {
        #expect(formulas(text) == expected)
    }

    /// Around a formula everything is as it would be around a word.
    @Test func placesAround() {
        let text = "One *two* $a_b\\\\_c$ `three` ~~f~~ $$x$$ {#eq-y} [z](#i.j) &amp; $w$.\n"
        #expect(
            Parsed(text).outline == [
                "paragraph: " + text.dropLast(), "text: One ", "emphasis: *two*", "text: two", "text:  ",
                "formula: $a_b\\\\_c$", "text:  ", "code: `three`", "text:  ", "strikethrough: ~~f~~", "text: f",
                "text:  ", "formula: $$x$$ {#eq-y}", "text:  ", "link: [z](#i.j)", "text: z", "text:  &amp; ",
                "formula: $w$", "text: .",
            ])
    }

    @Test func placesOverLines() {
        let text = "Before\n\n> so that\n> $$\n> a\n>  \\foo + b\n> $$ holds `x`\n\nAfter `y`\n"
        let parsed = Parsed(text)
        #expect(parsed.nodes("formula").map(\.range.text) == ["$$\n> a\n>  \\foo + b\n> $$"])
        #expect(parsed.nodes("code").map(\.range.text) == ["`x`", "`y`"])
        #expect(parsed.nodes("softBreak").count == 1)
    }

    /// A place in the TeX is a place in the file, behind quote marks and a cell's backslashes too.
    @Test(arguments: ["> $$\n> a\n>   \\foo b\n> $$", "| $a \\| \\foo$ |\n|---|\n", "é $é \\foo$"])
    func placesInside(text: String) throws {
        let parsed = Parsed(text)
        let formula = try #require(parsed.root.formulas.first?.formula)
        let found = try #require(formula.tex.firstRange(of: "\\foo"))
        let lower = formula.tex.utf8.distance(from: formula.tex.startIndex, to: found.lowerBound)
        #expect(formula.place(lower, lower + 4, in: parsed.source)?.text == "\\foo")
    }

    @Test func names() {
        #expect(Parsed("$$x$$ {#mean}").diagnostics.map(\.code) == [.equationName])
        #expect(Parsed("$$x$$ {#eq-Mean}").diagnostics.map(\.range?.text) == [" {#eq-Mean}"])
        #expect(Parsed("$x$ {#eq-a}").root.plainText == "x {#eq-a}")
    }

    @Test(
        arguments: ["$", "$$", "$a ", "$$a ", "$a$", "$$a$$ ", "\\$", "$`", "$\n", "<$>", "[$]("])
    func longRuns(piece: String) {
        let text = String(repeating: piece, count: 50_000 / piece.utf8.count)
        #expect(!Parsed(text).root.children.isEmpty)
    }
}

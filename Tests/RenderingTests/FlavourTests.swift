import Documents
import Markdown
import Testing

@testable import Rendering

/// Markdown for tools that differ: their forms as their own documentation has them, named in `MarkdownFlavour+Writing`.
@Suite struct FlavourTests {
    @Test(arguments: [
        (MarkdownFlavour.github, "> [!CAUTION]\n> One.\n>\n> Two."),
        (.mkdocs, "!!! danger \"Caution\"\n\n    One.\n\n    Two."),
        (.docusaurus, ":::danger[Caution]\n\nOne.\n\nTwo.\n\n:::"), (.myst, "```{caution}\nOne.\n\nTwo.\n```"),
        (.notebook, "> **Caution**\n>\n> One.\n>\n> Two."),
    ])
    func callouts(flavour: MarkdownFlavour, expected: String) {
        #expect(flavour.callout(.caution, "One.\n\nTwo.") == expected)
    }

    @Test func outerBoxesHaveLongerFences() {
        let docusaurus = MarkdownFlavour.docusaurus.callout(.tip, "Deep.")
        #expect(MarkdownFlavour.docusaurus.callout(.note, docusaurus).hasPrefix("::::note[Note]\n"))
        let myst = MarkdownFlavour.myst.callout(.warning, title: "Beware", "````\nx\n````")
        #expect(myst == "`````{admonition} Beware\n:class: warning\n\n````\nx\n````\n`````")
    }

    @Test func foldsAndAnchors() {
        #expect(
            MarkdownFlavour.mkdocs.folded("S", isOpen: true, "```\nx\n```")
                == "???+ info \"S\"\n\n    ```\n    x\n    ```")
        #expect(MarkdownFlavour.myst.folded("S", isOpen: false, "x").hasPrefix("<details><summary>S</summary>\n\nx\n"))
        #expect(MarkdownFlavour.myst.anchor("slope", of: "a b") == "(a-b-slope)=\n")
        #expect(MarkdownFlavour.github.anchor("slope", of: "a") == "<a id=\"slope\"></a>\n\n")
    }

    /// MDX: https://mdxjs.com/docs/what-is-mdx/#markdown; Python-Markdown: https://python-markdown.github.io (its
    /// escapes are not all of CommonMark's).
    @Test(arguments: [
        ("{x} <b>", "&#123;x&#125; &#60;b&#62;"), ("a_b *c* `d`", "a&#95;b &#42;c&#42; &#96;d&#96;"),
        ("see http://a", "see http:\u{2060}//a"), (":smile: at 5:1", "&#58;smile: at 5&#58;1"),
        ("x == y = z", "x &#61;&#61; y = z"), ("\u{0}a\nb", "a b"), ("$5 ~ #1 @b", "&#36;5 &#126; &#35;1 &#64;b"),
    ])
    func textOfData(text: String, expected: String) { #expect(markdownReferences(text) == expected) }

    @Test(arguments: [
        ("- a", "&#45; a"), ("+3", "&#43;3"), ("2026. A", "2026&#46; A"), ("12) b", "12&#41; b"), ("12 b", "12 b"),
        ("% x", "&#37; x"), ("!!! note", "&#33;!! note"), ("import x", "&#105;mport x"), ("export", "&#101;xport"),
        ("imports", "imports"), ("(a)=", "&#40;a)="), ("", ""), ("**a**", "**a**"),
    ])
    func startsOfLines(line: String, expected: String) { #expect(markdownLineStart(line) == expected) }
}

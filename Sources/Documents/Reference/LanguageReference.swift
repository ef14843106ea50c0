package import Diagnostics
import Markdown

/// The reference of the language in Markdown, from the schemas and lists that the program itself reads.
package enum LanguageReference {
    /// The whole of it.
    ///
    /// - Parameter codes: Those of all diagnostics.
    package static func text(codes: [DiagnosticCode]) -> String {
        (["# The language of analyses\n"] + parts + [diagnostics(codes)]).joined(separator: "\n")
    }

    /// Its sections but for that of diagnostics, each under a heading of the second level.
    package static var parts: [String] {
        [frontMatter, common] + DirectiveSchema.all.map(section) + [values, claims, prose, settings]
    }

    /// Some directives; nil where a word is none.
    package static func text(directives words: [String]) -> String? {
        let schemas = words.compactMap { DirectiveSchema.named($0) }
        return schemas.count == words.count ? schemas.map(section).joined(separator: "\n") : nil
    }

    // MARK: Keys

    private static var frontMatter: String {
        "## Front matter\n\nYAML between two lines `---` at the beginning of the file.\n\n"
            + keyTable(FrontMatterReader.keys)
    }

    private static var common: String {
        """
        ## Directives

        A fenced code block whose info string is one of the words below; its body is one YAML mapping. A scalar that is \
        wholly `{id.path}` or `{params.name}` takes that value. Every directive takes these keys:


        """ + keyTable(DirectiveSchema.common)
    }

    private static func section(_ schema: DirectiveSchema) -> String {
        var text = "## `\(schema.word)`\n\n\(schema.summary) `show` is `\(schema.defaultShow.rawValue)` by default.\n\n"
        text += keyTable(schema.keys)
        text += "\nIts results, under its id:\n\n"
        return text + MarkdownTable.text(["path", "value"], schema.results.map { ["`\($0.path)`", $0.doc] })
    }

    private static func keyTable(_ keys: [KeySchema]) -> String {
        MarkdownTable.text(["key", "type", "default", "what it is"], keys.flatMap { rows($0, below: "") })
    }

    /// A row for the key, and one for each key of a mapping that it takes.
    private static func rows(_ key: KeySchema, below prefix: String) -> [[String]] {
        let name = prefix + key.name
        // Set as code where it is what one could write.
        let isLiteral = BodySchema.defaultValue(of: key) != nil
        let standard = key.isRequired ? "required" : key.defaultText.map { isLiteral ? "`\($0)`" : $0 } ?? ""
        var seen: Set<KeySchema> = []
        let inner = key.type.innerKeys.filter { seen.insert($0.key).inserted }
        return [["`\(name)`", key.type.referenceText, standard, key.doc]]
            + inner.flatMap { rows($0.key, below: name + ($0.isInList ? "[]." : ".")) }
            + key.type.keysUnderNames.flatMap { rows($0, below: name + ".NAME.") }
    }

    // MARK: Prose

    private static var values: String {
        """
        ## Values in prose

        A code span that is wholly `{path}` or `{path | format}` is a number of the results; `params.name` and `meta.date` \
        are there too. Two backticks keep it literal. Names with other characters than letters, digits, `-` and `_` stand in \
        brackets: `coefficients["page views"]`. Formats:


        """
            + MarkdownTable.text(
                ["format", "how a number is written", "0.04567", "-1234.5"],
                NumberFormat.forms.map { form in
                    let format = NumberFormat(parsing: form.text)
                    let examples = [0.04567, -1234.5].map { format?.text($0) ?? "" }
                    return ["`\(form.text)`", form.meaning] + (form.meaning.contains("interval") ? ["", ""] : examples)
                })
    }

    private static var claims: String {
        """
        ## Claims

        A link to `#id.path` is a claim, checked at every build. Without a title the number in its text is the result, \
        rounded as it is written. A title is a condition; a number in the text is checked all the same.


        """ + MarkdownTable.text(["title", "holds where"], ClaimCondition.forms.map { ["`\($0.text)`", $0.meaning] })
    }

    private static var prose: String {
        let callouts = Callout.Kind.allCases.map { "`> [!\($0.rawValue.uppercased())]`" }.joined(separator: ", ")
        return """
            ## The rest of a document

            GitHub-flavoured Markdown: tables, task lists, footnotes, strikethrough, autolinks. Raw HTML is left out.

            """ + "\n"
                + MarkdownTable.text(
                    ["what is written", "what it makes"],
                    [
                        [callouts, "A boxed remark: a quote that begins with its kind."],
                        [
                            "`<!-- include: path.md -->`",
                            "As a block of its own: another file without front matter in its place.",
                        ],
                        [
                            "`<!-- tabs -->`, `<!-- /tabs -->`",
                            "As blocks of their own: tabs, one a heading between them; headings of one level.",
                        ],
                        [
                            "`@fig-id`, `@tbl-id`, `@eq-name`, `@sec-slug`",
                            "The number of a figure, table or equation, or the title of a section.",
                        ],
                        [
                            "`$…$`, `$$…$$`",
                            "TeX, set when the report is built; `{#eq-name}` behind it numbers an equation.",
                        ],
                        [
                            "`@key`, `[see @key, p. 3; @key2]`, `[-@key]`",
                            "A citation from the files of `bibliography`, in the sentence, in parentheses, without the names.",
                        ],
                        ["`<!-- references -->`", "Where the list of what is cited stands, else at the end."],
                        [
                            "`[text](other.md)`, `[text](data.csv)`",
                            "A relative link: from the report it leads to the other analysis's report, or to the file.",
                        ],
                        [
                            "`[^label]`, `[^label]: text`",
                            "A footnote, also from captions and the abstract; a label holds in its file.",
                        ],
                        ["`![text](path.png)`", "A local image, which becomes part of the page."],
                    ])
    }

    private static var settings: String {
        """
        ## Settings of a project

        A file `report.yaml` in a project's root, one YAML mapping, says for all of its analyses:


        """ + keyTable(ProjectSettings.keys)
    }

    private static func diagnostics(_ codes: [DiagnosticCode]) -> String {
        "## Diagnostics\n\n"
            + MarkdownTable.text(["code", "name"], codes.map { ["\($0)", "`\($0.name)`"] })
    }
}

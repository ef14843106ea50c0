import Diagnostics

extension Explanations {
    /// 01xx: files and projects.
    static let files: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            101, "invalid-utf8", "An analysis is UTF-8 text",
            why: "Places in a file, and the bytes of its report, have one meaning only in one encoding.", nil,
            do: "Save the file as UTF-8. For an older file: iconv -f latin1 -t utf-8 old.md > new.md."),
        DiagnosticExplanation(
            110, "missing-file", "A file that is named is there",
            why: """
                Paths are relative to the file in which they stand, not to the working directory. A glob must match at least \
                one file, and a folder to build must hold an analysis.
                """,
            wrong: "```data\nid: moments\nsource: arm.csv\n```", right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Correct the path, or add the file. A name one slip away is proposed, and `report fix` writes it."),
        DiagnosticExplanation(
            111, "not-a-file", "A path names a regular file",
            why: "A folder, a device or a pipe has no bytes to pin a result to.",
            wrong: "```data\nid: moments\nsource: data\n```", right: "```data\nid: moments\nsource: data/arms.csv\n```",
            do: "Name the file; a glob such as data/*.csv names all of a folder."),
        DiagnosticExplanation(
            112, "outside-project", "An analysis reads nothing outside its project",
            why: """
                A cloned project must not be able to read your files, and a report must build on another machine. The rule \
                holds for data, includes, images and what symbolic links lead to. The project is the nearest folder upwards \
                that holds report.yaml or Analyses/.
                """,
            wrong: "```data\nid: moments\nsource: /home/ann/arms.csv\n```",
            right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Copy the file into the project and name it by a relative path; `..` is fine while it stays inside."),
        DiagnosticExplanation(
            113, "foreign-configuration", "A project's report.yaml belongs to the user who builds it",
            why:
                "A file that another user laid into a folder above yours would otherwise decide what your build reads.",
            nil, do: "Take the file over (chown) if you trust it, or build a copy of the project that is your own."),
        DiagnosticExplanation(
            114, "unreadable-file", "A file that is named can be read",
            why: "The operating system refused it, or it is larger than files of its kind may be.", nil,
            do: "See the reason in the message: mend the file's permissions, or make it smaller."),
        DiagnosticExplanation(
            115, "remote-image", "An image is a file of the project",
            why: """
                A report is one page that needs no network, so images are embedded. What a server sends tomorrow is not \
                what it sent today. Known are png, jpg, gif, webp, avif and svg.
                """,
            wrong: "![The funnel](https://example.org/funnel.png)", right: "![The funnel](funnel.png)",
            do: "Save the image beside the analysis and name it by a relative path."),
        DiagnosticExplanation(
            116, "include-cycle", "A file does not include itself",
            why: "Spliced into itself, by whatever detour, a text would have no end.",
            wrong: "<!-- include: a.md -->", right: "<!-- include: method.md -->",
            do: "Remove one include of the chain that the notes show (here the analysis is a.md)."),
        DiagnosticExplanation(
            117, "include-depth", "Includes nest at most as deep as the message tells, 1000 in all",
            why: "The limit keeps a small file from growing into a huge one.", nil,
            do: "Include fewer files, or join some of them."),
        DiagnosticExplanation(
            118, "include-front-matter", "An included file has no front matter",
            why: "Title, seed and parameters are those of the analysis; a second set would have no clear meaning.",
            wrong: "<!-- include: other-analysis.md -->", right: "<!-- include: method.md -->",
            do: "Move the shared text into a file without front matter and include that from both."),
        DiagnosticExplanation(
            120, "output-conflict", "Each analysis has an output of its own",
            why: """
                What is in Analyses/a/b.md is written to output/a/b.html: two analyses with one such name would overwrite \
                each other. The folders output/audit and output/site are taken.
                """,
            wrong: "report build Analyses/audit/a.md", right: "report build Analyses/a.md",
            do: "Rename or move one of the two analyses."),
        DiagnosticExplanation(
            121, "unwritable-output", "What a command writes can be written",
            why: """
                A disk is full, a folder forbids it, or something that is no folder lies in the way. Symbolic links in the \
                output folder are not followed.
                """, nil, do: "See the reason in the message, or write elsewhere with --output."),
        DiagnosticExplanation(
            122, "unknown-parameter", "A parameter that a command or a file sets is one of the analysis",
            why: "A misspelt parameter that was quietly ignored would leave a report with the wrong numbers.",
            wrong: "report build Analyses/a.md --param alpa=0.1", right: "report build Analyses/a.md --param alpha=0.1",
            do: "Compare with `params` in the front matter; add the parameter there with its default if it is missing."),
        DiagnosticExplanation(
            123, "strict", "With --strict a warning fails the build",
            why: "You asked for it: on a server, what nobody reads should stop the build.",
            wrong: "report build Analyses/unused.md --strict", right: "report build Analyses/unused.md",
            do: "Mend the warnings above, or build without --strict."),
        DiagnosticExplanation(
            124, "untrusted-templates", "A project's own templates are used once `report trust` has been said",
            why: """
                A template decides what a page contains, scripts included. That of a cloned project is left out, and the \
                built-in one used, until you say that you trust it. A change of Templates/ or report.yaml withdraws the word.
                """, nil,
            do: "Read the templates, then say `report trust`, or build once with --trust."),
        DiagnosticExplanation(
            125, "missing-katex", "Formulas need KaTeX",
            why: """
                Formulas are set when the report is built, so that a page needs no script and no network. That is done by \
                KaTeX, which lies on your machine and not in report.
                """, nil,
            do: """
                Install the package libjs-katex (Debian, Ubuntu) or katex (npm), or let the variable KATEX_JS name a katex.js. \
                A `$` that begins no formula is written `\\$`.
                """),
        DiagnosticExplanation(
            126, "malformed-bibliography",
            "A bibliography is a BibTeX or CSL-JSON file with works, each under a key of its own",
            why:
                "A citation leads to one work. What cannot be read, or stands behind a key twice, would be left out unseen.",
            wrong: "---\ntitle: Lifts\nbibliography: broken.bib\n---",
            right: "---\ntitle: Lifts\nbibliography: references.bib\n---",
            do: "Mend the file where the note points; often a brace, a quote or a comma is missing."),
        DiagnosticExplanation(
            127, "sweep-conflict", "A sweep gives each parameter each of its values once",
            why: """
                Every report of a sweep has one value of each parameter, and a file named after them. A parameter that is set \
                and swept, or a value that stands twice, would make two of one; more than 1000 reports are rarely meant. A \
                list has commas of its own, so that it is swept in the front matter.
                """,
            wrong: "report build Analyses/a.md --sweep alpha=0.1,0.1",
            right: "report build Analyses/a.md --sweep alpha=0.1,0.2",
            do: "Take the value or the option that stands twice away, or sweep fewer values."),
        DiagnosticExplanation(
            128, "project-name", "A new project's name is also its folder's and its analysis's",
            why: """
                `report new NAME` makes a folder of that name with an analysis of that name in it, so the name holds letters, \
                digits, `-` and `_` and does not begin with `-`.
                """, nil,
            do: "Choose a plain name, such as `report new proxy-study`."),
        DiagnosticExplanation(
            129, "project-exists", "A new project begins in a folder that is empty or not there",
            why: "What `report new` writes would mix with, or replace, what is there already.", nil,
            do: "Choose another name, or empty the folder."),
        DiagnosticExplanation(
            134, "malformed-brand", "A brand file holds variables in :root, and nothing else",
            why: """
                Templates/brand.css sets colours, fonts and a logo by the theme's variables, so that it goes on working while \
                the theme changes: `:root { --accent: #7a1f5c; }`, and what dark pages have otherwise in \
                `@media (prefers-color-scheme: dark) { :root { … } }`. A page loads nothing: an image is a data: URI.
                """, nil,
            do: "Take out what is no variable; Templates/theme.css, which replaces the theme, is the place for rules."),
        DiagnosticExplanation(
            135, "unused-brand-variable", "Every variable of a brand file is one that the theme uses",
            why: "A misspelt variable would change nothing, and nobody would be told.", nil,
            do: "Take the name that is proposed, or see Templates/theme.css for those that there are."),
        DiagnosticExplanation(
            136, "low-contrast", "The words of a page stand out from its paper by at least 4.5 to 1 (WCAG 2.2 AA)",
            why: """
                Words that are nearly as light or as dark as their paper are hard to read for many, and for everyone in the sun. \
                A colour that a brand file sets in :root holds on dark paper, too, unless it sets another one there. Colours in \
                hexadecimal digits, `rgb(…)`, `black` and `white` are checked.
                """, nil,
            do: """
                Take a darker colour for light paper, or set a lighter one for dark paper in \
                `@media (prefers-color-scheme: dark) { :root { … } }`.
                """),
        DiagnosticExplanation(
            160, "malformed-notebook", "A notebook is JSON in Jupyter's format",
            why: "`report import` reads what Jupyter writes: an object with 'nbformat' and a list of 'cells'.", nil,
            do: "Open the file in Jupyter and save it again; the place in the message tells where reading ended."),
        DiagnosticExplanation(
            161, "notebook-version", "A notebook of format 4 is imported",
            why: "Older formats keep their cells elsewhere, and newer ones are not known yet.", nil,
            do: "`jupyter nbconvert --to notebook --inplace FILE` brings an old one up to date."),
        DiagnosticExplanation(
            162, "import-target", "An import writes an analysis that is not there yet",
            why: "What somebody wrote is not to be lost by a second import. An analysis is a file that ends in .md.",
            nil,
            do: "Name another file with --to, or write over this one with --force."),
        DiagnosticExplanation(
            163, "imported-as-text", "A block of a notebook that a report cannot show is kept as plain text",
            why: """
                An import passes `report check`. A formula that KaTeX does not know, or a word with a meaning here, would not; \
                so the block stands in a fence as it was written.
                """, nil,
            do: "See the reason in the note, mend the block and take the fence away."),
    ]
}

import Diagnostics

extension Explanations {
    /// 094x and 095x: what is brought to readers, and to where.
    static let publishing: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            940, "no-site", "What is published is a site",
            why: """
                `report publish` makes nothing itself: it brings to readers what `report site build` left, file by file as the \
                list in .report-site.json has them.
                """,
            nil,
            do: "Build the site with `report site build`, or name its folder with --site."),
        DiagnosticExplanation(
            941, "changed-site", "A site is published as it was built",
            why: """
                Each file of a site is held against the SHA-256 that its build wrote down. A page that was edited afterwards \
                would say what no build said; a file that no build wrote is nobody's to vouch for, and is left out.
                """,
            nil,
            do: """
                Change the analysis and build the site again. What is not made from analyses is brought to the target by itself: \
                publications leave files of others there alone.
                """),
        DiagnosticExplanation(
            942, "untrusted-target", "Targets of a report.yaml are used once the project is trusted",
            why: """
                A publication writes to the user's disk and, with the user's keys, to other machines. A project that somebody \
                else wrote must not decide where to.
                """,
            nil,
            do: "Name the target on the command line, as the note tells, or read report.yaml and say `report trust`."),
        DiagnosticExplanation(
            943, "unsafe-address", "An address names a place and no program",
            why: """
                git and rsync take some texts for options or for programs to run: `--upload-pack=…`, `ext::…`. So only folders, \
                https:// and ssh:// addresses, HOST:PATH, and for rsync those of its daemons are passed on to them.
                """,
            nil,
            do: "Write the address in one of these forms; a folder whose name looks like something else begins with ./."
        ),
        DiagnosticExplanation(
            944, "foreign-target", "A publication goes where nothing is, or where one went before",
            why: """
                What a publication wrote, the list .report-publish.json beside it tells: only that is replaced and removed later. \
                A target with files and without the list belongs to somebody.
                """,
            nil,
            do: """
                Name another target. With --force the publication goes there all the same: it overwrites files of the same names, \
                and all others stay.
                """),
        DiagnosticExplanation(
            945, "changed-target", "A publication writes over its own files as it left them",
            why: """
                A file that somebody put into the target, or changed there, holds work that is nowhere else. A link or a folder in \
                the place of a file could lead out of the target.
                """,
            nil,
            do: """
                Move what the note names elsewhere, and make changes in the analysis. With --force files are overwritten and removed \
                whoever wrote them.
                """),
        DiagnosticExplanation(
            946, "published-draft", "A draft is not published",
            why: "`draft: true` says that the analysis is not yet for readers.",
            nil,
            do:
                "Take `draft: true` out of the front matter and build again; --allow drafts publishes drafts as they are."
        ),
        DiagnosticExplanation(
            947, "published-claim", "A report is published while its claims hold",
            why: "A sentence that its own numbers contradict is worse before readers than a missing page.",
            nil,
            do: """
                Look at what `report claims` says, and change the sentence or the analysis; `report build --accept` rewrites \
                numbers. --allow claims publishes all the same.
                """),
        DiagnosticExplanation(
            948, "published-error", "A report with errors is not published",
            why: "A site keeps the last report that could be built, which is not what the analysis says now.",
            nil,
            do: "Mend what `report check` and `report build` say. --allow errors leaves such reports as they were."),
        DiagnosticExplanation(
            949, "stale-report", "A report is published as it would be built now",
            why: """
                Reports are made again before they are published, from the cache where nothing changed, and nothing is written. One \
                that comes out differently was built before its sources, its data or the program changed.
                """,
            nil,
            do: "Build the site again with `report site build`. --allow stale publishes it as it is."),
        DiagnosticExplanation(
            950, "unverified-publication", "Reports are published while their audit trail is as it was written",
            why: """
                Readers who check a report by its proof are led to the trail. One with faults, or reports that it does not know, \
                would tell them that somebody tampered with it.
                """,
            nil,
            do: """
                See what `report audit verify` says. A report that was built with --no-ledger is built once more without it. \
                --allow unverified publishes all the same.
                """),
        DiagnosticExplanation(
            951, "diverged-branch", "A branch is continued and not replaced",
            why: """
                A commit that does not continue the branch would take away what others have published there. Somebody else may have \
                published a moment ago, too.
                """,
            nil,
            do: """
                Publish again, on top of what is there now. With --orphan and --force the branch becomes one commit, unless it \
                changes in that moment.
                """),
        DiagnosticExplanation(
            952, "failed-publication", "What a publication needs of the system is there",
            why: """
                A folder could not be written, or git or rsync could not do what they were asked; the words are theirs. They are \
                run without a terminal: keys come from an agent, and passwords from git's own helpers. What was published before \
                stays whole.
                """,
            nil,
            do: "Try the same by hand (`git ls-remote ADDRESS`, `rsync ADDRESS`), and publish again."),
        DiagnosticExplanation(
            953, "unsafe-target", "A publication goes into a folder of its own",
            why: """
                The whole folder changes in one step, so it must not hold the project, the site or somebody's home, nor lie in what \
                is published. Pages for a tool lie among its documents, not beside its settings.
                """,
            nil, do: "Name a folder below the one that was named, or another."),
        DiagnosticExplanation(
            954, "no-target", "A publication has a target",
            why:
                "There is no place that fits all: a web server's folder, a branch for GitHub Pages, the documents of a tool.",
            nil,
            do:
                "Say --to FOLDER, --git REMOTE, --rsync HOST:FOLDER or --into mkdocs FOLDER, or write `publish` in report.yaml."
        ),
        DiagnosticExplanation(
            955, "publication-under-way", "A project is published once at a time",
            why: "Two publications to one target would each take the other's half-made tree for their own.",
            nil, do: "Wait until the other one has ended."),
    ]
}

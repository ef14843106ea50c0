import Diagnostics

extension Explanations {
    /// 086x: builds of the audit trail that are compared and made again.
    static let reproduction: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            860, "lost-source", "A build is made again from the files that it read, byte for byte",
            why: """
                An entry of the audit trail has the SHA-256 of every file that was read. Each is looked for in the commit that \
                the entry names, and then in the project, where it may still be what it was. To take another file of the same \
                name would make another report and call it the same.
                """,
            nil,
            do: """
                Bring the file back to its place: from a backup, from where the data came from, or by fetching the commit where \
                the repository is a shallow copy. The note tells its size and SHA-256, by which it is known.
                """),
        DiagnosticExplanation(
            861, "strange-entry", "An entry's report is named by its analysis, a file of the project",
            why: """
                Reports lie below the output folder under the path of their analysis, those of a sweep in a folder of that \
                name. An entry that says otherwise was not made by this program, or belongs to another project.
                """,
            nil,
            do: "See what `report audit verify` says of the trail, and whether it is the trail of this project."),
        DiagnosticExplanation(
            862, "untrusted-reproduction",
            "A report that was made with the project's own templates is made again once they are trusted",
            why: """
                A template decides what a page contains. Those of then may be others than those which are trusted now.
                """,
            nil,
            do: """
                Read the templates that the note names, as they were then, and say --trust; where they are still the same, \
                `report trust` is enough.
                """),
        DiagnosticExplanation(
            863, "unreadable-results",
            "Results that are compared are an entry of the trail, or a results file that report wrote",
            why:
                "A results file is the .json of a report. Its numbers are read by the same rules as those of an entry.",
            nil,
            do: "Name the .json of a report, as it stands in the output folder or in a copy of it."),
    ]
}

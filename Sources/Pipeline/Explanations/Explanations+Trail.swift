import Diagnostics

extension Explanations {
    /// 0820–0839: leaving entries in the audit trail, and reading it.
    static let trail: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            820, "untrusted-trail", "An audit trail outside the project is used once `report trust` has been said",
            why: "A cloned project must not be able to make your builds write into other folders.", nil,
            do: "Read its report.yaml, then say `report trust`; or build with --no-ledger, or with --output."),
        DiagnosticExplanation(
            821, "unusable-trail", "The audit trail can be read and written where it lies",
            why: """
                After a build the reports are written and whole, but no entry of them could be left: a disk that is full, a folder \
                that may not be written, a symbolic link where the trail's folder should be, another build that goes on for long.
                """, nil,
            do: "Mend what the message names, and build again: the entry is then left. --no-ledger builds without one."),
        DiagnosticExplanation(
            822, "damaged-trail", "An audit trail is whole",
            why: """
                Entries are only added to a trail whose files are what its checkpoint says; else new entries would hide that \
                old ones were changed.
                """, nil,
            do: "`report audit verify` names every fault. Bring the trail back from version control or from a mirror."),
        DiagnosticExplanation(
            823, "unknown-entry", "An entry that is named is in the trail",
            why: "Entries are numbered from 0 in the order in which they were left, over all reports of a project.",
            nil,
            do: "`report audit log` tells the numbers; `latest` and `latest~2` name entries from the end."),
        DiagnosticExplanation(
            824, "refused-mirror", "A mirror is the beginning of the trail that it is a mirror of",
            why: """
                That is what a mirror is for: where the trail no longer begins with what the mirror has, history was rewritten \
                after the mirror was last brought up to date, or the folder is the mirror of something else.
                """, nil,
            do: "Compare the two with `report audit log --output`. Never remove a mirror to make this message go away."),
        DiagnosticExplanation(
            825, "unusable-key", "A signing key is a file of the user's own, with mode 600, outside every project",
            why: """
                Whoever has the key can sign in your name. A build that silently went on without a signature because the key \
                could not be used would be found out years later.
                """, nil,
            do: "chmod 600 the file, move it out of the project, or unset REPORT_SIGNING_KEY to build unsigned."),
        DiagnosticExplanation(
            826, "oversized-entry", "An entry of the audit trail takes no more than 65,535 bytes",
            why: """
                Logs of this form have that bound. Long lists of files, claims and diagnostics are kept beside the entry, but the \
                note and the parameters stand in it.
                """, nil,
            do: "Write a shorter note, or put long parameters into a file of data."),
        DiagnosticExplanation(
            827, "ended-report", "What is told of a build is told of an entry that is one",
            why: """
                An entry by which a report was removed tells no build: it has no files and no numbers, so there is nothing to \
                compare, to make again or to export.
                """, nil,
            do: "Name the entry before it: `report audit log` of the report tells the numbers."),
        DiagnosticExplanation(
            828, "left-report", "A report that was removed is not in the output folder",
            why: """
                Whoever finds it there takes it for a report, and nothing holds it against the trail any more. A removal leaves \
                files that are not what was recorded, because nobody but their author knows what they are.
                """, nil,
            do: "Remove the file by hand, say `report audit remove` again, or build the report again."),
        DiagnosticExplanation(
            829, "unsuitable-successor", "A report goes on as one other, which is in the audit trail",
            why: "Whoever reads the history of the old report finds that of the new one by this name.", nil,
            do: "Build the analysis under its new name first, and name its report as it stands in the output folder."),
    ]
}

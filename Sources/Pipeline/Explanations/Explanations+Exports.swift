import Diagnostics

extension Explanations {
    /// 084x: what is made of the audit trail for others.
    static let exports: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            841, "crate-target", "A crate is written into a folder that is new or empty",
            why:
                "Whatever lies in the folder belongs to the crate, so a file of something else would be archived with it.",
            nil, do: "Name another folder, or empty this one."),
        DiagnosticExplanation(
            842, "changed-since-entry", "A crate takes in files that are still what its entries recorded",
            why: """
                A crate says of each file which build read or wrote it. Files that were edited, overwritten or removed since \
                then are told of by name, size and digest, and left out.
                """, nil,
            do:
                "Build again and export the new entry, or bring back the files as they were: the entry names its commit."
        ),
    ]
}

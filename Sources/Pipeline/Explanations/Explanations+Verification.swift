import Diagnostics

extension Explanations {
    /// Keys, and what `report audit verify` finds.
    static let verification: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            803, "unreadable-key", "A key to trust is NAME+NUMBER+KEY, as `report audit keygen` prints it",
            why: "The number follows from name and key, so that a slip of the pen makes no other key.", nil,
            do: "Give the text itself, or a file that begins with it; never the secret, which begins with PRIVATE+KEY+."
        ),
        DiagnosticExplanation(
            804, "refused-key-file", "A signing key is a new file outside of every project",
            why: """
                Whoever gets a copy of a project would get a key that lies in it; and a key that is overwritten can sign no \
                more for the trail that bears its name.
                """, nil,
            do: "Name another file; without one the key goes to the user's configuration."),
        DiagnosticExplanation(
            812, "altered-trail", "Every byte of the audit trail is as it was written",
            why: """
                The tree of hashes is made anew from the entries and compared with the tiles and with the root in the checkpoint; \
                whichever of entries and tiles has that root is right, and the other is named. Every file has one form.
                """, nil,
            do: "Bring the file back from version control or from a mirror, and find out who changed it."),
        DiagnosticExplanation(
            813, "missing-trail-file", "Every file that the checkpoint speaks of is there",
            why: "How many entries there are decides which tiles there are, and each entry names its record.", nil,
            do:
                "Bring the file back from version control or from a mirror; a page of a history is made by the next build."
        ),
        DiagnosticExplanation(
            814, "unknown-trail-file", "The folder of the audit trail holds nothing but the trail",
            why:
                "A file that nothing speaks of may be a tile of another history, laid down to be mistaken for this one.",
            nil, do: "Look at it, and move it out of the folder."),
        DiagnosticExplanation(
            815, "bad-checkpoint", "The checkpoint speaks of the tree, and a trusted key has signed it",
            why: """
                It is a note in three lines (the trail's name, how many entries, the root of their tree) with signatures below. A \
                signature in the name of a trusted key that is not that key's makes the whole note worthless.
                """, nil,
            do:
                "Compare with the last checkpoint that you kept (--checkpoint), and ask who signs. A new key needs --key."
        ),
        DiagnosticExplanation(
            816, "inconsistent-checkpoint", "The trail begins with all that an earlier checkpoint spoke of",
            why: "A log only grows. Where it does not continue what it once was, it was rewritten in between.", nil,
            do: "Keep both: the earlier checkpoint proves that another history was there."),
        DiagnosticExplanation(
            817, "altered-output", "Every file of a report is what its latest entry has the digest of",
            why:
                "A report that was changed by hand, or built without an entry (--no-ledger), is not the one on record.",
            nil,
            do: """
                Build it again; where that gives the bytes on record, the file had been changed. `report audit remove` ends a \
                report that is to be gone.
                """),
        DiagnosticExplanation(
            818, "interrupted-append", "An append that was interrupted leaves files that are not part of the trail",
            why: "It is killed before its checkpoint, so that nothing of it counts; what it was writing is on a list.",
            nil, do: "Nothing: the next build that appends removes them."),
        DiagnosticExplanation(
            819, "unproven-file", "A proof shows that a file's digest is in an entry, and the entry in the trail",
            why: """
                The leaf in the proof, the hashes beside its way up and the root that the checkpoint has must agree, and the \
                entry must have the file's digest.
                """, nil,
            do: "Make sure that file and proof are of the same build; a later one overwrites both."),
    ]
}

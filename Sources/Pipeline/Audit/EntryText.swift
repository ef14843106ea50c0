package import Diagnostics
import Ledger
package import Values

/// One entry of a trail, whole: `report audit show`.
package struct EntryText: Sendable {
    private let number: Int
    private let entry: LedgerEntry
    private let record: EntryRecord
    private let leaf: String

    package init(_ number: Int, in trail: AuditTrail) throws(Diagnostic) {
        self.number = number
        (entry, record, leaf) = try trail.reading { ledger throws(LedgerError) in
            let entry = try ledger.entry(number)
            return (entry, try ledger.record(entry.record), MerkleHash.leaf(try ledger.leaf(number)).hexadecimal)
        }
    }

    /// The entry and its numbers as the trail has them, and the hash of its leaf.
    package var value: Value {
        ["number": Value(number), "leaf": .string(leaf), "entry": entry.value, "record": record.value]
    }

    package var text: String {
        var rows: [(String, [String])] = [
            ("entry", ["\(number), after \(entry.previous.map { "\($0)" } ?? "none") of this report"]),
            ("report", [entry.report]), ("analysis", [EntryText.file(entry.source)]), ("built", [entry.time]),
        ]
        if let removal = entry.removal {
            rows.append(("removed", [removal.successor.map { "it goes on as \($0)" } ?? "the report ends here"]))
        }
        if let author = entry.author { rows.append(("by", [author])) }
        if let note = entry.note { rows.append(("note", note.split(separator: "\n").map(String.init))) }
        if let commit = entry.commit {
            let state = commit.isDirty ? ", with changes that are not in it" : ""
            rows.append(("commit", [commit.revision + state]))
        }
        rows += [
            ("program", ["report \(entry.tool.version)" + (entry.tool.build.map { " · sha256 \($0)" } ?? "")]),
            ("seed", ["\(entry.seed)"]),
            ("parameters", entry.parameters.map { "\($0.key) = \($0.value.canonicalJSON)" }),
            ("beside it", entry.includes.map(EntryText.file)), ("data", entry.data.map(EntryText.file)),
            ("results", ["sha256 \(entry.results)"]), ("files", entry.files.map(EntryText.file)),
            (
                "claims",
                entry.claims.map { claim in
                    "“\(claim.text)”\(claim.condition.map { " (\($0))" } ?? "") of \(claim.path): "
                        + (claim.holds ? "holds" : "does not hold")
                }
            ),
            (
                "diagnostics",
                entry.notices.map { "\($0.severity) \($0.code): \($0.message)" + ($0.place.map { " (\($0))" } ?? "") }
            ),
            (
                "numbers",
                record.numbers.sorted { $0.isKey && !$1.isKey }.map { number in
                    let error = number.error.map { ", se \(EntryWords.plain($0))" } ?? ""
                    return "\(number.isKey ? "* " : "  ")\(number.path) = \(EntryWords.number(number))\(error)"
                }
            ),
            ("leaf", [leaf]),
        ]
        return rows.filter { !$0.1.isEmpty }.flatMap { name, lines in
            lines.enumerated().map { index, line in
                let label = index == 0 ? name : ""
                let gap = String(repeating: " ", count: 13 - label.count)
                return label + gap + DiagnosticFormatter.neutralized(line) + "\n"
            }
        }.joined()
    }

    private static func file(_ file: LedgerEntry.File) -> String {
        "\(file.path) · \(file.bytes) bytes · sha256 \(file.sha256)"
    }
}

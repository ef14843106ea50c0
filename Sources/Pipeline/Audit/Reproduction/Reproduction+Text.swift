import Diagnostics
import Ledger
package import Values

extension Reproduction {
    /// What came of it, for people: a sentence, then what differs.
    package func text(isColored: Bool = false) -> String {
        var lines = [sentence]
        if isBuilt {
            let (commit, project) = sources
            let files = commit == 1 ? "1 file" : "\(commit) files"
            lines.append("read again: \(files) from the repository, \(project) from the project")
        }
        if verdict == .numbers || verdict == .differs {
            if let otherTool { lines.append(otherTool) }
            lines.append("results: \(hasSameResults ? "equal to the bit" : "not the same")")
            lines += files.filter { $0.state != .same }.map { "  \($0.path) \(Self.words($0.state))" }
            if let comparison, !comparison.isSame(within: .rounding) {
                let text = comparison.text(beyond: .rounding, isColored: isColored)
                return (lines.map(DiagnosticFormatter.neutralized) + ["", text]).joined(separator: "\n")
            }
        }
        return lines.map { DiagnosticFormatter.neutralized($0) + "\n" }.joined()
    }

    private var sentence: String {
        let name = "entry \(number) of \(report)"
        switch verdict {
        case .bytes:
            return "\(name) is made again byte for byte: \(files.count) file\(files.count == 1 ? "" : "s")"
        case .numbers: return "\(name) is made again: its numbers to 1e-9, though not byte for byte"
        case .differs:
            let first = files.first { $0.state != .same }.map { "; the first file that differs is \($0.path)" } ?? ""
            return "\(name) is not made again\(first)"
        case .failed: return "\(name) is not made again: it could not be built"
        }
    }

    private static func words(_ state: File.State) -> String {
        switch state {
        case .same: "is the same"
        case .differs(let place): "differs" + (place.map { ", first at \($0)" } ?? "")
        case .missing: "is not made any more"
        case .new: "was not made then"
        }
    }

    /// For programs.
    package var value: Value {
        [
            "schema": 1, "entry": Value(number), "report": .string(report), "verdict": .string(verdict.rawValue),
            "isSame": .boolean(isSame), "hasSameResults": .boolean(hasSameResults),
            "otherTool": otherTool.map { .string($0) } ?? .null,
            "sources": ["commit": Value(sources.commit), "project": Value(sources.project)],
            "files": .list(
                files.map {
                    [
                        "path": .string($0.path), "isSame": .boolean($0.state == .same),
                        "words": .string(Self.words($0.state)),
                    ]
                }),
            "comparison": comparison.map { $0.value(beyond: .rounding) } ?? .null,
        ]
    }
}

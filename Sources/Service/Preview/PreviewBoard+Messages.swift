import Diagnostics
import Documents
import Values
import Workspace

extension PreviewBoard {
    /// What a page shows, as its script is told: by its path, empty for the index.
    func message(for path: String, editor: EditorLink?) -> Value {
        let report = reports[path]
        var object: Object = [
            "version": .string(version(of: path)), "building": Value(isBuilding && report == nil),
            "general": .list(
                general.map { DiagnosticMessage(diagnostic: $0, project: firstProject, editor: editor).value }),
        ]
        // The index tells of reports itself.
        guard let report else { return .object(object) }
        object["label"] = .string(DiagnosticFormatter.neutralized(report.label))
        object["state"] = .string(report.word)
        if case .building(let progress?) = report.state {
            object["progress"] = [
                "number": Value(progress.number), "total": Value(progress.total),
                "text": .string(DiagnosticFormatter.neutralized(progress.text)),
            ]
        }
        object["time"] = report.time.map { Value(Double($0)) } ?? .null
        object["hasPage"] = Value(report.page != nil)
        object["draft"] = report.draft.map { .string($0.digest) } ?? .null
        object["diagnostics"] = .list(
            report.diagnostics.map { DiagnosticMessage(diagnostic: $0, project: report.project, editor: editor).value })
        return .object(object)
    }

    /// What tells the page at a path, as it would be served now, from every other: the digest of its file. Empty where there
    /// is none; the revision of the whole for the index.
    func version(of path: String) -> String {
        if path.isEmpty { return String(revision) }
        return reports[path].flatMap { $0.page ?? $0.draft }?.digest ?? ""
    }

    private var firstProject: Project? { paths.first.flatMap { reports[$0] }?.project }
}

extension PreviewReport {
    /// The state in a word.
    var word: String {
        switch state {
        case .waiting: "waiting"
        case .building: "building"
        case .built: isStale ? "stale" : "built"
        case .failed: isStale ? "stale" : "failed"
        }
    }
}

import Diagnostics
import Pipeline
import Workspace

/// Requests that propose changes of texts: renaming, and the fixes of diagnostics.
extension Session {
    func prepareRename(_ params: LSP.PositionParams) -> LSP.PreparedRename? {
        guard let view = view(params.textDocument.uri),
            let (id, range) = view.id(at: encoding.offset(of: params.position, in: view.file))
        else { return nil }
        return LSP.PreparedRename(range: encoding.range(range), placeholder: id)
    }

    func rename(_ params: LSP.RenameParams) throws(ResponseError) -> LSP.WorkspaceEdit? {
        guard let view = view(params.textDocument.uri),
            let (id, _) = view.id(at: encoding.offset(of: params.position, in: view.file))
        else { throw .failed("What can be renamed is the id of a directive") }
        if let reason = view.refusal(ofID: params.newName, for: id) { throw .failed(reason) }
        let edits = view.occurrences(of: id).map { occurrence in
            (
                path: view.path(of: occurrence.range.file.path),
                edit: LSP.TextEdit(range: encoding.range(occurrence.range), newText: params.newName)
            )
        }
        return workspaceEdit(edits)
    }

    /// What `report fmt` would change; nothing in a text that is no part of an analysis.
    func format(_ params: LSP.DocumentParams) -> [LSP.TextEdit]? {
        guard let view = view(params.textDocument.uri) else { return nil }
        return Formatting.edit(of: view.file).edit?.changes.map {
            LSP.TextEdit(range: encoding.range($0.range), newText: $0.replacement)
        } ?? []
    }

    /// A fix for each that a diagnostic in the range proposes, and one for all numbers of claims that no longer hold.
    func actions(_ params: LSP.CodeActionParams) -> [LSP.CodeAction] {
        guard let path = path(of: params.textDocument.uri), documents[path] != nil else { return [] }
        let known = diagnostics(of: path)
        func wants(_ kind: String) -> Bool {
            params.context.only.map { $0.contains { kind == $0 || kind.hasPrefix($0 + ".") } } ?? true
        }
        var actions: [LSP.CodeAction] = []
        if wants("quickfix") {
            for diagnostic in known where diagnostic.shown.range.touches(params.range) {
                actions += diagnostic.fixes.map { fix in
                    LSP.CodeAction(
                        title: fix.message.capitalisedFirst, kind: "quickfix", diagnostics: [diagnostic.shown],
                        isPreferred: diagnostic.fixes.count == 1 ? true : nil,
                        edit: workspaceEdit([(fix.path, fix.edit)]))
                }
            }
        }
        let stale = known.filter(\.isStaleClaim).flatMap(\.fixes)
        if stale.count > 1, wants("quickfix"),
            known.contains(where: { $0.isStaleClaim && $0.shown.range.touches(params.range) })
        {
            actions.append(
                LSP.CodeAction(
                    title: "Rewrite the numbers of all \(stale.count) claims that no longer hold", kind: "quickfix",
                    edit: workspaceEdit(stale.map { ($0.path, $0.edit) })))
        }
        // As `report fix`: where exactly one fix is proposed, and no claim.
        let safe = known.filter { $0.fixes.count == 1 && !$0.isStaleClaim }.flatMap(\.fixes)
        if !safe.isEmpty, params.context.only != nil, wants("source.fixAll") {
            actions.append(
                LSP.CodeAction(
                    title: "Apply the fixes that diagnostics propose", kind: "source.fixAll",
                    edit: workspaceEdit(safe.map { ($0.path, $0.edit) })))
        }
        return actions
    }

    /// Edits in the form that the editor knows. Of two that touch each other the first is taken.
    private func workspaceEdit(_ edits: [(path: String, edit: LSP.TextEdit)]) -> LSP.WorkspaceEdit {
        var byPath: [String: [LSP.TextEdit]] = [:]
        for (path, edit) in edits.sorted(by: {
            ($0.edit.range.start, $0.edit.range.end) < ($1.edit.range.start, $1.edit.range.end)
        }) {
            if let last = byPath[path]?.last, last == edit || edit.range.start < last.range.end { continue }
            byPath[path, default: []].append(edit)
        }
        guard client.workspace?.workspaceEdit?.documentChanges == true else {
            return LSP.WorkspaceEdit(
                changes: Dictionary(uniqueKeysWithValues: byPath.map { (uri(of: $0.key), $0.value) }))
        }
        return LSP.WorkspaceEdit(
            documentChanges: byPath.sorted { $0.key < $1.key }.map { path, edits in
                LSP.VersionedTextDocumentEdit(
                    textDocument: .init(uri: uri(of: path), version: documents[path]?.version), edits: edits)
            })
    }
}

extension LSP.Range {
    /// Whether two ranges share a place, their ends included.
    fileprivate func touches(_ other: LSP.Range) -> Bool { start <= other.end && other.start <= end }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

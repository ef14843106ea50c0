import Diagnostics
import Pipeline
import Reports
import Workspace

/// A diagnostic with its places in the texts as they are now.
struct PlacedDiagnostic {
    var shown: LSP.Diagnostic
    /// The changes that would mend it, each in a file by absolute path.
    var fixes: [(message: String, path: String, edit: LSP.TextEdit)]
    var isStaleClaim: Bool
}

extension Session {
    /// Publishes what is known of an analysis: what the check says of its texts, and what the last build found that no
    /// later edit has touched.
    func publish(_ path: String) {
        guard let state = analyses[path] else { return }
        let root = state.read?.analysis.project.root ?? Paths.parent(of: path)
        var shifts = Shifts(root: root, documents: documents)
        var placed: [String: [PlacedDiagnostic]] = [path: []]
        for diagnostic in state.checked + (state.built?.diagnostics ?? []) {
            let own = diagnostic.range.map { Paths.joined(root, $0.file.path) } ?? path
            guard let found = place(diagnostic, &shifts, root) else { continue }
            placed[own, default: []].append(found)
        }
        for text in state.texts { placed[Paths.joined(root, text), default: []] += [] }
        place(placed, of: path)
    }

    /// Takes the diagnostics of an analysis by file, and publishes every file that has or had any of it.
    func place(_ placed: [String: [PlacedDiagnostic]], of analysis: String) {
        let before = analyses[analysis]?.placed ?? [:]
        analyses[analysis]?.placed = placed
        for path in Set(before.keys).union(placed.keys).sorted() {
            // Two analyses may include one file.
            var seen: Set<LSP.Diagnostic> = []
            let all = diagnostics(of: path).map(\.shown).filter { seen.insert($0).inserted }
            let ordered = all.enumerated().sorted {
                ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset)
            }.map(\.element)
            notify(
                "textDocument/publishDiagnostics",
                LSP.PublishDiagnosticsParams(
                    uri: uri(of: path), version: documents[path]?.version, diagnostics: ordered))
        }
    }

    /// Everything that analyses have to say of a file.
    func diagnostics(of path: String) -> [PlacedDiagnostic] {
        analyses.sorted { $0.key < $1.key }.flatMap { $0.value.placed[path] ?? [] }
    }

    private func place(_ diagnostic: Diagnostic, _ shifts: inout Shifts, _ root: String) -> PlacedDiagnostic? {
        var range = LSP.Range.zero
        if let written = diagnostic.range {
            guard let now = shifts.current(written) else { return nil }
            range = encoding.range(now)
        }
        var related: [LSP.Diagnostic.Related] = []
        var message = diagnostic.message
        for note in diagnostic.notes {
            if let place = note.range.flatMap({ shifts.current($0) }) {
                let uri = uri(of: Paths.joined(root, place.file.path))
                related.append(.init(location: .init(uri: uri, range: encoding.range(place)), message: note.message))
            } else {
                message += "\n\(note.message)"
            }
        }
        let shown = LSP.Diagnostic(
            range: range, severity: diagnostic.severity == .error ? 1 : 2, code: diagnostic.code.description,
            message: message, relatedInformation: related.isEmpty ? nil : related)
        let fixes = diagnostic.fixIts.compactMap { fix in
            shifts.current(fix.range).map { place in
                (
                    fix.message, Paths.joined(root, place.file.path),
                    LSP.TextEdit(range: encoding.range(place), newText: fix.replacement)
                )
            }
        }
        return PlacedDiagnostic(shown: shown, fixes: fixes, isStaleClaim: diagnostic.code == .claimFails)
    }
}

/// Finds places of older texts in those that are open now.
private struct Shifts {
    let root: String
    let documents: [String: OpenDocument]
    private var known: [ObjectIdentifier: TextShift?] = [:]

    init(root: String, documents: [String: OpenDocument]) {
        self.root = root
        self.documents = documents
    }

    /// nil where an edit touched the range.
    mutating func current(_ range: SourceRange) -> SourceRange? {
        let id = ObjectIdentifier(range.file)
        if known[id] == nil {
            let open = documents[Paths.joined(root, range.file.path)]
            let isSame = open.map { $0.file.utf8 == range.file.utf8 } ?? true
            known[id] = .some(
                isSame
                    ? nil
                    : open.map {
                        TextShift(from: range.file, to: SourceFile(path: range.file.path, text: $0.file.text))
                    })
        }
        guard let shift = known[id] ?? nil else { return range }
        return shift(range)
    }
}

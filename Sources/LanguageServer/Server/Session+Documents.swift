import Diagnostics
import Dispatch
import Documents
import Pipeline
import Workspace

/// What is open, and which analyses that concerns.
extension Session {
    /// A check waits this long for the next key.
    private static let pause = DispatchTimeInterval.milliseconds(30)

    func notified(_ method: String, _ message: IncomingMessage) {
        // A notification that cannot be read has no answer in which that could be said.
        do throws(ResponseError) {
            switch method {
            case "initialized": watchFiles()
            case "textDocument/didOpen": open(try message.params(LSP.DidOpenParams.self).textDocument)
            case "textDocument/didChange": change(try message.params())
            case "textDocument/didSave": save(try message.params(LSP.DocumentParams.self).textDocument.uri)
            case "textDocument/didClose": close(try message.params(LSP.DocumentParams.self).textDocument.uri)
            case "workspace/didChangeWatchedFiles":
                filesChanged(try message.params(WatchedParams.self).changes.map(\.uri))
            default: break
            }
        } catch {}
    }

    /// The path under which a document is known; nil for one that is no file.
    func path(of uri: String) -> String? {
        DocumentURI.path(of: uri).map { OverlayFileSystem.key(of: $0, over: server.workspace.files) }
    }

    func uri(of path: String) -> String { documents[path]?.uri ?? DocumentURI.uri(of: path) }

    /// The files as they are with the open texts over them.
    var snapshot: WorkspaceContext {
        var workspace = server.workspace
        workspace.files = OverlayFileSystem(workspace.files, texts: documents.mapValues(\.file.utf8))
        return workspace
    }

    // MARK: Notifications

    private func open(_ item: LSP.DidOpenParams.Item) {
        guard let path = path(of: item.uri) else { return }
        documents[path] = OpenDocument(uri: item.uri, path: path, version: item.version, text: item.text)
        generation += 1
        let known = concerned(by: path)
        for analysis in known.isEmpty ? hosts(of: path) : known { expect(analysis, builds: true, at: .now()) }
    }

    private func change(_ params: LSP.DidChangeParams) {
        guard let path = path(of: params.textDocument.uri), documents[path] != nil else { return }
        documents[path]?.apply(params.contentChanges, version: params.textDocument.version, encoding)
        generation += 1
        for analysis in concerned(by: path) { expect(analysis, builds: false, at: .now() + Session.pause) }
    }

    private func save(_ uri: String) {
        guard let path = path(of: uri) else { return }
        for analysis in concerned(by: path) { expect(analysis, builds: true, at: .now()) }
    }

    private func close(_ uri: String) {
        guard let path = path(of: uri), documents.removeValue(forKey: path) != nil else { return }
        generation += 1
        for (analysis, state) in analyses.sorted(by: { $0.key < $1.key }) {
            let texts =
                state.read.map { read in state.texts.map { Paths.joined(read.analysis.project.root, $0) } } ?? []
            if ([analysis] + texts).contains(where: { documents[$0] != nil }) {
                expect(analysis, builds: false, at: .now())
            } else {
                state.build?.cancel()
                queue.removeAll { $0 == analysis }
                endProgress(analysis)
                place([:], of: analysis)
                analyses[analysis] = nil
            }
        }
    }

    private struct WatchedParams: Decodable {
        struct Change: Decodable { var uri: String }

        var changes: [Change]
    }

    private func filesChanged(_ uris: [String]) {
        let paths = uris.compactMap { path(of: $0) }.filter { documents[$0] == nil }
        let relevant = Set(paths.flatMap { concerned(by: $0) })
        guard !relevant.isEmpty else { return }
        generation += 1
        for analysis in relevant.sorted() { expect(analysis, builds: true, at: .now()) }
    }

    /// Asks the editor to tell of files that change, where it can.
    private func watchFiles() {
        guard client.workspace?.didChangeWatchedFiles?.dynamicRegistration == true else { return }
        let pattern = "**/*.{md,csv,tsv,jsonl,bib,json,yaml,parquet}"
        request(
            "client/registerCapability",
            LSP.RegistrationParams(registrations: [
                .init(
                    id: "files", method: "workspace/didChangeWatchedFiles",
                    registerOptions: .init(watchers: [.init(globPattern: pattern)]))
            ]))
    }

    // MARK: Analyses

    /// Marks an analysis to be checked at a time, and perhaps built.
    private func expect(_ analysis: String, builds: Bool, at time: DispatchTime) {
        var state = analyses[analysis] ?? AnalysisState()
        state.checkDue = time
        state.wantsBuild = state.wantsBuild || (builds && computesValues)
        analyses[analysis] = state
    }

    /// The analyses whose reports a file has a part in: itself, those that include it; of a file that is no Markdown, all of
    /// its project.
    private func concerned(by path: String) -> [String] {
        if documents[path].map({ Session.hasFrontMatter($0.file) }) == true { return [path] + including(path) }
        if Paths.pathExtension(of: path) == "md" { return including(path) }
        return analyses.filter { _, state in
            guard let project = state.read?.analysis.project, Paths.isInside(path, project.root) else { return false }
            let top = project.shown(path).split(separator: "/").first ?? ""
            return top != "output" && top != ".report"
        }.keys.sorted()
    }

    private func including(_ path: String) -> [String] {
        analyses.filter { other, state in
            other != path && state.read.map { state.texts.contains($0.analysis.project.shown(path)) } == true
                || other == path && documents[path] != nil
        }.keys.sorted()
    }

    static func hasFrontMatter(_ file: SourceFile) -> Bool { file.line(1).drop { $0 == "\u{FEFF}" }.hasPrefix("---") }

    /// The analyses on disk that include a file without front matter; the search ends after a thousand.
    private func hosts(of path: String) -> [String] {
        let workspace = snapshot
        guard Paths.pathExtension(of: path) == "md",
            case .success(let project) = Project.containing(path, in: workspace)
        else { return [] }
        var unsaid: [Diagnostic] = []
        let name = Array(Paths.lastComponent(of: path).utf8)
        return Analysis.find([project.root], in: workspace, diagnostics: &unsaid).prefix(1000).filter { analysis in
            guard let bytes = try? workspace.files.contents(of: analysis.path, limit: 4 << 20), bytes.contains(name)
            else {
                return false
            }
            let read = ReadAnalysis.read(analysis.path, in: workspace)
            return read?.document.includes.contains { $0.path == project.shown(path) } == true
        }.map(\.path)
    }
}

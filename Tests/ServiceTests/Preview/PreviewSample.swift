import Documents
import Pipeline
import TestSupport
import Workspace

@testable import Service

/// A preview of a project in memory: what its builds and its handler do, without a server.
struct PreviewSample {
    let project: TestProject
    let hub = PreviewHub()
    let handler: PreviewHandler

    init(_ texts: [String: String]) {
        project = TestProject(texts)
        handler = PreviewHandler(
            hub: hub, files: PreviewFiles(files: project.files), editor: .visualStudioCode,
            pages: PreviewPages(name: "project"))
    }

    /// A build of all analyses, told as it happens; the time is 2026-03-01 12:30:05 UTC.
    func build(_ paths: [String] = ["Analyses"]) {
        var options = BuildOptions()
        options.isPreview = true
        options.formats = [.html]
        let home = "/home/ann/.config"
        let build = Build(
            options, in: project.workspace, trust: Trust(project.workspace, configurationHome: home),
            cache: ProjectCache(project.workspace, configurationHome: home))
        hub.change { $0.begin() }
        let files = PreviewFiles(files: project.files)
        let (general, outcomes) = build.run(paths) { event in
            var title: String?
            if case .ended(let outcome) = event { title = outcome.files.first.flatMap { files.title(of: $0) } }
            hub.change { $0.take(event, title: title, at: 1_772_368_205) }
        }
        hub.change { $0.end(general, outcomes) }
    }

    func get(_ path: String, method: String = "GET", _ headers: [(String, String)] = []) -> ServerResponse {
        handler.answer(ServerRequest(method: method, path: path, headers: headers))
    }

    func text(_ path: String) -> String {
        guard case .bytes(let bytes) = get(path).body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ServerResponse {
    /// The values of a header field.
    func values(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
}

import BuiltInTemplates
import Diagnostics
import Workspace

/// Answers the requests of a preview: pages that builds wrote, the index, the script of both and the stream of what changes.
///
/// Every other address has nothing, and none is looked for in the file system: a page is served under the name that its build
/// gave it and from where its build wrote it.
struct PreviewHandler: Sendable {
    let hub: PreviewHub
    let files: PreviewFiles
    let editor: EditorLink?
    let pages: PreviewPages

    static let streamPath = "/-/events"
    private static let draftPrefix = "/-/drafts/"

    func answer(_ request: ServerRequest) -> ServerResponse {
        var response = unprotected(request)
        response.headers += PreviewHandler.headers
        return response
    }

    /// On every answer: it is what it says it is, no other page may frame or read it, and no address of it goes elsewhere.
    private static let headers = [
        ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-cache"),
        ("cross-origin-resource-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
    ]

    private func unprotected(_ request: ServerRequest) -> ServerResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            var refusal = ServerResponse.text("A preview is only read.\n", status: 405)
            refusal.headers.append(("allow", "GET, HEAD"))
            return refusal
        }
        switch request.path {
        case "/":
            let board = hub.board
            return html(
                pages.index(board),
                as: LivePage(kind: .index, path: "", version: board.version(of: ""), sheet: PreviewPages.style))
        case LivePage.script: return .asset(BuiltInTemplates.previewScript, type: "text/javascript")
        case LivePage.style: return .asset(BuiltInTemplates.previewStyle, type: "text/css")
        case PreviewPages.style: return .asset(BuiltInTemplates.previewIndexStyle, type: "text/css")
        case PreviewHandler.streamPath: return stream(request)
        case let path where path.hasPrefix(PreviewHandler.draftPrefix):
            return draft(String(path.dropFirst(PreviewHandler.draftPrefix.count)))
        case let path: return page(String(path.dropFirst()))
        }
    }

    /// The last good page of a report, else what could be computed of it, else what there is to say.
    private func page(_ path: String) -> ServerResponse {
        let report = hub.board.reports[path]
        for file in [report?.page, report?.draft].compactMap(\.self) {
            guard let page = files.page(file) else { continue }
            return html(page.text, as: LivePage(kind: .page, path: path, version: page.digest))
        }
        let live = LivePage(kind: .page, path: path, version: "", sheet: PreviewPages.style)
        if let report { return html(pages.absent(report), as: live) }
        return html(pages.unknown(path), status: 404, as: live)
    }

    private func draft(_ path: String) -> ServerResponse {
        guard let file = hub.board.reports[path]?.draft, let page = files.page(file) else {
            // It is mended: the report is what was looked for.
            return ServerResponse(status: 302, headers: [("location", "/" + URIReference.text(ofPath: path))])
        }
        return html(page.text, as: LivePage(kind: .draft, path: path, version: page.digest))
    }

    private func html(_ text: String, status: Int = 200, as live: LivePage) -> ServerResponse {
        var response = ServerResponse(
            status: status, type: "text/html; charset=utf-8", bytes: Array(live.html(text).utf8))
        response.headers.append(("content-security-policy", "frame-ancestors 'none'"))
        return response
    }

    /// What changes on a page, for that page: no other site may listen.
    private func stream(_ request: ServerRequest) -> ServerResponse {
        guard PreviewHandler.isOfThisSite(request) else {
            return .text("Pages of other sites are told nothing.\n", status: 403)
        }
        let path = request.parameter("page") ?? ""
        return ServerResponse(
            headers: [("content-type", ServerSentEvent.mediaType), ("x-accel-buffering", "no")],
            body: .stream(PreviewStream(of: path, editor: editor, from: hub).bytes))
    }

    /// Browsers tell where a request comes from; what says nothing is no browser's page.
    static func isOfThisSite(_ request: ServerRequest) -> Bool {
        if let site = request.header("sec-fetch-site"), site != "same-origin", site != "none" { return false }
        guard let origin = request.header("origin") else { return true }
        guard let host = request.header("host") else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}

extension ServerResponse {
    fileprivate static func asset(_ text: String, type: String) -> ServerResponse {
        ServerResponse(type: "\(type); charset=utf-8", bytes: Array(text.utf8))
    }
}

import Values

/// The messages of one page's stream: what it shows, whenever that is something else.
struct PreviewFeed: Sendable {
    /// As `PreviewBoard.message` takes it.
    let path: String
    let editor: EditorLink?
    private var last: String?
    private var revision: Int?

    init(of path: String, editor: EditorLink?) {
        self.path = path
        self.editor = editor
    }

    /// What is to be sent now: a message where the page would show something else, otherwise a comment.
    mutating func next(_ board: PreviewBoard) -> ServerSentEvent {
        if board.revision == revision { return .breath }
        revision = board.revision
        let text = board.message(for: path, editor: editor).compactJSON
        if text == last { return .breath }
        // The first says how soon to come again after a cut.
        let event = ServerSentEvent(data: text, retry: last == nil ? 1000 : nil)
        last = text
        return event
    }
}

/// A stream as the server takes it, a message at a time and no sooner than the one before was sent.
actor PreviewStream {
    /// No two messages come faster: of what changes in between only the last is told.
    private static let interval = Duration.milliseconds(60)

    private let hub: PreviewHub
    private let wakes: AsyncStream<Void>
    private var feed: PreviewFeed
    private var hasSent = false

    init(of path: String, editor: EditorLink?, from hub: PreviewHub) {
        self.hub = hub
        wakes = hub.listen()
        feed = PreviewFeed(of: path, editor: editor)
    }

    /// nil at the end.
    func next() async -> [UInt8]? {
        if hasSent { try? await Task.sleep(for: PreviewStream.interval) }
        hasSent = true
        for await _ in wakes { return feed.next(hub.board).bytes }
        return nil
    }

    nonisolated var bytes: AsyncStream<[UInt8]> { AsyncStream { await self.next() } }
}

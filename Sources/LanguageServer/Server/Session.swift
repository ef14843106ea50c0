import Diagnostics
import Dispatch
import Foundation
import Pipeline
import Workspace

/// The conversation with one editor: what is open, what is known of it, and what is to be done.
///
/// It lives on one thread.
final class Session {
    let server: LanguageServer
    let inbox: Inbox
    private let send: (Data) -> Void

    var encoding = PositionEncoding.utf16
    var client = LSP.ClientCapabilities()
    var computesValues: Bool
    /// By path.
    var documents: [String: OpenDocument] = [:]
    /// By path.
    var analyses: [String: AnalysisState] = [:]
    /// Counts changes of anything that analyses are read from.
    var generation = 0
    var check: Check
    var isChecking = false
    /// Analyses that wait for their build, in order.
    var queue: [String] = []
    /// Tokens of progress that is shown, by analysis, and how many there were.
    var progress: [String: String] = [:]
    var shownBuilds = 0

    private(set) var exitCode: Int32?
    private var isInitialised = false
    private var isShutDown = false
    /// Nothing more comes; what has come is answered.
    private var hasEnded = false
    private var pending: [IncomingMessage] = []
    private var cancelled: Set<RequestID> = []
    private var requests = 0

    init(_ server: LanguageServer, inbox: Inbox, send: @escaping (Data) -> Void) {
        self.server = server
        self.inbox = inbox
        self.send = send
        computesValues = server.computesValues
        check = Check(in: server.workspace)
    }

    // MARK: What comes in

    /// Takes what came; `work` answers it.
    func take(_ item: Inbox.Item) {
        switch item {
        case .message(let bytes):
            do throws(ResponseError) {
                let message = try IncomingMessage(bytes)
                if message.method == "$/cancelRequest", message.id == nil {
                    cancel(message)
                } else {
                    pending.append(message)
                }
            } catch {
                send(OutgoingMessage.refusal(nil, error))
            }
        case .fault(let reason): send(OutgoingMessage.refusal(nil, .parse("Not a message: \(reason)")))
        case .found(let finding): take(finding)
        case .end: hasEnded = true
        }
    }

    private struct CancelParams: Decodable { var id: RequestID }

    /// A request that still waits is answered as cancelled; one that was answered stays so.
    private func cancel(_ message: IncomingMessage) {
        guard let id = (try? message.params(CancelParams.self))?.id, pending.contains(where: { $0.id == id }) else {
            return
        }
        cancelled.insert(id)
    }

    /// Answers all that has come and starts what is due.
    func work() {
        let messages = pending
        pending = []
        for message in messages where exitCode == nil { answer(message) }
        cancelled = []
        if hasEnded, exitCode == nil { exitCode = isShutDown ? 0 : 1 }
        guard exitCode == nil else { return }
        startChecks()
        startBuilds()
    }

    private func answer(_ message: IncomingMessage) {
        // An answer of the editor's to something asked of it tells nothing that is needed.
        guard let method = message.method else { return }
        guard let id = message.id else {
            if method == "exit" {
                exitCode = isShutDown ? 0 : 1
            } else if isInitialised, !isShutDown {
                notified(method, message)
            }
            return
        }
        if cancelled.contains(id) { return send(OutgoingMessage.refusal(id, .cancelled)) }
        do throws(ResponseError) {
            if method == "initialize" {
                send(OutgoingMessage.answer(id, try initialise(message)))
            } else if !isInitialised {
                throw .notInitialised
            } else if isShutDown {
                throw .invalidRequest("Nothing but 'exit' comes after 'shutdown'")
            } else if method == "shutdown" {
                isShutDown = true
                for state in analyses.values { state.build?.cancel() }
                send(OutgoingMessage.answer(id, LSP.Empty?.none))
            } else {
                send(try response(to: method, id, message))
            }
        } catch {
            send(OutgoingMessage.refusal(id, error))
        }
    }

    private func initialise(_ message: IncomingMessage) throws(ResponseError) -> LSP.InitializeResult {
        guard !isInitialised else { throw .invalidRequest("'initialize' comes once") }
        let params = try message.params(LSP.InitializeParams.self)
        client = params.capabilities ?? client
        encoding = PositionEncoding(offered: client.general?.positionEncodings)
        computesValues = params.initializationOptions?.values ?? computesValues
        isInitialised = true
        return LSP.InitializeResult(
            capabilities: LSP.ServerCapabilities(positionEncoding: encoding.rawValue),
            serverInfo: .init(version: ToolVersion.current))
    }

    // MARK: What goes out

    func notify(_ method: String, _ params: some Encodable) { send(OutgoingMessage.notification(method, params)) }

    func request(_ method: String, _ params: some Encodable) {
        requests += 1
        send(OutgoingMessage.request(.text("report-\(requests)"), method, params))
    }
}

import Diagnostics
import Foundation
import Pipeline
import TestSupport
import Workspace

@testable import LanguageServer

/// An editor and its server on one thread, over a project in memory.
final class Conversation {
    let project: TestProject
    let session: Session
    private let inbox = Inbox()
    private let received = Received()
    private var requests = 0

    /// What the server has sent. The session's closure holds it too.
    private final class Received {
        var messages: [JSON] = []
    }

    init(_ files: [String: String], capabilities: String = "{}", options: String = "{}") {
        project = TestProject(files)
        let trust = Trust(project.workspace, configurationHome: nil)
        let server = LanguageServer(
            in: project.workspace, trust: trust, cache: ProjectCache(project.workspace, configurationHome: nil),
            executable: nil, jobs: 1)
        let received = received
        session = Session(server, inbox: inbox) { received.messages.append(JSON(String(decoding: $0, as: UTF8.self))) }
        _ = request("initialize", "{\"capabilities\":\(capabilities),\"initializationOptions\":\(options)}")
        notify("initialized", "{}")
    }

    static func uri(_ path: String) -> String { DocumentURI.uri(of: TestProject.root + "/" + path) }

    static func quoted(_ text: String) -> String {
        (try? String(decoding: JSONEncoder().encode(text), as: UTF8.self)) ?? "\"\""
    }

    var messages: [JSON] { received.messages }

    func post(_ json: String) { session.take(.message(Array(json.utf8))) }

    func notify(_ method: String, _ params: String) {
        post("{\"jsonrpc\":\"2.0\",\"method\":\"\(method)\",\"params\":\(params)}")
        session.work()
    }

    /// The whole answer.
    func request(_ method: String, _ params: String) -> JSON {
        requests += 1
        let id = requests
        post("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}")
        session.work()
        return messages.last { $0["id"].number == Double(id) } ?? JSON(nil)
    }

    func open(_ path: String, _ text: String? = nil) {
        let text = text ?? project.text(path) ?? ""
        notify(
            "textDocument/didOpen",
            """
            {"textDocument":{"uri":"\(Self.uri(path))","languageId":"markdown","version":1,"text":\(Self.quoted(text))}}
            """)
    }

    /// Lets background work come in until a condition holds; false after half a minute.
    func wait(for condition: () -> Bool) -> Bool {
        let end = DispatchTime.now() + .seconds(30)
        while !condition() {
            guard DispatchTime.now() < end else { return false }
            for item in inbox.take(until: .now() + .milliseconds(10)) { session.take(item) }
            session.work()
        }
        return true
    }

    /// The diagnostics of a file that were published last; nil where none were.
    func published(_ path: String) -> JSON? {
        messages.last {
            $0["method"].string == "textDocument/publishDiagnostics" && $0["params"]["uri"].string == Self.uri(path)
        }?["params"]["diagnostics"]
    }

    func codes(_ path: String) -> [String]? {
        published(path).map { found in (0..<found.count).compactMap { found[$0]["code"].string } }
    }
}

/// Numbers that are the same in every run (SplitMix64, Steele et al. 2014).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A text with its places marked by `‸`.
struct Marked {
    let file: SourceFile
    let offset: Int

    init(_ text: String) {
        offset =
            text.utf8.count - (text.split(separator: "‸", omittingEmptySubsequences: false).last?.utf8.count ?? 0) - 3
        file = SourceFile(path: "a.md", text: text.replacing("‸", with: ""))
    }
}

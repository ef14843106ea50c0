import Diagnostics
import Pipeline
import TestSupport
import Testing
import Workspace

@testable import LanguageServer

@Suite struct SessionTests {
    private static let path = "Analyses/a.md"
    private static let analysis = """
        ---
        title: Lifts
        ---

        The lift is `{pooled.mu.estimate | .2f}`.

        ```data
        id: trials
        source: trials.csv
        ```

        ```meta-analysis
        id: pooled
        data: trials
        effect: effect
        variance: variance
        ```

        """

    private static let data = "effect,variance\n0.2,0.08\n0.5,0.07\n-0.1,0.09\n"

    private static func project(_ text: String = analysis) -> [String: String] {
        [path: text, "Analyses/trials.csv": data]
    }

    private static func at(_ line: Int, _ character: Int, _ path: String = path) -> String {
        """
        {"textDocument":{"uri":"\(Conversation.uri(path))"},"position":{"line":\(line),"character":\(character)}}
        """
    }

    @Test func valuesComeAndNothingIsWritten() {
        let editor = Conversation(Self.project())
        let written = editor.project.files.paths
        editor.open(Self.path)
        #expect(editor.wait { editor.session.analyses.values.first?.built != nil })
        let hover = editor.request("textDocument/hover", Self.at(4, 20))["result"]["contents"]["value"].string ?? ""
        let shown = hover.firstMatch(of: /`pooled\.mu\.estimate` = ([0-9.]+)\n/)?.1 ?? "none"
        let before = editor.project.files.paths
        // To the last digit what a build writes.
        #expect(editor.project.build()?.succeeded == true)
        #expect(editor.project.text("output/a.json")?.contains("\"estimate\": \(shown),") == true)
        #expect(hover.contains("from `data` trials"))
        // A cache needs a home, and this project has none that keys are kept in.
        #expect(before == written)
    }

    @Test func anEditorMayWantNoValues() {
        let editor = Conversation(Self.project(), options: "{\"values\":false}")
        editor.open(Self.path)
        #expect(editor.wait { editor.codes(Self.path) != nil })
        #expect(editor.session.analyses.values.allSatisfy { $0.build == nil && !$0.wantsBuild })
        let hover = editor.request("textDocument/hover", Self.at(4, 20))["result"]["contents"]["value"].string
        #expect(hover?.contains("not computed yet") == true)
        // Paths that the schema promises are completed all the same.
        let text = Self.analysis.replacing("pooled.mu.estimate", with: "pooled.mu.")
        editor.notify(
            "textDocument/didChange",
            """
            {"textDocument":{"uri":"\(Conversation.uri(Self.path))","version":2},
            "contentChanges":[{"text":\(Conversation.quoted(text))}]}
            """)
        let items = editor.request("textDocument/completion", Self.at(4, 24))["result"]["items"]
        #expect((0..<items.count).contains { items[$0]["label"].string == "estimate" })
    }

    /// A sweep has several reports; values are those of its first.
    @Test func sweepsShowTheirFirstReport() {
        let front = "title: Lifts\nparams: {method: reml}\nsweep:\n  method: [reml, dl]\n"
        let text = Self.analysis.replacing("title: Lifts\n", with: front)
            .replacing("variance: variance\n", with: "variance: variance\nmethod: \"{params.method}\"\n")
        let editor = Conversation(Self.project(text))
        editor.open(Self.path)
        #expect(editor.wait { editor.session.analyses.values.first?.built != nil })
        #expect(editor.session.analyses.values.first?.built?.variant == "method=reml")
        #expect(editor.codes(Self.path) == [])
        let hover = editor.request("textDocument/hover", Self.at(7, 20))["result"]["contents"]["value"].string
        #expect(hover?.contains("with method=reml") == true)
    }

    @Test func textsWithoutFilesAreAnalysesToo() {
        let editor = Conversation(Self.project())
        editor.open("Analyses/new.md", "---\ntitle: New\n---\n\n`{nothing.x}`\n")
        #expect(editor.wait { editor.codes("Analyses/new.md") == ["E0401"] })
    }

    /// Markdown that no analysis includes is none of the server's business.
    @Test func otherMarkdownIsLeftAlone() {
        let editor = Conversation(Self.project())
        editor.open("README.md", "# Read me\n\n```data\n```\n")
        #expect(editor.session.analyses.isEmpty)
        #expect(editor.request("textDocument/hover", Self.at(2, 4, "README.md"))["result"].isNull)
        #expect(editor.published("README.md") == nil)
    }

    @Test func closingTakesDiagnosticsAway() {
        let editor = Conversation(Self.project(Self.analysis + "`{nothing.x}`\n"))
        editor.open(Self.path)
        #expect(editor.wait { editor.codes(Self.path) == ["E0401"] })
        editor.notify("textDocument/didClose", "{\"textDocument\":{\"uri\":\"\(Conversation.uri(Self.path))\"}}")
        #expect(editor.codes(Self.path) == [])
        #expect(editor.session.analyses.isEmpty)
    }

    /// A request that waits is not computed once it is cancelled; one that has been answered stays so.
    @Test func requestsAreCancelled() {
        let editor = Conversation(Self.project())
        editor.open(Self.path)
        editor.post("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"textDocument/hover\",\"params\":\(Self.at(4, 20))}")
        editor.post("{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"textDocument/hover\",\"params\":\(Self.at(4, 20))}")
        editor.post("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":\"a\"}}")
        editor.post("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":\"never\"}}")
        editor.session.work()
        #expect(editor.messages.first { $0["id"].string == "a" }?["error"]["code"].number == -32800)
        #expect(editor.messages.first { $0["id"].string == "b" }?["result"]["contents"]["value"].string != nil)
    }

    /// What is saved while its analysis is computed is computed anew, and the older result is not shown.
    @Test func savingCancelsTheBuildThatRuns() {
        let editor = Conversation(Self.project())
        editor.open(Self.path)
        let first = editor.session.analyses.values.first?.build
        editor.notify("textDocument/didSave", "{\"textDocument\":{\"uri\":\"\(Conversation.uri(Self.path))\"}}")
        #expect(first?.isCancelled == true)
        #expect(editor.wait { editor.session.analyses.values.first?.built != nil })
        #expect(editor.session.queue.isEmpty)
    }

    private func value(_ editor: Conversation) -> String? {
        editor.request("textDocument/hover", Self.at(4, 20))["result"]["contents"]["value"].string
    }

    @Test func theEditorIsAskedToWatchFiles() {
        let capabilities = "{\"workspace\":{\"didChangeWatchedFiles\":{\"dynamicRegistration\":true}}}"
        let editor = Conversation(Self.project(), capabilities: capabilities)
        #expect(editor.messages.contains { $0["method"].string == "client/registerCapability" })
        editor.open(Self.path)
        #expect(editor.wait { editor.session.analyses.values.first?.built != nil })
        let before = value(editor)
        editor.project.add("Analyses/trials.csv", Self.data.replacing("0.5", with: "0.9"))
        let uri = Conversation.uri("Analyses/trials.csv")
        editor.notify("workspace/didChangeWatchedFiles", "{\"changes\":[{\"uri\":\"\(uri)\",\"type\":2}]}")
        // It may have been built before anybody looks whether it is.
        #expect(editor.wait { value(editor) != before })
        // What builds write concerns nobody.
        let output = Conversation.uri("output/a.json")
        #expect(editor.wait { editor.session.analyses.values.first?.build == nil })
        editor.notify("workspace/didChangeWatchedFiles", "{\"changes\":[{\"uri\":\"\(output)\",\"type\":2}]}")
        #expect(editor.session.analyses.values.first?.build == nil)
    }
}

import Diagnostics
import Documents
import Foundation
import Pipeline
import TestSupport
import Testing
import Workspace

@testable import LanguageServer

/// Whatever stands in a text, every feature answers at every place, and with places of that text.
@Suite struct DamagedTextTests {
    private static let names = ["proxy", "shrinkage", "weak-experiments", "shared-control"]

    private static func text(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Analyses/\(name).md"), encoding: .utf8)
    }

    /// A shipped analysis with a few bytes gone, doubled or put in.
    private static func damaged(_ text: String, _ chance: inout Chance) -> String {
        var bytes = Array(text.utf8)
        let pieces = [
            "`", "{", "}", "[", "\n", "```\n", "- ", ": ", "@", "](#", "\"", "---\n", "🎉", "\t", "\u{0}", "|", "'",
        ]
        for _ in 0..<Int.random(in: 1...12, using: &chance) {
            let place = Int.random(in: 0..<bytes.count, using: &chance)
            switch Int.random(in: 0..<4, using: &chance) {
            case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...200, using: &chance)))
            case 1: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
            case 2: bytes.insert(contentsOf: Array((pieces.randomElement(using: &chance) ?? "").utf8), at: place)
            default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...400, using: &chance)))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: names, 0..<12) func everyFeatureAnswersEverywhere(name: String, seed: UInt64) throws {
        var chance = Chance(seed)
        let text = Self.damaged(try Self.text(name), &chance)
        let project = TestProject(["Analyses/a.md": text])
        let path = TestProject.root + "/Analyses/a.md"
        let read = try #require(ReadAnalysis.read(path, in: project.workspace))
        let file = read.document.source
        let view = AnalysisView(read: read, file: file, built: nil, workspace: project.workspace)
        let count = file.utf8.count
        func isInside(_ range: SourceRange) -> Bool {
            range.lower <= range.upper && range.upper <= range.file.utf8.count
        }
        for _ in 0..<60 {
            let offset = Int.random(in: 0...count, using: &chance)
            for item in view.suggestions(at: offset, snippets: true) {
                #expect(item.replaced.lowerBound >= 0 && item.replaced.upperBound <= count)
                // An editor takes suggestions on the line of the place alone.
                #expect(file.location(at: item.replaced.lowerBound).line == file.location(at: offset).line)
            }
            if let hover = view.hover(at: offset) { #expect(isInside(hover.range)) }
            if let place = view.definition(at: offset) { #expect(isInside(place)) }
            if let (id, range) = view.id(at: offset) {
                #expect(isInside(range))
                for occurrence in view.occurrences(of: id) { #expect(occurrence.range.text == id) }
            }
        }
        #expect(view.folds.allSatisfy { $0.first < $0.last && $0.last <= file.lineCount })
        #expect(view.links.isEmpty)
        #expect(view.hints(from: 0, to: count).isEmpty)
        _ = view.outline
    }

    /// Messages that are JSON of any shape are answered or passed over.
    @Test(arguments: 0..<60) func everyMessageIsSurvived(seed: UInt64) {
        var chance = Chance(seed)
        let editor = Conversation(
            ["Analyses/a.md": "---\ntitle: A\n---\n\nText `{a.b}`\n"], options: "{\"values\":false}")
        editor.open("Analyses/a.md")
        let methods = [
            "textDocument/completion", "textDocument/hover", "textDocument/definition", "textDocument/references",
            "textDocument/documentHighlight", "textDocument/prepareRename", "textDocument/rename",
            "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink",
            "textDocument/inlayHint", "textDocument/codeAction", "textDocument/didOpen", "textDocument/didChange",
            "textDocument/didSave", "textDocument/didClose", "workspace/didChangeWatchedFiles", "$/cancelRequest",
            "$/odd",
        ]
        let uri = "\"\(Conversation.uri("Analyses/a.md"))\""
        func value(_ depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 3 ? 6 : 9), using: &chance) {
            case 0: return "null"
            case 1: return "\(Int.random(in: -3...60, using: &chance))"
            case 2: return "1e300"
            case 3: return uri
            case 4: return "\"\\ud83c\\udf89\""
            case 5: return "true"
            case 6: return "[\(value(depth + 1)),\(value(depth + 1))]"
            default:
                let keys = ["textDocument", "position", "range", "contentChanges", "text", "context", "newName", "id"]
                let members = (0..<3).map { _ in "\"\(keys.randomElement(using: &chance) ?? "")\":\(value(depth + 1))" }
                return "{\(members.joined(separator: ","))}"
            }
        }
        for number in 1000..<1040 {
            let method = methods.randomElement(using: &chance) ?? ""
            let line = Int.random(in: -2...9, using: &chance)
            let place = "{\"line\":\(line),\"character\":\(Int.random(in: -2...30, using: &chance))}"
            let whole =
                "{\"textDocument\":{\"uri\":\(uri)},\"position\":\(place),\"range\":{\"start\":\(place),\"end\":\(place)},"
                + "\"newName\":\"b\",\"context\":{\"includeDeclaration\":true},"
                + "\"contentChanges\":[{\"range\":{\"start\":\(place),\"end\":\(place)},\"text\":\"`{\"}]}"
            let params = Bool.random(using: &chance) ? whole : value(0)
            let answer = editor.answer(to: method, params, id: number)
            #expect(answer["error"].count > 0 || answer["result"].value != nil, "\(method) \(params)")
        }
    }
}

extension Conversation {
    /// The answer to a request with an id of the test's.
    fileprivate func answer(to method: String, _ params: String, id: Int) -> JSON {
        post("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(params)}")
        session.work()
        return messages.last { $0["id"].number == Double(id) } ?? JSON(nil)
    }
}

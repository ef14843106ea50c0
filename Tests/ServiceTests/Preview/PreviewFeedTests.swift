import TestSupport
import Testing
import Values

@testable import Service

/// What a page's stream says, and how it is written.
@Suite struct PreviewFeedTests {
    private func text(_ event: ServerSentEvent) -> String { String(decoding: event.bytes, as: UTF8.self) }

    /// The forms of the HTML standard, "Server-sent events", 9.2.5 and 9.2.6.
    @Test func eventsOnTheWire() {
        #expect(text(ServerSentEvent(data: "{}")) == "data: {}\n\n")
        #expect(text(ServerSentEvent(data: "a", retry: 1000)) == "retry: 1000\ndata: a\n\n")
        #expect(text(ServerSentEvent(data: "a\nb\r\nc")) == "data: a\ndata: b\ndata: \ndata: c\n\n")
        #expect(text(ServerSentEvent(data: "")) == "data: \n\n")
        #expect(text(.breath) == ":\n\n")
    }

    @Test func onlyWhatAPageShowsIsSentToIt() throws {
        let preview = PreviewSample([
            "Analyses/a.md": "---\ntitle: A\n---\n\nA.\n", "Analyses/b.md": "---\ntitle: B\n---\n\nB.\n",
        ])
        preview.build()
        var feed = PreviewFeed(of: "a.html", editor: nil)
        let first = feed.next(preview.hub.board)
        #expect(first.retry == 1000)
        let state = JSON(first.data)
        #expect(
            state["state"].string == "built" && state["version"].string?.count == 64 && state["diagnostics"].count == 0)
        #expect(feed.next(preview.hub.board) == .breath, "nothing changed")

        preview.project.add("Analyses/b.md", "---\ntitle: B\n---\n\n`{params.x}`\n")
        preview.hub.change { $0.begin() }
        #expect(JSON(feed.next(preview.hub.board).data)["state"].string == "stale")
        preview.build()
        let second = feed.next(preview.hub.board)
        #expect(JSON(second.data)["version"].string == state["version"].string, "the page is as it was")
        #expect(JSON(second.data)["state"].string == "built" && second.retry == nil)
        #expect(feed.next(preview.hub.board) == .breath)
    }

    @Test func diagnosticsHaveTheirPlaceAndAReason() throws {
        let preview = PreviewSample(["Analyses/a.md": "---\ntitle: A\n---\n\nA \u{1F600} `{params.x}`.\n"])
        preview.build()
        var feed = PreviewFeed(of: "a.html", editor: .visualStudioCode)
        let state = JSON(feed.next(preview.hub.board).data)
        #expect(state["state"].string == "failed" && state["hasPage"].value as? Bool == false)
        #expect(state["draft"].string == state["version"].string)
        let found = state["diagnostics"][0]
        #expect(found["severity"].string == "error")
        // The fifth line's code span; an emoji is one character and two UTF-16 units.
        #expect(found["place"]["text"].string == "Analyses/a.md:5:5")
        #expect(found["place"]["link"].string == "vscode://file/home/ann/project/Analyses/a.md:5:6")
        #expect(found["snippet"][0].string == "  5 | A \u{1F600} `{params.x}`.")
        // Seven columns of margin and text, the emoji two of them.
        #expect(found["snippet"][1].string?.hasPrefix("    |      ^") == true)
        #expect(found["explanation"].count == 3)
        var closed = PreviewFeed(of: "a.html", editor: nil)
        #expect(JSON(closed.next(preview.hub.board).data)["diagnostics"][0]["place"]["link"].isNull)
    }

    @Test func whatIsWrongWithAllIsSaidOnEveryPage() throws {
        let preview = PreviewSample(["Analyses/a.md": "---\ntitle: A\n---\n\nA.\n"])
        preview.build()
        preview.project.add("report.yaml", "envronment: [X]\n")
        preview.build()
        for path in ["a.html", "", "no/such.html"] {
            var feed = PreviewFeed(of: path, editor: nil)
            let state = JSON(feed.next(preview.hub.board).data)
            #expect(state["general"][0]["place"]["text"].string == "report.yaml:1:1", "\(path)")
        }
        #expect(preview.hub.board.reports["a.html"]?.page != nil, "the last good page stays")
    }
}

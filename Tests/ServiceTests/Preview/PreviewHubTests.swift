import TestSupport
import Testing

@testable import Service

/// Streams that are slow, gone or at their end.
@Suite struct PreviewHubTests {
    @Test func whoIsSlowHearsTheLastAlone() async {
        let sample = PreviewSample(["Analyses/a.md": "---\ntitle: A\n---\n\nA.\n"])
        let stream = PreviewStream(of: "", editor: nil, from: sample.hub)
        var iterator = stream.bytes.makeAsyncIterator()
        func next() async -> String? { await iterator.next().map { String(decoding: $0, as: UTF8.self) } }
        #expect(await next()?.contains("\"version\":\"0\"") == true)
        for _ in 0..<1000 { sample.hub.change { $0.begin() } }
        #expect(await next()?.contains("\"version\":\"1000\"") == true)
        sample.hub.wake()
        #expect(await next() == ":\n\n", "nothing else had piled up")
        sample.hub.close()
        #expect(await next() == nil)
        let late = PreviewStream(of: "", editor: nil, from: sample.hub)
        #expect(await late.next() == nil)
    }

    @Test func whoIsGoneIsForgotten() async {
        let sample = PreviewSample([:])
        do {
            let stream = PreviewStream(of: "", editor: nil, from: sample.hub)
            _ = await stream.next()
            #expect(sample.hub.listenerCount == 1)
        }
        #expect(sample.hub.listenerCount == 0)
    }
}

import Dispatch
import Markdown
import Synchronization
import Testing

@Suite struct ConcurrencyTests {
    /// cmark-gfm keeps the characters of its extensions in a global table while a parser finishes; parsers on several
    /// threads must not take them from each other.
    @Test func extensionsHoldOnEveryThread() {
        let text = "One ~~two~~ www.a.b and | a pipe\n"
        let expected = Parsed(text).outline
        #expect(expected.contains("text: two") && expected.contains { $0.hasPrefix("link: www.a.b") })
        let wrong = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 4000) { _ in
            if Parsed(text).outline != expected { wrong.add(1, ordering: .relaxed) }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}

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

    /// The tree of a large text comes from cmark's arena, one for all: it is the same as that of its parts, whatever else is
    /// read meanwhile, and read once more.
    @Test func largeTextsReadAsTheirParts() {
        let part = """
            ## One *two* `three`

            A [link](#a.b "c") and www.a.b, ~~gone~~[^n] \\
            broken.

            | a | b |
            | - | -: |
            | c \\| d | **e** |

            - f
              > g

            """
        let note = "\n[^n]: A note.\n"
        let count = (1 << 20) / part.utf8.count + 1
        let large = String(repeating: part + "\n", count: count) + note
        #expect(large.utf8.count > 1 << 20)
        let own = Parsed(part + "\n" + note).outline
        let (blocks, end) = (own.dropLast(3), own.suffix(3))
        #expect(end.first?.contains("ootnote") == true, "\(own)")
        let expected = Array(repeating: blocks, count: count).joined() + end
        let wrong = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 12) { index in
            let isRight =
                index % 3 == 0
                ? Parsed(large).outline.elementsEqual(expected) : Parsed(part + "\n" + note).outline == own
            if !isRight { wrong.add(1, ordering: .relaxed) }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}

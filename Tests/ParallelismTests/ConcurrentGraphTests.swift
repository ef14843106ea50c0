import Parallelism
import Synchronization
import Testing

@Suite struct ConcurrentGraphTests {
    /// Node n waits for some of those before it.
    private func graph(_ count: Int) -> [[Int]] {
        (0..<count).map { node in (0..<node).filter { ($0 * 7 + node * 3) % 11 == 0 } }
    }

    @Test(arguments: [1, 2, 3, 64]) func everyNodeRunsOnceAfterItsInputs(width: Int) {
        let inputs = graph(200)
        let finished = Mutex<[Int]>([])
        concurrentGraph(inputs: inputs, width: width) { node in
            let done = finished.withLock { $0 }
            #expect(inputs[node].allSatisfy(done.contains), "node \(node)")
            finished.withLock { $0.append(node) }
        }
        #expect(finished.withLock { $0.sorted() } == Array(inputs.indices))
    }

    @Test func oneAtATimeGoesInOrder() {
        let finished = Mutex<[Int]>([])
        concurrentGraph(inputs: graph(50), width: 1) { node in finished.withLock { $0.append(node) } }
        #expect(finished.withLock { $0 } == Array(0..<50))
    }

    @Test func nothingIsDone() { concurrentGraph(inputs: [], width: 4) { _ in Issue.record("there is no node") } }

    /// Two nodes that wait for nothing run at the same time: each waits until the other has begun.
    @Test func readyNodesRunTogether() {
        let begun = Atomic<Int>(0)
        concurrentGraph(inputs: [[], []], width: 2) { _ in
            begun.add(1, ordering: .sequentiallyConsistent)
            while begun.load(ordering: .sequentiallyConsistent) < 2 {}
        }
        #expect(begun.load(ordering: .sequentiallyConsistent) == 2)
    }
}

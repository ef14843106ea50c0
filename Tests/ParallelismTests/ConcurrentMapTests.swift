import Foundation
import Parallelism
import Synchronization
import Testing

@Suite struct ConcurrentMapTests {
    @Test(arguments: [0, 1, 2, 1000]) func resultsStandInOrder(count: Int) {
        #expect(concurrentMap(count) { "\($0 * $0)" } == (0..<count).map { "\($0 * $0)" })
    }

    /// Loops within loops give what they give alone, and every index runs once.
    @Test func mapsNest() {
        let runs = Atomic<Int>(0)
        let found = concurrentMap(40) { a in
            concurrentMap(30) { b in
                concurrentMap(3) { c in
                    runs.add(1, ordering: .relaxed)
                    return (a * 30 + b) * 3 + c
                }
            }.flatMap(\.self)
        }.flatMap(\.self)
        #expect(found == Array(0..<3600))
        #expect(runs.load(ordering: .relaxed) == 3600)
    }

    /// A loop within a loop is shared, too, where there is a second processor: each of two waits until the other has begun.
    @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
    func innerLoopsAreShared() {
        let begun = Atomic<Int>(0)
        _ = concurrentMap(2) { outer in
            guard outer == 0 else { return }
            _ = concurrentMap(2) { _ in
                begun.add(1, ordering: .sequentiallyConsistent)
                while begun.load(ordering: .sequentiallyConsistent) < 2 {}
            }
        }
        #expect(begun.load(ordering: .sequentiallyConsistent) == 2)
    }

    @Test func chunksCoverEverythingOnce() {
        for (total, size) in [(0, 4), (1, 4), (8, 4), (9, 4), (3, 0)] {
            #expect(Chunks(of: total, size: size).flatMap { Array($0) } == Array(0..<total))
        }
    }
}

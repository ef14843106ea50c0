import Parallelism
import Testing

@Suite struct ConcurrentMapTests {
    @Test(arguments: [0, 1, 2, 1000]) func resultsStandInOrder(count: Int) {
        #expect(concurrentMap(count) { "\($0 * $0)" } == (0..<count).map { "\($0 * $0)" })
    }

    @Test func chunksCoverEverythingOnce() {
        for (total, size) in [(0, 4), (1, 4), (8, 4), (9, 4), (3, 0)] {
            #expect(Chunks(of: total, size: size).flatMap { Array($0) } == Array(0..<total))
        }
    }
}

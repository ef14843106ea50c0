import Parallelism
import Synchronization
import Testing

@Suite struct WaitingMapTests {
    @Test(arguments: [0, 1, 5, 100])
    func resultsInOrder(count: Int) {
        #expect(waitingMap(count, width: 8) { $0 * $0 } == (0..<count).map { $0 * $0 })
    }

    /// Four that wait for each other are all there at once, on a machine with one processor too.
    @Test func allWaitAtOnce() {
        let here = Atomic(0)
        let met = waitingMap(4, width: 4) { _ -> Bool in
            here.add(1, ordering: .sequentiallyConsistent)
            let end = ContinuousClock.now + .seconds(60)
            while here.load(ordering: .sequentiallyConsistent) < 4 { if ContinuousClock.now > end { return false } }
            return true
        }
        #expect(met == [true, true, true, true])
    }
}

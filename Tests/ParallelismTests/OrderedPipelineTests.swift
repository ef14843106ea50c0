import Parallelism
import Synchronization
import Testing

@Suite struct OrderedPipelineTests {
    struct Failure: Error, Equatable { var item: Int }

    /// Work of very different lengths is handed on in order, each once.
    @Test(arguments: [0, 1, 2, 500])
    func orderIsKept(count: Int) throws {
        var given = 0
        var taken: [Int] = []
        try orderedPipeline { () throws(Failure) -> Int? in
            guard given < count else { return nil }
            given += 1
            return given
        } map: { item in
            var sum = 0
            for step in 0..<(item % 7) * 10_000 { sum &+= step ^ item }
            return (item, sum)
        } take: { (part: (Int, Int)) throws(Failure) in
            taken.append(part.0)
        }
        #expect(taken == Array(0..<count).map { $0 + 1 })
    }

    /// The first failure in the order of items is thrown, and nothing behind it is taken, whoever fails.
    @Test func theFirstFailureCounts() {
        for (readFails, takeFails, last) in [(30, 99, 29), (99, 12, 11), (20, 20, 19)] {
            var given = 0
            var taken: [Int] = []
            let thrown = #expect(throws: Failure.self) {
                try orderedPipeline { () throws(Failure) -> Int? in
                    given += 1
                    if given == readFails { throw Failure(item: given) }
                    return given < 60 ? given : nil
                } map: { item in
                    item
                } take: { (part: Int) throws(Failure) in
                    if part == takeFails { throw Failure(item: part) }
                    taken.append(part)
                }
            }
            #expect(thrown == Failure(item: min(readFails, takeFails)))
            #expect(taken == Array(1...last))
        }
    }

    @Test func pipelinesNest() throws {
        let sums = try concurrentMap(4) { outer in
            Result<Int, Failure> {
                () throws(Failure) in
                var given = 0
                var sum = 0
                try orderedPipeline { () throws(Failure) -> Int? in
                    guard given < 50 else { return nil }
                    given += 1
                    return given
                } map: {
                    $0 * outer
                } take: { (part: Int) throws(Failure) in
                    sum += part
                }
                return sum
            }
        }.map { try $0.get() }
        #expect(sums == [0, 1275, 2550, 3825])
    }
}

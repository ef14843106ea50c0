internal import Parallelism

/// Where chunks write; each writes to places of its own.
private struct Target: @unchecked Sendable {
    let start: UnsafeMutablePointer<Double>
}

/// An array of `count` numbers that chunks of 0..<items fill at once; each item writes to places of its own, and
/// together they write all of them.
func parallelArray(
    count: Int, over items: Int, _ write: @Sendable (_ items: Range<Int>, _ start: UnsafeMutablePointer<Double>) -> Void
) -> [Double] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialised in
        guard let start = buffer.baseAddress else { return }
        let target = Target(start: start)
        let chunks = Chunks(of: items, size: 8192)
        _ = concurrentMap(chunks.count) { write(chunks[$0], target.start) }
        initialised = count
    }
}

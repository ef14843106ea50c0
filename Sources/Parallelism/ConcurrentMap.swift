internal import Dispatch

/// The results of `body` for 0..<count, computed on all processors and returned in order.
///
/// What is returned depends on `body` alone, not on how many processors there are or which finishes first, so long as
/// `body` is a function of its index. For many small items let an index stand for a chunk of them (`Chunks`), whose
/// bounds are fixed: then sums over chunks have the same bits everywhere.
package func concurrentMap<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
    guard count > 1 else { return (0..<max(0, count)).map(body) }
    return Array(unsafeUninitializedCapacity: count) { buffer, initialised in
        nonisolated(unsafe) let start = buffer.baseAddress
        DispatchQueue.concurrentPerform(iterations: count) { index in
            start?.advanced(by: index).initialize(to: body(index))
        }
        initialised = count
    }
}

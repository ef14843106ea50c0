internal import Dispatch

/// The results of `body` for 0..<count, computed on all processors and returned in order.
///
/// What is returned depends on `body` alone, not on how many processors there are or which finishes first, so long as
/// `body` is a function of its index. For many small items let an index stand for a chunk of them (`Chunks`), whose
/// bounds are fixed: then sums over chunks have the same bits everywhere.
///
/// Maps may nest: the calling thread takes indices itself, and whichever processor is free takes others.
package func concurrentMap<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
    guard count > 1 else { return (0..<max(0, count)).map(body) }
    return Array(unsafeUninitializedCapacity: count) { buffer, initialised in
        nonisolated(unsafe) let start = buffer.baseAddress
        concurrentRuns(count) { index in start?.advanced(by: index).initialize(to: body(index)) }
        initialised = count
    }
}

/// Runs `body` once for each of 0..<count, on the calling thread and on those that are free.
///
/// Dispatch's own `concurrentPerform` leaves a loop within a loop to one thread where there are two processors.
private func concurrentRuns(_ count: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
        withUnsafePointer(to: body) { pointer in
            let loop = SharedLoop(count, pointer)
            loop.callHelper()
            loop.run()
            loop.wait()
        }
    }
}

import Foundation
import Synchronization

/// Runs a body on threads of their own, all at once however few processors there are; the results in order.
package func onThreads<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Result
) -> [Result] {
    let results = Collected<Result>(count)
    let group = DispatchGroup()
    for turn in 0..<count {
        group.enter()
        let thread = Thread {
            results.set(body(turn), at: turn)
            group.leave()
        }
        // As much as a main thread has.
        thread.stackSize = 8 << 20
        thread.start()
    }
    group.wait()
    return results.all
}

private final class Collected<Result: Sendable>: Sendable {
    private let values: Mutex<[Result?]>

    init(_ count: Int) { values = Mutex(Array(repeating: nil, count: count)) }

    func set(_ value: Result, at index: Int) { values.withLock { $0[index] = value } }

    var all: [Result] { values.withLock { $0.compactMap(\.self) } }
}

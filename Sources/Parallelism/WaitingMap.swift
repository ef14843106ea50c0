internal import Dispatch
internal import Synchronization

/// The results of `body` for 0..<count in order, at most `width` at a time, each on a thread of its own: for what waits for
/// others, such as a server's answer, where more may run than there are processors.
package func waitingMap<Result: Sendable>(
    _ count: Int, width: Int, _ body: @escaping @Sendable (Int) -> Result
) -> [Result] {
    let state = WaitingState<Result>(count)
    let group = DispatchGroup()
    for lane in 0..<max(0, min(width, count)) {
        DispatchQueue(label: "waiting \(lane)").async(group: group) {
            while let index = state.next() { state.finish(index, body(index)) }
        }
    }
    group.wait()
    return state.results
}

private final class WaitingState<Result: Sendable>: Sendable {
    private let state: Mutex<(next: Int, results: [Result?])>

    init(_ count: Int) { state = Mutex((0, Array(repeating: nil, count: count))) }

    func next() -> Int? {
        state.withLock { state in
            guard state.next < state.results.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func finish(_ index: Int, _ result: Result) { state.withLock { $0.results[index] = result } }

    var results: [Result] { state.withLock { $0.results.compactMap(\.self) } }
}

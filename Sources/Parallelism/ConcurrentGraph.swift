internal import Dispatch
internal import Synchronization

/// Runs `body` once for every node, each after those that it waits for, at most `width` at a time.
///
/// Nodes that are ready begin in the order of their numbers. What a node does must depend on its inputs alone; then
/// nothing depends on the width or on which node finishes first. With a width of 1 everything runs on the calling
/// thread, in order.
/// - Parameters:
///   - inputs: For each node, the nodes that it waits for, all of smaller number.
///   - width: How many run at once.
package func concurrentGraph(inputs: [[Int]], width: Int, _ body: @Sendable (Int) -> Void) {
    let width = max(1, min(width, inputs.count))
    guard width > 1 else {
        for node in inputs.indices { body(node) }
        return
    }
    let waiting = Mutex(GraphState(inputs))
    // One signal for each node that is ready, and at the end one for each worker to go home.
    let signal = DispatchSemaphore(value: 0)
    for _ in 0..<waiting.withLock({ $0.ready.count }) { signal.signal() }
    DispatchQueue.concurrentPerform(iterations: width) { _ in
        while true {
            signal.wait()
            guard let node = waiting.withLock({ $0.next() }) else { return }
            body(node)
            let (released, isLast) = waiting.withLock { $0.finish(node) }
            for _ in 0..<(isLast ? width : released) { signal.signal() }
        }
    }
}

/// What is ready, and how many inputs every other node still waits for.
private struct GraphState {
    /// In ascending order.
    private(set) var ready: [Int]
    private var missing: [Int]
    private var dependants: [[Int]]
    private var unfinished: Int

    init(_ inputs: [[Int]]) {
        missing = inputs.map(\.count)
        ready = inputs.indices.filter { inputs[$0].isEmpty }
        unfinished = inputs.count
        dependants = Array(repeating: [], count: inputs.count)
        for (node, needs) in inputs.enumerated() { for input in needs { dependants[input].append(node) } }
    }

    mutating func next() -> Int? { ready.isEmpty ? nil : ready.removeFirst() }

    /// How many nodes a finished one sets free, and whether it was the last of all.
    mutating func finish(_ node: Int) -> (released: Int, isLast: Bool) {
        unfinished -= 1
        var released = 0
        for dependant in dependants[node] {
            missing[dependant] -= 1
            guard missing[dependant] == 0 else { continue }
            ready.insert(dependant, at: ready.firstIndex { $0 > dependant } ?? ready.endIndex)
            released += 1
        }
        return (released, unfinished == 0)
    }
}

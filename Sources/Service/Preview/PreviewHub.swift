import Synchronization

/// What builds tell and pages ask: the board, and who is to be woken when it changes.
///
/// Each listener has one wake-up waiting for it at most, and takes the board as it is when it comes to it: however slow it is, no
/// build waits for it and nothing piles up.
final class PreviewHub: Sendable {
    private struct State {
        var board = PreviewBoard()
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    var board: PreviewBoard { state.withLock { $0.board } }

    /// Changes the board and wakes everyone.
    func change(_ body: (inout PreviewBoard) -> Void) {
        let woken = state.withLock { state in
            body(&state.board)
            return Array(state.listeners.values)
        }
        for listener in woken { listener.yield() }
    }

    /// Wakes everyone without a change, to find out who is still there.
    func wake() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
    }

    /// Wake-ups, the first at once; they end when the hub closes, and are forgotten with the stream.
    func listen() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = state.withLock { state in
                if state.isClosed { return Int?.none }
                state.next += 1
                state.listeners[state.next] = continuation
                return state.next
            }
            guard let number else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in
                // Its own call of yield may be what ends it.
                _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
            }
            continuation.yield()
        }
    }

    /// Ends all streams, and each that is asked for from now on.
    func close() {
        let ended = state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in ended { listener.finish() }
    }

    var listenerCount: Int { state.withLock { $0.listeners.count } }
}

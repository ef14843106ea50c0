import Synchronization

/// How many requests are being answered, and whether new ones are still taken.
final class Draining: Sendable {
    private struct State {
        var active = 0
        var isEnding = false
        var isClosed = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Whether the server was told to end.
    var isEnding: Bool { state.withLock { $0.isEnding } }

    /// Counts a request that came in; false where none is taken any more.
    func enter() -> Bool {
        state.withLock { state in
            if state.isClosed { return false }
            state.active += 1
            return true
        }
    }

    func leave() {
        let waiting = state.withLock { state in
            state.active -= 1
            guard state.active == 0, state.isClosed else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// True for who says it first.
    func beginEnding() -> Bool {
        state.withLock { state in
            defer { state.isEnding = true }
            return !state.isEnding
        }
    }

    /// Takes no request any more and returns when those that were taken are answered.
    func close() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                state.isClosed = true
                if state.active > 0 { state.waiting.append(continuation) }
                return state.active == 0
            }
            if isDone { continuation.resume() }
        }
    }
}

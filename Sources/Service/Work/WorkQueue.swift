import NIOCore
import NIOPosix
import Parallelism
import Synchronization

/// Threads that compute, so that nothing else waits for them, and a queue before them that is not endless.
final class WorkQueue: Sendable {
    enum Refusal: Error {
        /// So many wait already that this one would wait too long.
        case full
        /// Not done in time; what ran is given up.
        case late
    }

    private let pool: NIOThreadPool
    private let timers: any EventLoopGroup
    private let width: Int
    private let limit: Int
    private let time: Duration
    /// Running and waiting.
    private let load = Atomic(0)

    init(width: Int, waiting: Int, time: Duration) {
        self.width = width
        limit = width + waiting
        self.time = time
        pool = NIOThreadPool(numberOfThreads: width)
        timers = MultiThreadedEventLoopGroup.singleton
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Work that waits for a thread.
    var waiting: Int { max(0, load.load(ordering: .relaxed) - width) }

    func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws(Refusal) -> Result {
        guard load.add(1, ordering: .relaxed).newValue <= limit else {
            load.subtract(1, ordering: .relaxed)
            throw .full
        }
        let cancellation = Cancellation()
        let outcome: Result? = await withCheckedContinuation { continuation in
            let answer = Once(continuation)
            let timer = timers.next().scheduleTask(in: TimeAmount(time)) {
                cancellation.request()
                answer.give(nil)
            }
            pool.submit { state in
                defer { self.load.subtract(1, ordering: .relaxed) }
                guard state == .active, !cancellation.isRequested else { return answer.give(nil) }
                let result = Cancellation.run(under: cancellation, work)
                timer.cancel()
                answer.give(result)
            }
        }
        guard let outcome else { throw .late }
        return outcome
    }
}

/// Resumes a continuation the first time that it is asked to.
private final class Once<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value, Never>?>

    init(_ continuation: CheckedContinuation<Value, Never>) { self.continuation = Mutex(continuation) }

    func give(_ value: sending Value) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(returning: value)
    }
}

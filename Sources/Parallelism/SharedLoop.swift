internal import Dispatch
internal import Synchronization

/// A loop whose indices are each taken once, by whichever thread is free.
final class SharedLoop: Sendable {
    private let count: Int
    /// Holds until `wait` returns. Whoever comes later finds no index, and does not look at it.
    private nonisolated(unsafe) let body: UnsafePointer<@Sendable (Int) -> Void>
    private let taken = Atomic<Int>(0)
    private let finished = Atomic<Int>(0)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ count: Int, _ body: UnsafePointer<@Sendable (Int) -> Void>) {
        self.count = count
        self.body = body
    }

    /// Asks another thread to take part. It asks the next as it begins, so that as many come as there are processors free and
    /// indices left.
    func callHelper() {
        guard taken.load(ordering: .relaxed) < count else { return }
        DispatchQueue.global().async { [self] in
            guard let first = take() else { return }
            callHelper()
            run(first)
            run()
        }
    }

    /// Takes indices until none is left.
    func run() { while let index = take() { run(index) } }

    /// Waits until every index is finished; called once.
    func wait() { isDone.wait() }

    private func take() -> Int? {
        let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }

    private func run(_ index: Int) {
        SharedLoop.call(body, index)
        if finished.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue == count { isDone.signal() }
    }

    /// Not inlined, so that the closure is let go before the index counts as finished.
    @inline(never)
    private static func call(_ body: UnsafePointer<@Sendable (Int) -> Void>, _ index: Int) { body.pointee(index) }
}

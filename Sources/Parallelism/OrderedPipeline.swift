internal import Dispatch
internal import Foundation
internal import Synchronization

/// Takes items one by one, works on them on all processors, and hands on in the order of the items what was made of them.
///
/// `next` is called by one thread at a time, and so is `take`, but both at once: they share nothing. What `map` makes must
/// depend on its item alone; then nothing depends on how many processors there are. At any time no more items are held than
/// there are processors.
/// - Throws: the first failure in the order of items, after all before it were taken.
package func orderedPipeline<Item: Sendable, Part: Sendable, Failure: Error>(
    _ next: () throws(Failure) -> Item?, map: @Sendable (Item) -> Part, take: (Part) throws(Failure) -> Void
) throws(Failure) {
    let turns = Turns<Failure>()
    withoutActuallyEscaping(next) { next in
        withoutActuallyEscaping(take) { take in
            nonisolated(unsafe) let (next, take) = (next, take)
            let width = min(8, ProcessInfo.processInfo.activeProcessorCount)
            _ = concurrentMap(width) { _ in
                while let (turn, item) = turns.begin(next) {
                    let part = item.map(map)
                    turns.finish(turn) { () throws(Failure) in try part.map(take) }
                }
            }
        }
    }
    if let failure = turns.failure { throw failure }
}

extension Result {
    /// The same of a success, by a function that may fail.
    fileprivate func map(_ body: (Success) throws(Failure) -> Void) throws(Failure) { try body(get()) }
}

/// Who is to hand on next.
private final class Turns<Failure: Error>: Sendable {
    private struct Input {
        var count = 0
        var isOver = false
    }

    private struct Output {
        var turn = 0
        var waiting: [Int: DispatchSemaphore] = [:]
        var failure: Failure?
    }

    private let input = Mutex(Input())
    private let output = Mutex(Output())

    var failure: Failure? { output.withLock { $0.failure } }

    /// The next item with its number; nil where there is none.
    func begin<Item>(_ next: () throws(Failure) -> Item?) -> (turn: Int, item: Result<Item, Failure>)? {
        input.withLock { input in
            guard !input.isOver else { return nil }
            let turn = input.count
            do throws(Failure) {
                guard let item = try next() else {
                    input.isOver = true
                    return nil
                }
                input.count += 1
                return (turn, .success(item))
            } catch {
                input.count += 1
                input.isOver = true
                return (turn, .failure(error))
            }
        }
    }

    /// Waits for those with smaller numbers. After a failure nothing more is taken.
    func finish(_ turn: Int, _ take: () throws(Failure) -> Void) {
        let signal = output.withLock { output in
            guard output.turn != turn else { return nil as DispatchSemaphore? }
            let signal = DispatchSemaphore(value: 0)
            output.waiting[turn] = signal
            return signal
        }
        signal?.wait()
        if failure == nil {
            do throws(Failure) {
                try take()
            } catch {
                output.withLock { $0.failure = error }
                input.withLock { $0.isOver = true }
            }
        }
        output.withLock { output in
            output.turn += 1
            output.waiting.removeValue(forKey: output.turn)?.signal()
        }
    }
}

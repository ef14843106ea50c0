import Foundation
import Synchronization

/// What waits for the server: messages that a thread reads, and what background work found.
final class Inbox: Sendable {
    enum Item: Sendable {
        case message([UInt8])
        case fault(String)
        case found(Finding)
        /// The other side has closed the stream.
        case end
    }

    private let items = Mutex<[Item]>([])
    private let signal = DispatchSemaphore(value: 0)

    func post(_ item: Item) {
        items.withLock { $0.append(item) }
        signal.signal()
    }

    /// All that has come, in order; waits for it until `deadline`, for ever without one.
    func take(until deadline: DispatchTime?) -> [Item] {
        if signal.wait(timeout: deadline ?? .distantFuture) == .timedOut { return [] }
        let taken = items.withLock { items in
            let all = items
            items.removeAll()
            return all
        }
        // One signal for each of them; the first is spent.
        for _ in taken.dropFirst() { _ = signal.wait(timeout: .now()) }
        return taken
    }
}

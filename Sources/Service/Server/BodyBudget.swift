import Synchronization

/// How much all bodies that are read or answered at once may take: many connections could else fill the memory, however
/// little each of them may send.
final class BodyBudget: Sendable {
    private let limit: Int
    private let held = Atomic(0)

    init(_ limit: Int) { self.limit = limit }

    /// Takes bytes; false, and nothing taken, where there are not so many left.
    func take(_ count: Int) -> Bool {
        if held.add(count, ordering: .relaxed).newValue <= limit { return true }
        give(count)
        return false
    }

    func give(_ count: Int) { held.subtract(count, ordering: .relaxed) }
}

/// A quantile of numbers that arrive one by one, whose count is known: exact, from the shorter tail alone.
///
/// Type 7 of Hyndman and Fan, as `SampleQuantiles`: interpolation at (n − 1)p. Holds about n·min(p, 1 − p) numbers.
package struct TailQuantile: Sendable {
    /// The tail's numbers, negated in the lower tail, the smallest on top.
    private var heap: [Double] = []
    private let capacity: Int
    private let isLower: Bool
    /// Between the number on top and the next one inwards or outwards of it.
    private let share: Double

    /// - Precondition: 0 ≤ p ≤ 1; count > 0 for a quantile to exist.
    package init(_ p: Double, count: Int) {
        let position = Double(max(0, count - 1)) * p
        let index = min(Int(position), max(0, count - 1))
        isLower = p < 0.5
        share = position - Double(index)
        // The quantile lies between order statistics `index` and `index + 1`, from 0; in the lower tail the outer of the two
        // is the second on top.
        capacity = isLower ? min(count, index + 2) : count - index
    }

    package mutating func add(_ number: Double) {
        let value = isLower ? -number : number
        if heap.count < capacity {
            heap.append(value)
            rise(heap.count - 1)
        } else if let top = heap.first, value > top {
            heap[0] = value
            sink(0)
        }
    }

    /// The quantile once all numbers were added; nil where there are none.
    package var value: Double? {
        guard let top = heap.first else { return nil }
        let next = heap.count > 2 ? min(heap[1], heap[2]) : heap.count > 1 ? heap[1] : top
        let (outer, inner) = isLower ? (-next, -top) : (top, next)
        return outer + share * (inner - outer)
    }

    private mutating func rise(_ start: Int) {
        var child = start
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

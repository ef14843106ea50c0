/// Which draws of the warm-up teach the mass matrix, and when it is renewed.
///
/// Stan's schedule: 75 draws of step size alone, windows of 25 draws that double, each ending with a new matrix, the last
/// stretched to the end, then 50 draws of step size alone; 15, 75 and 10 per cent of a warm-up below 150 draws, and no
/// windows below 20. Source: Stan Reference Manual, "Automatic parameter tuning".
struct WarmupWindows {
    private let first: Int
    private let end: Int
    private var size: Int
    private var next: Int

    init(warmup: Int) {
        var (start, tail, base) = (75, 50, 25)
        if warmup < 20 {
            (start, tail, base) = (warmup, 0, 0)
        } else if warmup < start + tail + base {
            start = warmup * 15 / 100
            tail = warmup * 10 / 100
            base = warmup - start - tail
        }
        first = start
        end = warmup - tail
        size = base
        next = start + base - 1
    }

    func isInside(_ draw: Int) -> Bool { draw >= first && draw < end }

    /// Whether the window ends with this draw; if so the next one is made ready.
    mutating func closes(after draw: Int) -> Bool {
        guard isInside(draw), draw == next else { return false }
        if next < end - 1 {
            size *= 2
            next += size
            if next < end - 1, next + 2 * size >= end { next = end - 1 }
        }
        return true
    }
}

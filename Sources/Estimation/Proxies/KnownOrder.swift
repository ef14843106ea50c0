/// Runs `body` with an order that the compiler knows where it is a small one, so that loops over it are unrolled.
///
/// The arithmetic is the same, in the same order, so results have the same bits.
@inline(__always)
func withKnownOrder<Result>(_ order: Int, _ body: (Int) -> Result) -> Result {
    switch order {
    case 1: body(1)
    case 2: body(2)
    case 3: body(3)
    case 4: body(4)
    case 5: body(5)
    case 6: body(6)
    default: body(order)
    }
}

/// Philox4x32-10: four random words from a counter of four words and a key of two.
///
/// A bijection of the counter for each key, so any draw is computed alone, in any order and on any thread.
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11, 2011.
package enum Philox {
    package typealias Block = SIMD4<UInt32>

    @inline(__always)
    package static func block(counter: Block, key: SIMD2<UInt32>) -> Block {
        // Words apart rather than lanes of a vector: lanes cost a call each where code is not optimised.
        var (w0, w1, w2, w3) = (counter.x, counter.y, counter.z, counter.w)
        var (k0, k1) = (key.x, key.y)
        for _ in 0..<10 {
            let first = UInt64(0xD251_1F53) &* UInt64(w0)
            let second = UInt64(0xCD9E_8D57) &* UInt64(w2)
            w0 = UInt32(truncatingIfNeeded: second >> 32) ^ w1 ^ k0
            w1 = UInt32(truncatingIfNeeded: second)
            w2 = UInt32(truncatingIfNeeded: first >> 32) ^ w3 ^ k1
            w3 = UInt32(truncatingIfNeeded: first)
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return Block(w0, w1, w2, w3)
    }
}

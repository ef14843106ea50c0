/// Philox4x32-10: four random words from a counter of four words and a key of two.
///
/// A bijection of the counter for each key, so any draw is computed alone, in any order and on any thread.
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11, 2011.
package enum Philox {
    package typealias Block = SIMD4<UInt32>

    package static func block(counter: Block, key: SIMD2<UInt32>) -> Block {
        var block = counter
        var key = key
        for round in 0..<10 {
            if round > 0 { key &+= SIMD2(0x9E37_79B9, 0xBB67_AE85) }
            let first = UInt32(0xD251_1F53).multipliedFullWidth(by: block[0])
            let second = UInt32(0xCD9E_8D57).multipliedFullWidth(by: block[2])
            block = Block(
                second.high ^ block[1] ^ key[0], UInt32(second.low), first.high ^ block[3] ^ key[1], UInt32(first.low))
        }
        return block
    }
}

/// A stream of random numbers named by a seed and an identifier, its draws numbered from 0.
///
/// A draw depends on (seed, identifier, index) alone. The seed is Philox's key; the counter's upper half is the
/// 64-bit FNV-1a hash of the identifier's UTF-8, its lower half the number of the block, which holds two draws.
package struct RandomStream: Sendable, Equatable {
    package let seed: UInt64
    package let identifier: String
    let hash: UInt64

    package init(seed: UInt64, identifier: String) {
        self.seed = seed
        self.identifier = identifier
        hash = identifier.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// 64 random bits.
    package func bits(_ index: Int) -> UInt64 {
        let position = UInt64(bitPattern: Int64(index))
        let number = position >> 1
        let block = Philox.block(
            counter: SIMD4(
                UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32),
                UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32)),
            key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
        return position & 1 == 0
            ? UInt64(block[0]) | UInt64(block[1]) << 32 : UInt64(block[2]) | UInt64(block[3]) << 32
    }

    /// Uniform in the open interval (0, 1): (m + ½) 2⁻⁵² with m of 52 bits, so never 0 or 1.
    package func uniform(_ index: Int) -> Double {
        (Double(bits(index) >> 12) + 0.5) * 0x1p-52
    }

    /// Standard normal by inversion.
    package func normal(_ index: Int) -> Double { Normal.standardQuantile(uniform(index)) }

    /// Uniform in 0..<bound, bound > 0; the bias of the multiplication is below bound/2⁶⁴.
    package func integer(_ index: Int, below bound: Int) -> Int {
        Int(truncatingIfNeeded: bits(index).multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }

    /// The bootstrap sample number `draw`: `count` indices below `count`, with repetition.
    package func resample(_ draw: Int, count: Int) -> [Int] {
        (0..<count).map { integer(draw * count + $0, below: count) }
    }

    /// How often each of `count` items is in the bootstrap sample number `draw`.
    package func multiplicities(_ draw: Int, count: Int) -> [Int] {
        var result = Array(repeating: 0, count: count)
        for position in 0..<count { result[integer(draw * count + position, below: count)] += 1 }
        return result
    }
}

/// A walk along a sub-stream of random numbers: for draws that take a number of uniforms not known beforehand.
///
/// Sub-stream s of (seed, identifier) is Philox's blocks s·2³² ..< (s + 1)·2³² under the stream's key and counter, two
/// numbers a block, so sub-streams never meet and each is a function of (seed, identifier, s) alone. Block 0 … 2³² − 1
/// are also what `RandomStream` indexes: name the stream otherwise where both are used.
package struct RandomCursor: Sendable {
    private let seed: UInt64
    private let hash: UInt64
    /// The number of the next block.
    private var position: UInt64
    /// The second half of the last block.
    private var spare: UInt64 = 0
    private var hasSpare = false

    /// - Parameters:
    ///   - stream: Seed and identifier.
    ///   - substream: Which part of it, 0 ..< 2³².
    package init(_ stream: RandomStream, substream: Int) {
        seed = stream.seed
        hash = stream.hash
        position = UInt64(UInt32(truncatingIfNeeded: substream)) << 32
    }

    /// 64 random bits.
    @inline(__always)
    package mutating func bits() -> UInt64 {
        if hasSpare {
            hasSpare = false
            return spare
        }
        let block = Philox.block(
            counter: Philox.Block(
                UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
                UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32)),
            key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
        position &+= 1
        spare = UInt64(block.z) | UInt64(block.w) << 32
        hasSpare = true
        return UInt64(block.x) | UInt64(block.y) << 32
    }

    /// Uniform in the open interval (0, 1), as `RandomStream.uniform`.
    package mutating func uniform() -> Double { (Double(bits() >> 12) + 0.5) * 0x1p-52 }

    /// Standard normal by inversion.
    package mutating func normal() -> Double { Normal.standardQuantile(uniform()) }

    /// The next `count` of `uniform`.
    package mutating func uniforms(into target: UnsafeMutablePointer<Double>, count: Int) {
        for index in 0..<count { target[index] = uniform() }
    }

    /// The next `count` of `normal`, to the bit, at half their cost: runs without branches let the processor overlap them.
    ///
    /// - Parameter scratch: Room for `count` numbers.
    package mutating func normals(
        into target: UnsafeMutablePointer<Double>, count: Int, scratch: UnsafeMutablePointer<Double>
    ) {
        uniforms(into: scratch, count: count)
        Normal.standardQuantiles(scratch, into: target, count: count)
    }
}

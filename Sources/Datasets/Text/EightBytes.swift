/// Eight bytes of a text, looked at together.
struct EightBytes {
    /// The first byte lowest.
    private let bytes: UInt64

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    init(_ start: UnsafePointer<UInt8>) {
        bytes = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    }

    /// Finds bytes: the top bit of the first that is one of them is set, and perhaps bits of later ones.
    struct Found {
        fileprivate var bits: UInt64

        @inline(__always)
        static func | (a: Found, b: Found) -> Found { Found(bits: a.bits | b.bits) }

        /// Where the first stands, from 0; nil where there is none.
        var first: Int? {
            @inline(__always) get { bits == 0 ? nil : bits.trailingZeroBitCount >> 3 }
        }
    }

    @inline(__always)
    func find(_ byte: UInt8) -> Found {
        let others = bytes ^ (Self.ones &* UInt64(byte))
        return Found(bits: (others &- Self.ones) & ~others & Self.tops)
    }

    /// Bytes below a number up to 128.
    @inline(__always)
    func find(below number: UInt64) -> Found { Found(bits: (bytes &- Self.ones &* number) & ~bytes & Self.tops) }

    /// Whether all are ASCII digits.
    var areDigits: Bool {
        @inline(__always) get {
            (bytes & 0xF0F0_F0F0_F0F0_F0F0) | (((bytes &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4)
                == 0x3333_3333_3333_3333
        }
    }

    /// The number that eight digits are: pairs, then fours, then all are put together.
    var decimal: UInt64 {
        @inline(__always) get {
            let pairs = ((bytes & 0x0F0F_0F0F_0F0F_0F0F) &* 0x0A01) >> 8
            let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* 0x0064_0001) >> 16
            return ((fours & 0x0000_FFFF_0000_FFFF) &* 0x0000_2710_0000_0001) >> 32
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where a byte stands first.
    func first(_ byte: UInt8) -> Int? {
        guard let baseAddress else { return nil }
        var index = 0
        while index + 8 <= count {
            if let place = EightBytes(baseAddress + index).find(byte).first { return index + place }
            index += 8
        }
        while index < count {
            if baseAddress[index] == byte { return index }
            index += 1
        }
        return nil
    }
}

import Crypto
import Foundation
package import Values

/// Which units a draft is made of: a share of all, chosen by their names alone, so that the native reader and every engine
/// choose the same, in whatever order and however often they read.
///
/// A unit is kept whose MD5 of `seed:name`, the name as text in UTF-8, begins with eight hexadecimal digits below `bound`.
/// Two seeds choose as if independently, and a smaller share of one seed is part of a larger one.
package struct UnitSample: Sendable, Hashable {
    package let share: Double
    package let seed: UInt64
    /// Of 2³² beginnings, those below are kept.
    private let threshold: UInt32

    /// Below it, eight digits tell a share too coarsely.
    package static let smallest = 1e-6

    /// nil for a share that is none of a draft: it lies from `smallest` to less than 1.
    package init?(share: Double, seed: UInt64) {
        guard share >= UnitSample.smallest, share < 1 else { return nil }
        self.share = share
        self.seed = seed
        threshold = UInt32(exactly: (share * 0x1p32).rounded()) ?? .max
    }

    /// What stands before a name.
    package var prefix: String { "\(seed):" }

    /// Eight lower-case hexadecimal digits. A longer text that begins with them is above them, so that whole hashes may be
    /// compared with them as texts.
    package var bound: String {
        let digits = String(threshold, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Chooses among names, one after another.
    package struct Chooser: Sendable {
        /// Of what stands before every name.
        private let begun: Insecure.MD5
        private let threshold: UInt32

        fileprivate init(_ sample: UnitSample) {
            var state = Insecure.MD5()
            state.update(data: Data(sample.prefix.utf8))
            begun = state
            threshold = sample.threshold
        }

        package func keeps(_ name: some Sequence<UInt8>) -> Bool {
            var state = begun
            if name.withContiguousStorageIfAvailable({ state.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil
            {
                state.update(data: Data(name))
            }
            let beginning = state.finalize().prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return beginning < threshold
        }
    }

    package var chooser: Chooser { Chooser(self) }

    /// `1% of units, seed 1`.
    package var words: String {
        // Percent to six decimals: 0.07 is 7, though a hundred times it is not.
        "\(Value.ecmaScript((share * 1e8).rounded() / 1e6))% of units, seed \(seed)"
    }

    /// The same with all digits, for keys.
    package var key: String { "\(share) of units, seed \(seed)" }

    package var value: Value { ["share": Value(share), "seed": Value(Double(seed))] }
}

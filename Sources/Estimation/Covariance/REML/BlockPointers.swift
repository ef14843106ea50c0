internal import Parallelism

/// The arrays of `LikelihoodBlocks`, for inner loops; alive inside `withPointers` only.
struct BlockPointers: ~Copyable {
    let offsets: UnsafePointer<Int>
    let values: UnsafePointer<Double>
    let own: UnsafePointer<Double>
    let rootOffsets: UnsafePointer<Int>
    let roots: UnsafePointer<Double>
    /// nil where all are 1.
    let multipliers: UnsafePointer<Double>?
    /// nil off the standardised scale.
    let scaleMultipliers: UnsafePointer<Double>?
}

extension LikelihoodBlocks {
    /// nil only without effects.
    func withPointers<Result>(_ body: (borrowing BlockPointers) -> Result) -> Result? {
        offsets.withUnsafeBufferPointer { offsets in
            values.withUnsafeBufferPointer { values in
                own.withUnsafeBufferPointer { own in
                    rootOffsets.withUnsafeBufferPointer { rootOffsets in
                        roots.withUnsafeBufferPointer { roots in
                            multipliers.withUnsafeBufferPointer { multipliers in
                                scaleMultipliers.withUnsafeBufferPointer { scaleMultipliers in
                                    guard let offsets = offsets.baseAddress, let values = values.baseAddress,
                                        let own = own.baseAddress, let rootOffsets = rootOffsets.baseAddress
                                    else { return nil }
                                    return body(
                                        BlockPointers(
                                            offsets: offsets, values: values, own: own, rootOffsets: rootOffsets,
                                            roots: roots.baseAddress ?? values,
                                            multipliers: multipliers.isEmpty ? nil : multipliers.baseAddress,
                                            scaleMultipliers: scaleMultipliers.isEmpty
                                                ? nil : scaleMultipliers.baseAddress))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Experiments cut into at most 64 parts, whatever the machine.
    var chunks: Chunks { Chunks(of: experimentCount, size: max(512, (experimentCount + 63) / 64)) }
}

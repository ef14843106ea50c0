/// Plain pointers into the arrays of treatment effects, for loops over very many experiments.
///
/// Arrays check each index, which costs more than the arithmetic there. Valid inside `withStorage` only.
struct EffectStorage {
    let values: UnsafePointer<Double>
    let shared: UnsafePointer<Double>
    let own: UnsafePointer<Double>
    let offsets: UnsafePointer<Int>
    /// nil where all are 1.
    let multipliers: UnsafePointer<Double>?
    /// nil off the standardised scale.
    let scaleNoise: UnsafePointer<Double>?
    /// Both nil without counts.
    let treatmentCounts: UnsafePointer<Int>?
    let controlCounts: UnsafePointer<Int>?
}

extension TreatmentEffects {
    func withStorage<Result>(_ body: (EffectStorage) -> Result) -> Result? {
        values.withUnsafeBufferPointer { values in
            shared.withUnsafeBufferPointer { shared in
                own.withUnsafeBufferPointer { own in
                    offsets.withUnsafeBufferPointer { offsets in
                        TreatmentEffects.withOptional(multipliers) { multipliers in
                            TreatmentEffects.withOptional(scaleNoise) { scaleNoise in
                                TreatmentEffects.withOptional(counts?.treatment) { treatment in
                                    TreatmentEffects.withOptional(counts?.control) { control in
                                        guard let values = values.baseAddress, let shared = shared.baseAddress,
                                            let own = own.baseAddress, let offsets = offsets.baseAddress
                                        else { return nil }
                                        return body(
                                            EffectStorage(
                                                values: values, shared: shared, own: own, offsets: offsets,
                                                multipliers: multipliers, scaleNoise: scaleNoise,
                                                treatmentCounts: treatment, controlCounts: control))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func withOptional<Element, Result>(
        _ array: [Element]?, _ body: (UnsafePointer<Element>?) -> Result
    ) -> Result {
        guard let array else { return body(nil) }
        return array.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}

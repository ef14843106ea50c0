import Estimation
import Execution
import Values

/// Answers to requests to shrink effects.
enum ShrinkAnswer {
    /// The values of a `meta-analysis`, with effects in the order in which they came.
    ///
    /// - Throws: `contradictory` where no estimate exists.
    static func bytes(_ request: ShrinkRequest) throws(Problem) -> [UInt8] {
        var values: Object
        let order: [Int]
        do throws(EstimationError) {
            let (data, found) = try MetaAnalysisData.of(request.effects)
            order = found
            values = try request.shrinkage.values(of: data)
        } catch {
            throw .notEstimable(error, request.effects)
        }
        values["metric"] = nil
        values["correlation"] = .string(request.correlation)
        if let prior = prior(request.prior) { values["prior"] = prior }
        let made = values["effects"]?.list ?? []
        var sent: [Value] = Array(repeating: .null, count: made.count)
        for (place, index) in order.enumerated() where place < made.count {
            sent[index] = request.effects[index].id.map { made[place].identified($0) } ?? made[place]
        }
        values["effects"] = .list(sent)
        return Value.object(values).compactBytes
    }

    private static func prior(_ prior: ShrinkRequest.Prior) -> Value? {
        func value(_ population: KnownPopulation) -> Object {
            [
                "mu": Value(population.mean), "muSe": Value(population.meanStandardError), "tau": Value(population.tau),
            ]
        }
        switch prior {
        case .fitted: return nil
        case .given(let population): return .object(value(population))
        case .stored(let model, let population):
            var object: Object = ["model": .string(model.name), "digest": .string(model.digest)]
            for (key, number) in value(population) { object[key] = number }
            return .object(object)
        }
    }
}

extension Value {
    /// With an id in front.
    func identified(_ id: String) -> Value {
        var value: Object = ["id": .string(id)]
        for (key, member) in object ?? [:] { value[key] = member }
        return .object(value)
    }
}

extension Problem {
    /// What the estimators say, at what of the request they say it of.
    static func notEstimable(_ error: EstimationError, _ effects: [GivenEffect] = []) -> Problem {
        if error == .cancelled { return .late }
        var pointer = "/effects"
        switch error {
        case .zeroNoise(let experiment, let arm), .notFinite(let experiment, let arm, _):
            if let index = effects.firstIndex(where: { $0.experiment == experiment && $0.variant == arm }) {
                pointer += "/\(index)"
            }
        case .invalidPrior, .improperPosterior: pointer = "/prior"
        case .dependentEffects: pointer = "/method"
        case .noResidualVariance: pointer = "/test"
        case .invalidLevel: pointer = "/level"
        default: break
        }
        return .contradictory([Fault(pointer: pointer, detail: error.message)])
    }
}

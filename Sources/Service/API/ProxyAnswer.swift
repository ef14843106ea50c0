import Estimation
import Execution
import Parallelism
import Values

/// Answers to requests for the outcome's effects by a stored proxy.
enum ProxyAnswer {
    static func bytes(_ question: ProxyQuestion) throws(Problem) -> [UInt8] {
        var effects: [Value] = []
        for effect in question.effects {
            if Cancellation.isRequested { throw .late }
            do throws(EstimationError) {
                let made = Value.object(
                    try question.predictor.prediction(
                        experiment: effect.experiment, variant: effect.variant, effects: effect.effects,
                        noise: effect.noise, level: question.level))
                effects.append(effect.id.map { made.identified($0) } ?? made)
            } catch {
                throw .notEstimable(error)
            }
        }
        let value: Object = [
            "model": .string(question.model.name), "digest": .string(question.model.digest),
            "outcome": .string(question.predictor.outcome), "proxies": Value(question.predictor.proxies),
            "level": Value(question.level ?? question.predictor.level), "effects": .list(effects),
        ]
        return Value.object(value).compactBytes
    }
}

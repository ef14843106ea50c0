import Estimation

/// What a meta-analysis rests on, in words.
enum MetaAnalysisAssumptions {
    static func sentences(_ data: MetaAnalysisData, _ request: MetaAnalysisRequest) -> [String] {
        var sentences = [model(request)]
        let isShared = (0..<data.experimentCount).contains {
            data.offsets[$0 + 1] - data.offsets[$0] > 1 && data.shared[$0] > 0
        }
        if request.correlations.contains("ignore"), isShared {
            sentences.append(
                "Where the control is ignored, effects that share it are taken as independent, which they are not.")
        }
        if let prior = request.prior {
            sentences.append("Priors: μ ~ \(prior.mean.text), τ ~ \(prior.heterogeneity.text).")
        }
        return sentences
    }

    private static func model(_ request: MetaAnalysisRequest) -> String {
        "Noise is normal with known variance; true effects of one experiment's arms are independent given μ."
    }
}

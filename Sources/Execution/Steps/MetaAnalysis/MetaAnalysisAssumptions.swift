import Estimation

/// What a meta-analysis rests on, in words.
enum MetaAnalysisAssumptions {
    static func sentences(_ input: MetaAnalysisInput, _ request: MetaAnalysisRequest) -> [String] {
        var sentences = [model(request)]
        let data = input.data
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
        sentences += method(request)
        if request.isRobust {
            sentences.append(
                "Robust errors (CR2) take experiments as independent and nothing else; their degrees of freedom are "
                    + "Satterthwaite's.")
        }
        return sentences
    }

    private static func model(_ request: MetaAnalysisRequest) -> String {
        let noise = "Noise is normal with known variance; "
        if case .point(.fixed) = request.method { return noise + "all effects have one true value." }
        return noise
            + (request.hasThreeLevels
                ? "true effects of one experiment's arms share its deviation from μ."
                : "true effects of one experiment's arms are independent given μ.")
    }

    private static func method(_ request: MetaAnalysisRequest) -> [String] {
        switch request.method {
        case .point:
            return request.isKnappHartung
                ? ["Knapp and Hartung's test: standard errors by weighted residuals, t instead of normal quantiles."]
                : []
        case .bayes: return []
        case .nuts(_, let options):
            let how =
                options.parameterisation == .integrated
                ? "μ and log τ are sampled, true effects drawn back exactly" : "everything is sampled, non-centred"
            return [
                "No-U-Turn sampler: \(options.chains) chains of \(options.draws) draws after \(options.warmup) of warm-up; "
                    + "\(how)."
            ]
        case .law(let law):
            let name = law == .studentT ? "Student's t" : "a spike at zero and normals around it"
            return [
                "True effects follow \(name), fitted by maximum likelihood; shrunken effects take the fitted law as known."
            ]
        }
    }
}

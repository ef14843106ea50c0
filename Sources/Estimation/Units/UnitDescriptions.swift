extension EstimatorDescription {
    static let unitDesigns: [EstimatorDescription] = [
        EstimatorDescription(
            family: .effects, name: "ratio", title: "Ratio of totals, weighted mean, units in clusters",
            formula: "r̂ = Σz/Σd over rows (units or clusters),  Var(r̂) = Σ_rows((z − r̂d)/d̄)²/(n(n − 1))",
            assumptions: [
                "Rows are independent, and there are many of them in every arm",
                "The denominator's mean is clearly not zero",
            ],
            source: "A. Deng, U. Knoblich, J. Lu, “Applying the Delta Method in Metric Analytics”, KDD 2018"),
        EstimatorDescription(
            family: .effects, name: "cuped", title: "Adjustment by covariates (CUPED)",
            formula: "ŷ_a − θᵀ(x̂_a − x̂),  θ = Ω̂_XX⁻¹Ω̂_XY,  Ω̂ = Σ_a(n_a − 1)Ω̂_a/Σ_a(n_a − 1) of the experiment",
            assumptions: ["Covariates are of the time before the experiment, so that the treatment cannot move them"],
            source: "A. Deng, Y. Xu, R. Kohavi, T. Walker, “Improving the Sensitivity of Online Controlled Experiments "
                + "by Utilizing Pre-Experiment Data”, WSDM 2013"),
        EstimatorDescription(
            family: .effects, name: "winsorise", title: "Winsorised metrics",
            formula:
                "min(max(y, l), u); bounds as quantiles are the experiment's, over all arms, by interpolation at (n − 1)p",
            assumptions: ["Bounds count as known; the effect is that on the winsorised metric"],
            source: "J. Tukey, “The Future of Data Analysis”, Annals of Mathematical Statistics 33(1), 1962"),
        EstimatorDescription(
            family: .effects, name: "sampleRatio", title: "Test of the split of traffic",
            formula:
                "X² = Σ_a(n_a − n·p_a)²/(n·p_a) on A degrees of freedom, with p_a the share that was meant; the binomial "
                + "where an arm expects fewer than 5 units",
            assumptions: ["Units are assigned independently, by the shares told"],
            source: "A. Fabijan et al., “Diagnosing Sample Ratio Mismatch in Online Controlled Experiments”, KDD 2019"),
    ]
}

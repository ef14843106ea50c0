import Diagnostics
import Documents
import Estimation
import Values

/// What must be said beside the numbers of a `proxy`, gathered over all assumptions so that it is said once.
struct ProxyFindings {
    let assumptions: NoiseAssumptions
    private var failures: [(estimator: String, noise: String, error: EstimationError)] = []
    private var indefinite: [(estimator: String, noise: String)] = []
    private var parts: [(noise: String, value: Value)] = []

    init(_ assumptions: NoiseAssumptions) { self.assumptions = assumptions }

    mutating func add(_ part: ProxyPart) {
        failures += part.failures.map { ($0.estimator, part.noise, $0.error) }
        indefinite += part.indefinite.map { ($0, part.noise) }
        parts.append((part.noise, part.value))
    }

    /// An estimator that fails under every assumption is an error; under some, a remark beside the numbers.
    func report(_ request: ProxyRequest, _ context: inout StepContext) throws(StepFailure) {
        for asked in request.estimators {
            let own = failures.filter { $0.estimator == asked.name }
            guard let first = own.first else { continue }
            if own.count == assumptions.cases.count {
                context.diagnostics.append(
                    .notEstimable(first.error, at: context.range(of: "estimators"), by: asked.name))
            } else {
                context.findings.append(
                    "\(EstimatorNames.title(asked.name)) gives no coefficients\(assumptions.under(own.map(\.noise))). "
                        + "\(first.error.message).")
            }
        }
        if context.diagnostics.hasErrors { throw StepFailure() }
        context.findings += remarks(request)
    }

    private func remarks(_ request: ProxyRequest) -> [String] {
        var remarks: [String] = []
        let names = request.estimators.map(\.name)
        for name in names {
            let own = indefinite.filter { $0.estimator == name }
            guard !own.isEmpty else { continue }
            remarks.append(
                "The \(EstimatorNames.title(name)) covariance of outcome and proxies is not positive semi-definite"
                    + "\(assumptions.under(own.map(\.noise))): the proxies seem to explain more than there is.")
        }
        let weakest = parts.compactMap { $0.value["strength"]?["f"]?.number }.min()
        if let weakest, weakest < 10, names.contains("tsls") {
            remarks.append(
                "F = \(NumberText.short(weakest)) is below 10: TSLS leans towards the naive estimate here.")
        }
        remarks += weakness(request)
        remarks += rejections(names)
        return remarks
    }

    /// Where arms move the proxies so little that symmetric intervals mislead.
    ///
    /// The bound is that of Mikusheva and Sun (Review of Economic Studies 89(5), 2022) for intervals of jackknifed
    /// estimators, 4.14 standard deviations, with the √2 that `excess` lacks.
    private func weakness(_ request: ProxyRequest) -> [String] {
        let weak = parts.filter { ($0.value["strength"]?["excess"]?.number ?? .infinity) < 4.14 * 2.0.squareRoot() }
        guard !weak.isEmpty, !request.intervals.isEmpty else { return [] }
        return [
            "The arms move the proxies too little\(assumptions.under(weak.map(\.noise))) for symmetric intervals of TC, JIVE and "
                + "LIML to be trusted"
                + (request.proxies.count == 1 ? "; the Anderson–Rubin set holds all the same." : ".")
        ]
    }

    /// Tests that say that an assumption is wrong: what each means, or under several assumed noises one sentence in all.
    private func rejections(_ names: [String]) -> [String] {
        var found: [(test: String, meaning: String, noises: [String])] = []
        if names.contains(where: { ["liml", "fuller"].contains($0) }) {
            let rejected = parts.filter { ($0.value["overidentification"]?["p"]?.number ?? 1) < 0.05 }
            found.append(
                (
                    "over-identification",
                    "The over-identification test rejects that all effects go through the proxies with equal noise, on "
                        + "which LIML rests.", rejected.map(\.noise)
                ))
        }
        for (key, what, meaning) in [
            ("liml-jive", "LIML and JIVE", "there are direct effects, or arms' noise differs"),
            ("tc-jive", "TC and JIVE", "arms' noise differs"),
        ] {
            found.append(
                (
                    "the difference of \(what)",
                    "\(what) differ by more than chance: \(meaning). The difference does not tell which estimate is right.",
                    parts.filter { differ(key, $0.value) }.map(\.noise)
                ))
        }
        found.removeAll { $0.noises.isEmpty }
        guard parts.count > 1, !found.isEmpty else { return found.map(\.meaning) }
        let list = found.map { $0.test + assumptions.under($0.noises) }.joined(separator: "; ")
        return ["Tests reject the equal noise or the absence of direct effects that TC and LIML rest on: \(list)."]
    }

    /// Whether the interval of a contrast leaves out 0 for some proxy.
    private func differ(_ key: String, _ value: Value) -> Bool {
        (value["contrasts"]?[key]?.object ?? [:]).contains { proxy, contrast in
            guard let ends = contrast.closedInterval, let difference = contrast.estimate else { return false }
            // Estimators that are the same on these data differ by rounding.
            let scale = value["jive"]?["coefficients"]?[proxy]?.estimate?.magnitude ?? 0
            return !ends.contains(0) && difference.magnitude > 1e-9 * scale
        }
    }
}

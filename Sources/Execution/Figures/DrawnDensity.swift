import Documents
import Results
import Values

/// A density of the results, of a parameter under a model.
struct DrawnDensity {
    var model: String
    var parameter: String
    var x: [Double]
    var y: [Double]
    var value: Value

    /// The densities at or below a path: the path's own, those of its parameters, those of its models' parameters.
    static func all(of value: Value, path: ResultPath, wanted: [String]?) -> [DrawnDensity] {
        func curve(_ value: Value, _ names: [String], isAsked: Bool = false) -> DrawnDensity? {
            guard let x = value["density"]?["x"]?.numbers, let y = value["density"]?["y"]?.numbers, x.count == y.count
            else { return nil }
            let parameter = names.last ?? ""
            let model = names.dropLast().last ?? ""
            // That of a new effect is drawn where it is asked for.
            guard wanted?.contains(parameter) ?? (isAsked || parameter != "prediction") else { return nil }
            return DrawnDensity(model: model, parameter: parameter, x: x, y: y, value: value)
        }
        let names = path.components.compactMap { if case .name(let name) = $0 { name } else { nil } }
        if let own = curve(value, names, isAsked: true) { return [own] }
        var found: [DrawnDensity] = []
        for (key, member) in value.object ?? Object() {
            if let own = curve(member, names + [key]) {
                found.append(own)
            } else {
                for (inner, leaf) in member.object ?? Object() {
                    if let own = curve(leaf, names + [key, inner]) { found.append(own) }
                }
            }
        }
        return found
    }

    var mark: FigureModel.Mark {
        .density(
            x: x, y: y, median: value.estimate, interval: value.closedInterval, inner: inner,
            .init(name: model, label: EstimatorNames.short(model)))
    }

    /// The prior densities beside the curves, each once: models with one prior have one line, over the widest of their
    /// curves. A prior is drawn as far as its posterior stands out from the axis.
    static func priors(_ curves: [DrawnDensity]) -> [FigureModel.Mark] {
        var drawn: [(curve: DrawnDensity, x: [Double], y: [Double])] = []
        for curve in curves {
            guard let prior = curve.value["density"]?["prior"]?.numbers, prior.count == curve.x.count else { continue }
            let peak = curve.y.max() ?? 0
            let shown = curve.x.indices.filter { curve.y[$0] > peak * 0.004 }
            guard let first = shown.first, let last = shown.last else { continue }
            let span = max(0, first - 1)...min(last + 1, curve.x.count - 1)
            guard span.count > 1 else { continue }
            let (x, y) = (Array(curve.x[span]), Array(prior[span]))
            if let index = drawn.firstIndex(where: { isSame($0.x, $0.y, x, y) }) {
                if x[x.count - 1] - x[0] > drawn[index].x[drawn[index].x.count - 1] - drawn[index].x[0] {
                    drawn[index] = (curve, x, y)
                }
            } else {
                drawn.append((curve, x, y))
            }
        }
        return drawn.map { .line(x: $0.x, y: $0.y, .init(name: "prior", label: "prior", isMuted: true)) }
    }

    /// Whether two curves run through each other's points: within a hundredth of their height at the middle of what
    /// they have in common.
    private static func isSame(_ ax: [Double], _ ay: [Double], _ bx: [Double], _ by: [Double]) -> Bool {
        let (low, high) = (max(ax[0], bx[0]), min(ax[ax.count - 1], bx[bx.count - 1]))
        guard low < high else { return false }
        return [0.25, 0.5, 0.75].allSatisfy { share in
            let at = low + (high - low) * share
            let (a, b) = (height(ax, ay, at), height(bx, by, at))
            return (a - b).magnitude <= 0.01 * max(a, b)
        }
    }

    private static func height(_ x: [Double], _ y: [Double], _ at: Double) -> Double {
        guard let index = x.indices.dropFirst().first(where: { x[$0] >= at }) else { return y[y.count - 1] }
        let width = x[index] - x[index - 1]
        return width > 0 ? y[index - 1] + (y[index] - y[index - 1]) * (at - x[index - 1]) / width : y[index]
    }

    /// The middle two thirds of the curve as drawn, by the trapezoid rule; nil where no interval is told either.
    var inner: ClosedRange<Double>? {
        guard value.closedInterval != nil else { return nil }
        var sums = [0.0]
        for index in x.indices.dropFirst() {
            sums.append(sums[index - 1] + (y[index] + y[index - 1]) / 2 * (x[index] - x[index - 1]))
        }
        guard let total = sums.last, total > 0, total.isFinite else { return nil }
        func quantile(_ share: Double) -> Double {
            let wanted = share * total
            guard let index = sums.indices.dropFirst().first(where: { sums[$0] >= wanted }) else {
                return x[x.count - 1]
            }
            let step = sums[index] - sums[index - 1]
            return x[index - 1] + (step > 0 ? (wanted - sums[index - 1]) / step : 0) * (x[index] - x[index - 1])
        }
        return quantile(0.17)...quantile(0.83)
    }
}

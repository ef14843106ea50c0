import Diagnostics
import Documents
import Estimation
import Values

/// The designs of a `simulation`: one for every combination of the grid's values.
struct SimulationGrid {
    /// What a grid may vary, in the order in which it varies, the last fastest.
    enum Key: String, CaseIterable {
        case directEffects, experiments, arms, n
    }

    /// A published design's name; nil for one of the author's.
    let name: String?
    /// The numbers that the grid does not vary are every cell's.
    let base: SimulationDesign
    /// The keys of the grid with their values.
    let axes: [(key: Key, values: [Value])]
    let cells: [SimulationStudy.Cell]

    init(_ context: inout StepContext) throws(StepFailure) {
        let named = try SimulationGrid.named(&context)
        var axes: [(key: Key, values: [Value])] = []
        if let grid = context.options["grid"] {
            axes = try SimulationGrid.axes(grid, &context)
        } else if let named {
            axes = [
                (.directEffects, named.directEffects.map { Value($0) }), (.n, named.unitsPerArm.map { Value($0) }),
            ]
        }
        name = named?.name
        self.axes = axes
        if let named {
            base = named.design
        } else {
            base = try SimulationDesignReader.read(axes, &context)
        }
        var cells: [SimulationStudy.Cell] = []
        for values in SimulationGrid.combinations(axes) {
            do throws(EstimationError) {
                let design = try base.changed(
                    experiments: values[.experiments]?.number.map { Int($0) },
                    arms: values[.arms]?.number.map { Int($0) }, unitsPerArm: values[.n]?.number.map { Int($0) },
                    hasDirectEffects: values[.directEffects]?.boolean)
                let name = Key.allCases.map { "\($0.rawValue)=\(SimulationGrid.value($0, of: design).canonicalJSON)" }
                cells.append(.init(design, name: name.joined(separator: ",")))
            } catch {
                throw context.fail(.badDesign(error, context))
            }
        }
        self.cells = cells
    }

    /// What a design has for a key.
    static func value(_ key: Key, of design: SimulationDesign) -> Value {
        switch key {
        case .directEffects: Value(design.hasDirectEffects)
        case .experiments: Value(design.experiments)
        case .arms: Value(design.arms)
        case .n: Value(design.unitsPerArm)
        }
    }

    private static func named(_ context: inout StepContext) throws(StepFailure) -> NamedDesign? {
        guard let name = context.options["design"]?.string else { return nil }
        do throws(EstimationError) {
            if let named = try NamedDesign.named(name) { return named }
        } catch {
            throw context.fail(.notEstimable(error, at: context.range(of: "design")))
        }
        throw context.fail(
            .error(
                .badDesign, "No design has this name", at: context.range(of: "design"),
                notes: [.init("designs: " + NamedDesign.names.joined(separator: ", "))]))
    }

    private static func axes(
        _ grid: OptionNode, _ context: inout StepContext
    ) throws(StepFailure) -> [(key: Key, values: [Value])] {
        var axes: [(key: Key, values: [Value])] = []
        for key in Key.allCases {
            guard let node = grid[key.rawValue] else { continue }
            var values: [Value] = []
            for item in node.items {
                guard !values.contains(item.value) else {
                    throw context.fail(.error(.badDesign, "A value stands once in a grid", at: item.range))
                }
                values.append(item.value)
            }
            axes.append((key, values))
        }
        let count = axes.reduce(1) { $0.multipliedReportingOverflow(by: $1.values.count).partialValue }
        guard count <= 10_000, axes.allSatisfy({ $0.values.count <= 10_000 }) else {
            throw context.fail(.error(.badDesign, "A grid has at most 10,000 cells", at: grid.range))
        }
        return axes
    }

    private static func combinations(_ axes: [(key: Key, values: [Value])]) -> [[Key: Value]] {
        var combinations: [[Key: Value]] = [[:]]
        for (key, values) in axes {
            combinations = combinations.flatMap { partial in
                values.map { value in
                    var combination = partial
                    combination[key] = value
                    return combination
                }
            }
        }
        return combinations
    }
}

extension Diagnostic {
    /// A design that breaks a rule, at the option that does.
    static func badDesign(_ error: EstimationError, _ context: StepContext) -> Diagnostic {
        var range = context.range(of: "design")
        if case .invalidDesign(let part, _) = error {
            let key = part.optionKey
            range = context.options["grid"]?[key]?.range ?? context.options["design"]?[key]?.range ?? range
        } else if case .duplicateMetric = error {
            range = context.options["design"]?["metrics"]?.range ?? range
        }
        return .error(.badDesign, error.message, at: range, notes: error.detail.map { [.init($0)] } ?? [])
    }
}

extension SimulationDesign.Part {
    var optionKey: String {
        switch self {
        case .metrics: "metrics"
        case .effects: "effects"
        case .units: "units"
        case .mean: "mean"
        case .experiments: "experiments"
        case .arms: "arms"
        case .unitsPerArm: "n"
        case .variants: "variants"
        case .mu: "mu"
        case .tau: "tau"
        case .controlVariance: "control-variance"
        case .treatmentVariance: "treatment-variance"
        case .outlier: "outlier"
        }
    }
}

import Diagnostics
import Documents
import Estimation
import Values

/// The designs of a `simulation` of the hierarchical model: one for every combination of the grid's values.
struct HierarchicalGrid {
    /// The keys of the grid with their values.
    let axes: [(key: HierarchicalKey, nodes: [OptionNode])]
    /// What all designs have in common.
    let common: [(key: HierarchicalKey, value: Value)]
    let cells: [HierarchicalStudy.Cell]
    /// Each cell's value of each axis.
    let values: [[Value]]

    init(_ context: inout StepContext) throws(StepFailure) {
        let axes = try HierarchicalGrid.axes(&context)
        var common: [HierarchicalKey: OptionNode] = [:]
        for key in HierarchicalKey.allCases {
            guard let node = context.options["design"]?[key.rawValue] else { continue }
            guard !axes.contains(where: { $0.key == key }) else {
                throw context.fail(
                    .error(
                        .badDesign, "`\(key.rawValue)` stands in the design or in its grid, not in both", at: node.range
                    ))
            }
            common[key] = node
        }
        var combinations: [[OptionNode]] = [[]]
        for axis in axes { combinations = combinations.flatMap { partial in axis.nodes.map { partial + [$0] } } }
        var cells: [HierarchicalStudy.Cell] = []
        for combination in combinations {
            var nodes = common
            for (axis, node) in zip(axes, combination) { nodes[axis.key] = node }
            let design = try HierarchicalDesignReader(nodes: nodes).design(&context)
            let name = HierarchicalKey.allCases.compactMap { key in
                nodes[key].map { "\(key.rawValue)=\($0.value.canonicalJSON)" }
            }
            cells.append(.init(design, name: name.joined(separator: ",")))
        }
        self.axes = axes
        self.common = HierarchicalKey.allCases.compactMap { key in common[key].map { (key, $0.value) } }
        self.cells = cells
        values = combinations.map { $0.map(\.value) }
    }

    private static func axes(
        _ context: inout StepContext
    ) throws(StepFailure) -> [(key: HierarchicalKey, nodes: [OptionNode])] {
        var axes: [(key: HierarchicalKey, nodes: [OptionNode])] = []
        guard let grid = context.options["grid"] else { return [] }
        for key in HierarchicalKey.allCases {
            guard let node = grid[key.rawValue] else { continue }
            var seen: [Value] = []
            for item in node.items {
                guard !seen.contains(item.value) else {
                    throw context.fail(.error(.badDesign, "A value stands once in a grid", at: item.range))
                }
                seen.append(item.value)
            }
            axes.append((key, node.items))
        }
        let count = axes.reduce(1) { $0.multipliedReportingOverflow(by: $1.nodes.count).partialValue }
        guard count <= 1_000, axes.allSatisfy({ $0.nodes.count <= 1_000 }) else {
            throw context.fail(.error(.badDesign, "A grid of this model has at most 1,000 cells", at: grid.range))
        }
        return axes
    }
}

import Diagnostics
import Documents
import Estimation

/// In which shares units were meant to come to the arms.
struct Allocation: Sendable {
    private let node: OptionNode?

    init(_ node: OptionNode?) { self.node = node }

    /// Whether each experiment has shares of its own.
    private var isByExperiment: Bool { node?.entries.contains { !$0.value.entries.isEmpty } == true }

    /// The shares of an experiment by variant, equal where none are written.
    ///
    /// - Returns: The variants with their numbers of units and shares; a variant that shares were written for in this
    ///   experiment has its place without units, too.
    func arms(_ experiment: String, _ counts: [(variant: String, count: Int)]) -> [(
        variant: String, count: Int, share: Double
    )] {
        let own = isByExperiment ? node?[experiment] : node
        guard let own else { return counts.map { ($0.variant, $0.count, 1) } }
        var arms = counts.map { arm in (arm.variant, arm.count, own[arm.variant]?.number ?? 0) }
        if isByExperiment {
            for entry in own.entries where !counts.contains(where: { $0.variant == entry.key }) {
                arms.append((entry.key, 0, entry.value.number ?? 0))
            }
        }
        return arms
    }

    /// Tells shares without units and units without shares.
    func check(_ experiments: [(name: String, variants: [String])], _ context: inout StepContext) -> Bool {
        guard let node else { return true }
        let before = context.diagnostics.count
        if isByExperiment {
            for entry in node.entries {
                guard let experiment = experiments.first(where: { $0.name == entry.key }) else {
                    unknown(entry, "experiment", among: experiments.map(\.name), &context)
                    continue
                }
                lacking(experiment.variants, in: entry.value, of: " in \(entry.key)", &context)
            }
        } else {
            var all = NameTable()
            for experiment in experiments { for variant in experiment.variants { _ = all.place(of: variant) } }
            for entry in node.entries where all.known(entry.key) == nil {
                unknown(entry, "variant", among: all.names, &context)
            }
            lacking(all.names, in: node, of: "", &context)
        }
        return context.diagnostics.count == before
    }

    private func lacking(
        _ variants: [String], in node: OptionNode, of place: String, _ context: inout StepContext
    ) {
        let without = variants.filter { node[$0] == nil }
        guard !without.isEmpty else { return }
        _ = context.fail(
            .error(
                .unclearEffects,
                "An allocation has a share for every variant\(place), and not for \(without.joined(separator: ", "))",
                at: node.range))
    }

    private func unknown(
        _ entry: OptionNode.Entry, _ what: String, among names: [String], _ context: inout StepContext
    ) {
        let near = nearestWord(to: entry.key, among: names)
        _ = context.fail(
            .error(
                .unclearEffects, "No unit is of the \(what) \(entry.key)", at: entry.keyRange,
                notes: [
                    .init("\(what)s: " + names.prefix(30).joined(separator: ", ") + (names.count > 30 ? ", …" : ""))
                ],
                fixIts: near.map { [.init("did you mean \($0)?", replacing: entry.keyRange, with: $0)] } ?? []))
    }
}

/// Experiments whose arms are said to be alike.
struct AlikeExperiments: Sendable {
    private let node: OptionNode?
    private let names: Set<String>

    init(_ node: OptionNode?) {
        self.node = node
        names = Set(node?.strings ?? [])
    }

    /// Whether any could be meant.
    var isAsked: Bool { node != nil && node?.boolean != false }

    func contains(_ experiment: String) -> Bool { node?.boolean ?? names.contains(experiment) }

    /// Tells names of no experiment.
    func check(_ names: [String], _ context: inout StepContext) -> Bool {
        guard let node, node.boolean == nil else { return true }
        let known = Set(names)
        let before = context.diagnostics.count
        for item in node.items {
            guard let name = item.string, !known.contains(name) else { continue }
            let near = nearestWord(to: name, among: names)
            _ = context.fail(
                .error(
                    .unclearEffects, "No unit is of the experiment \(name)", at: item.range,
                    fixIts: near.map { [.init("did you mean \($0)?", replacing: item.range, with: $0)] } ?? []))
        }
        return context.diagnostics.count == before
    }
}

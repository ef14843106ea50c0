import Diagnostics
import Documents
import Results
import Values

/// What a sampler's chains did, by parameter: `chains`, `ranks` and `pairs` of a `meta-analysis` by `nuts`.
enum ChainFigures {
    private static let hint = "a `meta-analysis` with `method: nuts` has it"
    /// A chain is drawn at no more places than this.
    private static let most = 250

    /// Draws in their order, chains over each other: they should look alike and like noise.
    static func trace(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let part = try target.part("chains", of: "A trace plot", hint: hint, &context)
        let tables = try tables(part, "chains", target, &context)
        // Kept draws may be some of those that were made.
        let made = target.value["sampler"]?["draws"]?.number
        let panels = tables.map { name, chains in
            let count = chains[0].count
            let every = made.map { max(1, $0 / Double(count)) } ?? 1
            let stride = max(1, (count + most - 1) / most)
            let kept = Array(Swift.stride(from: 0, to: count, by: stride))
            return FigureModel.Panel(
                x: context.axis("x", title: "Draw"), y: .init(ParameterNames.title(name)),
                marks: chains.enumerated().map { index, chain in
                    .trace(x: kept.map { Double($0 + 1) * every }, y: kept.map { chain[$0] }, series(index))
                })
        }
        return FigureModel(
            kind: "trace", panels: panels, prefersKey: true,
            summary: "\(chainCount(tables)) of draws of \(list(tables)), one over the other." + rHats(target))
    }

    /// The ranks of each chain's draws among those of all: flat where chains agree (Vehtari, Gelman, Simpson, Carpenter
    /// and Bürkner 2021, Bayesian Analysis 16, 667–718).
    static func rank(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let part = try target.part("ranks", of: "A rank plot", hint: hint, &context)
        let tables = try tables(part, "ranks", target, &context)
        let highest = tables.flatMap { $0.rows.flatMap { $0 } }.max() ?? 1
        let panels = tables.flatMap { name, chains in
            chains.enumerated().map { index, counts in
                let edges = (0...counts.count).map { Double($0) / Double(counts.count) }
                let expected = counts.reduce(0, +) / Double(counts.count)
                return FigureModel.Panel(
                    title: "\(ParameterNames.short(name)), chain \(index + 1)",
                    x: .init("Rank among all draws", format: ".0%", domain: 0...1),
                    y: .init("Draws", domain: 0...(highest * 1.08)),
                    marks: [
                        .bars(edges: edges, heights: counts, .init(name: series(index).name, label: "")),
                        .ruleY(expected, label: "", .init(name: "pooled")),
                    ])
            }
        }
        return FigureModel(
            kind: "rank", panels: panels, columns: min(4, tables[0].rows.count), compactColumns: 2,
            summary:
                "Histograms of the ranks of each of \(chainCount(tables))' draws of \(list(tables)) among all draws; "
                + "a line marks the count that agreeing chains would have in each bin." + rHats(target))
    }

    /// Draws of μ against those of log τ: where divergences gather, the sampler could not go.
    static func pairs(_ context: inout StepContext) throws(StepFailure) -> FigureModel {
        let target = try context.figureTargets()[0]
        let part = try target.part("pairs", of: "A pairs plot", hint: hint, &context)
        guard let x = part["mu"]?.numbers, let y = part["logTau"]?.numbers, x.count == y.count else {
            throw context.fail(
                .error(.badFigure, "\(target.path).pairs has no draws of mu and logTau", at: target.range))
        }
        let flags = (part["divergent"]?.list ?? []).map { $0.boolean ?? (($0.number ?? 0) != 0) }
        let divergent = x.indices.filter { $0 < flags.count && flags[$0] }
        let rest = x.indices.filter { !($0 < flags.count && flags[$0]) }
        var marks: [FigureModel.Mark] = [
            .cloud(x: rest.map { x[$0] }, y: rest.map { y[$0] }, .init(name: "draws", label: "draws", isMuted: true))
        ]
        if !divergent.isEmpty {
            marks.append(
                .points(
                    divergent.map { .init(x: x[$0], y: y[$0]) }, .init(name: "divergent", label: "divergent")))
        }
        let panel = FigureModel.Panel(
            x: context.axis("x", title: ParameterNames.title("mu")),
            y: context.axis("y", title: ParameterNames.title("logTau")), marks: marks)
        return FigureModel(
            kind: "pairs", panels: [panel],
            summary:
                "\(x.count) draws of μ against log τ; \(divergent.isEmpty ? "none" : "\(divergent.count)") of them "
                + "ended divergent trajectories.")
    }

    private static func tables(
        _ part: Value, _ key: String, _ target: PathTarget, _ context: inout StepContext
    ) throws(StepFailure) -> [(name: String, rows: [[Double]])] {
        let tables = part.numberTables.filter { $0.rows[0].count > 1 }
        guard !tables.isEmpty else {
            throw context.fail(
                .error(
                    .badFigure, "\(target.path).\(key) holds lists of numbers, one of each chain, by parameter",
                    at: target.range))
        }
        return tables
    }

    /// A chain is the same series in every figure.
    private static func series(_ index: Int) -> FigureModel.Series { .init(name: "chain \(index + 1)") }

    private static func chainCount(_ tables: [(name: String, rows: [[Double]])]) -> String {
        let count = tables[0].rows.count
        return count == 1 ? "1 chain" : "\(count) chains"
    }

    private static func list(_ tables: [(name: String, rows: [[Double]])]) -> String {
        tables.map { ParameterNames.short($0.name) }.joined(separator: " and ")
    }

    private static func rHats(_ target: PathTarget) -> String {
        let format = NumberFormat(.fixed, digits: 3)
        let told = ["mu", "tau"].compactMap { name in
            target.value[name]?["rhat"]?.number.map { "\(format.text($0)) for \(ParameterNames.short(name))" }
        }
        return told.isEmpty ? "" : " R̂ is " + told.joined(separator: " and ") + "."
    }
}

package import Diagnostics
package import Documents
import Markdown
import Parallelism
package import Results
import Synchronization
package import Values
package import Workspace

/// Runs an analysis's directives, each as soon as what it needs is there, several at a time.
///
/// A directive that fails adds its diagnostics; those that need it are left out without more words, all others run.
package struct Execution {
    /// Told when a directive begins: how many were begun before, of how many, and which. Called by one thread at a time.
    package typealias Progress = (_ begun: Int, _ total: Int, _ directive: Directive) -> Void

    private let document: AnalysisDocument
    private let plan: Plan
    private let params: Object
    private let seed: UInt64
    private let workspace: WorkspaceContext
    private let project: Project

    package init(
        _ document: AnalysisDocument, plan: Plan, params: Object, seed: UInt64, workspace: WorkspaceContext,
        project: Project
    ) {
        self.document = document
        self.plan = plan
        self.params = params
        self.seed = seed
        self.workspace = workspace
        self.project = project
    }

    /// - Parameter jobs: How many directives run at once. Nothing but the time it takes depends on it.
    package func run(
        jobs: Int, progress: Progress = { _, _, _ in }, diagnostics: inout [Diagnostic]
    ) -> AnalysisResults {
        let meta = Execution.meta(of: document.frontMatter)
        let order = plan.order
        // Every directive by its place in the plan.
        let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let outcomes = Mutex(Array(repeating: Outcome?.none, count: order.count))
        let console = Mutex(0)
        withoutActuallyEscaping(progress) { progress in
            nonisolated(unsafe) let progress = progress
            concurrentGraph(inputs: order.map { plan.targets[$0].compactMap { places[$0] } }, width: jobs) { place in
                let directive = document.directives[order[place]]
                let inputs = outcomes.withLock { made in
                    plan.targets[order[place]].map { places[$0].flatMap { made[$0]?.made } }
                }
                let made = inputs.compactMap(\.self)
                // What needs a directive that failed is left out without more words.
                guard made.count == inputs.count else { return }
                console.withLock { begun in
                    progress(begun, order.count, directive)
                    begun += 1
                }
                let outcome = run(directive, inputs: made, meta: meta, ids: plan.inputs[order[place]])
                outcomes.withLock { $0[place] = outcome }
            }
        }
        let finished = outcomes.withLock { $0 }
        for outcome in finished { diagnostics += outcome?.diagnostics ?? [] }
        let results = document.directives.indices.compactMap { index in
            places[index].flatMap { finished[$0]?.made?.result }
        }
        return AnalysisResults(seed: seed, params: params, meta: meta, results: results)
    }

    /// What one directive came to.
    private struct Outcome: Sendable {
        var made: Made?
        var diagnostics: [Diagnostic]
    }

    /// What one directive made.
    private struct Made: Sendable {
        var result: DirectiveResult
        var artifact: Artifact?
    }

    /// Runs one directive, which sees its inputs, the parameters and the front matter, and nothing else.
    private func run(_ directive: Directive, inputs: [Made], meta: Object, ids: [String]) -> Outcome {
        var root: Object = ["params": .object(params), "meta": .object(meta)]
        var artifacts: [String: Artifact] = [:]
        for input in inputs {
            root[input.result.id] = input.result.values
            artifacts[input.result.id] = input.artifact
        }
        var context = StepContext(
            directive: directive, options: directive.options, artifacts: artifacts, root: .object(root), seed: seed,
            workspace: workspace, project: project)
        let output = run(directive, &context)
        guard let output, !context.diagnostics.hasErrors else {
            return Outcome(made: nil, diagnostics: context.diagnostics)
        }
        let result = DirectiveResult(
            directive: directive.word, id: directive.id, range: directive.range, inputs: ids, sources: output.sources,
            values: output.values, table: output.table, figure: output.figure, assumptions: output.assumptions,
            warnings: context.findings)
        return Outcome(made: Made(result: result, artifact: output.artifact), diagnostics: context.diagnostics)
    }

    /// Resolves the directive's references, checks the options that they gave, and runs its step.
    private func run(_ directive: Directive, _ context: inout StepContext) -> StepOutput? {
        do {
            let options = try resolved(directive, &context)
            if directive.options.references.isEmpty == false {
                DirectiveSchema.named(directive.word)?.validate(options, diagnostics: &context.diagnostics)
                if context.diagnostics.hasErrors { return nil }
            }
            context = StepContext(
                directive: directive, options: options, artifacts: context.artifacts, root: context.root,
                seed: context.seed, workspace: workspace, project: project, diagnostics: context.diagnostics)
            switch directive.word {
            case "data": return try DataStep.run(&context)
            case "effects": return try EffectsStep.run(&context)
            case "covariance": return try CovarianceStep.run(&context)
            case "proxy": return try ProxyStep.run(&context)
            case "meta-analysis": return try MetaAnalysisStep.run(&context)
            case "simulation": return try SimulationStep.run(&context)
            case "decision-rule": return try DecisionRuleStep.run(&context)
            case "table": return try TableStep.run(&context)
            case "figure": return try FigureStep.run(&context)
            default: return nil
            }
        } catch {
            return nil
        }
    }

    private func resolved(_ directive: Directive, _ context: inout StepContext) throws(StepFailure) -> OptionNode {
        var missing: [Diagnostic] = []
        let root = context.root
        let options = directive.options.resolving { path, range in
            switch root.walk(path) {
            case .found(let value): return value
            case .missing(let component, let known):
                missing.append(.unknownPath(path, component: component, known: known, at: range))
                return .null
            }
        }
        if let first = missing.first {
            context.diagnostics += missing.dropFirst()
            throw context.fail(first)
        }
        return options
    }

    private static func meta(of frontMatter: FrontMatter) -> Object {
        var meta: Object = ["title": .string(frontMatter.title.node.plainText)]
        if let date = frontMatter.date { meta["date"] = .string(date) }
        meta["authors"] = Value(frontMatter.authors)
        meta["tags"] = Value(frontMatter.tags)
        return meta
    }
}

extension Diagnostic {
    /// A path that leads nowhere in the results.
    package static func unknownPath(
        _ path: ResultPath, component: Int, known: [String], at range: SourceRange?
    ) -> Diagnostic {
        let reached = ResultPath(Array(path.components.prefix(component))).description
        var near: String?
        if case .name(let name) = path.components[component] { near = nearestWord(to: name, among: known) }
        let list = known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : "")
        return .error(
            .unknownPath, "\(path) leads nowhere in the results", at: range,
            notes: (known.isEmpty ? [] : [.init("\(reached.isEmpty ? "the results have" : "\(reached) has"): \(list)")])
                + (near.map { [.init("did you mean \($0)?")] } ?? []))
    }
}

import Datasets
package import Diagnostics
package import Digests
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
package struct Execution: Sendable {
    /// Told when a directive begins: how many were begun before, of how many, and which. Called by one thread at a time.
    package typealias Progress = (_ begun: Int, _ total: Int, _ directive: Directive) -> Void

    private let document: AnalysisDocument
    private let plan: Plan
    private let params: Object
    private let meta: Object
    private let seed: UInt64
    private let sample: UnitSample?
    private let workspace: WorkspaceContext
    private let project: Project
    private let engines: EngineAccess
    private let cache: CacheUse?

    /// - Parameters:
    ///   - sample: Of which units a draft is made.
    ///   - cache: Where results of earlier builds are; nil to compute everything.
    package init(
        _ document: AnalysisDocument, plan: Plan, params: Object, seed: UInt64, sample: UnitSample? = nil,
        workspace: WorkspaceContext, project: Project, engines: EngineAccess = EngineAccess(), cache: CacheUse? = nil
    ) {
        self.document = document
        self.plan = plan
        self.params = params
        meta = document.frontMatter.meta
        self.seed = seed
        self.sample = sample
        self.workspace = workspace
        self.project = project
        self.engines = engines
        self.cache = cache
    }

    /// - Parameters:
    ///   - jobs: How many directives run at once. Nothing but the time it takes depends on it.
    ///   - isCancelled: Asked before each directive; once true, none begins any more.
    package func run(
        jobs: Int, isCancelled: @Sendable () -> Bool = { false }, progress: Progress = { _, _, _ in },
        diagnostics: inout [Diagnostic]
    ) -> (results: AnalysisResults, explanations: [Explanation]) {
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
                guard made.count == inputs.count, !isCancelled() else { return }
                let outcome = self.outcome(of: directive, inputs: made, ids: plan.inputs[order[place]]) {
                    console.withLock { begun in
                        progress(begun, order.count, directive)
                        begun += 1
                    }
                }
                outcomes.withLock { $0[place] = outcome }
            }
        }
        let finished = outcomes.withLock { $0 }
        for outcome in finished { diagnostics += outcome?.diagnostics ?? [] }
        let results = document.directives.indices.compactMap { index in
            places[index].flatMap { finished[$0]?.made?.result }
        }
        return (
            AnalysisResults(seed: seed, params: params, meta: meta, sample: sample, results: results),
            finished.compactMap { $0?.explanation }
        )
    }

    /// What one directive came to.
    private struct Outcome: Sendable {
        var made: Made?
        var diagnostics: [Diagnostic]
        var explanation: Explanation?
    }

    /// What one directive made.
    private struct Made: Sendable {
        var result: DirectiveResult
        var artifact: LazyArtifact
        /// Stands for everything that the artifact depends on.
        var content: String
    }

    /// One directive's result, from the cache where it is there. The directive sees its inputs, the parameters and the
    /// front matter, and nothing else.
    private func outcome(of directive: Directive, inputs: [Made], ids: [String], begin: () -> Void) -> Outcome {
        var root: Object = ["params": .object(params), "meta": .object(meta)]
        for input in inputs { root[input.result.id] = input.result.values }
        var context = StepContext(
            directive: directive, options: directive.options, artifacts: [:], root: .object(root), seed: seed,
            sample: sample,
            workspace: workspace, project: project, engines: engines,
            digests: cache?.cache.digests ?? FileDigests(workspace.files))
        guard resolve(&context) else { return Outcome(diagnostics: context.diagnostics) }
        let contents = inputs.map { (id: $0.result.id, content: $0.content) }
        let prepared = context
        let lookup = cache?.lookup(contents, &context)
        func made(_ output: StepOutput, _ warnings: [String], _ artifact: LazyArtifact) -> Made {
            let result = DirectiveResult(
                directive: directive.word, id: directive.id, range: directive.range, inputs: ids,
                sources: output.sources, queries: output.queries, values: output.values, table: output.table,
                figure: output.figure,
                assumptions: output.assumptions, warnings: warnings)
            return Made(result: result, artifact: artifact, content: lookup?.content ?? "")
        }
        if let lookup, let record = lookup.record {
            let artifact = LazyArtifact(record.output.artifact) {
                var context = prepared
                let output = run(inputs, &context)
                return (output?.artifact, context.diagnostics)
            }
            return Outcome(
                made: made(record.output, record.warnings, artifact), diagnostics: record.diagnostics,
                explanation: lookup.explanation)
        }
        begin()
        let early = context.early
        context = prepared
        context.early = early
        guard let output = run(inputs, &context) else {
            return Outcome(diagnostics: context.diagnostics, explanation: lookup?.explanation)
        }
        let record = StepRecord(output: output, warnings: context.findings, diagnostics: context.diagnostics)
        if let lookup { cache?.keep(record, lookup, of: directive) }
        return Outcome(
            made: made(output, context.findings, LazyArtifact(output.artifact)), diagnostics: context.diagnostics,
            explanation: lookup?.explanation)
    }

    /// Replaces the directive's references by their values and checks the options that they gave.
    private func resolve(_ context: inout StepContext) -> Bool {
        guard let options = try? resolved(context.directive, &context) else { return false }
        if !context.directive.options.references.isEmpty {
            DirectiveSchema.named(context.directive.word)?.validate(options, diagnostics: &context.diagnostics)
        }
        context.options = options
        return !context.diagnostics.hasErrors
    }

    /// Runs a directive's step; nil where it failed, which the context's diagnostics tell.
    private func run(_ inputs: [Made], _ context: inout StepContext) -> StepOutput? {
        // The others are named for their values alone.
        let named = Set(context.directive.needs.filter { $0.words != nil }.map(\.id))
        for input in inputs where named.contains(input.result.id) {
            let (artifact, diagnostics) = input.artifact.value()
            if case .frame(let frame)? = artifact {
                context.artifacts[input.result.id] = .frame(frame.recorded(in: context.journal))
            } else {
                context.artifacts[input.result.id] = artifact
            }
            context.diagnostics += diagnostics.filter { $0.severity == .error }
        }
        guard !context.diagnostics.hasErrors else { return nil }
        var output = try? Execution.step(&context)
        output?.queries += context.journal.queries.map { query in
            QueryProvenance(
                engine: query.engine, version: query.version, sql: query.sql, rows: query.rows, sha256: query.sha256,
                pin: query.pin)
        }
        return context.diagnostics.hasErrors ? nil : output
    }

    private static func step(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        switch context.directive.word {
        case "data": return try DataStep.run(&context)
        case "effects": return try EffectsStep.run(&context)
        case "covariance": return try CovarianceStep.run(&context)
        case "proxy": return try ProxyStep.run(&context)
        case "meta-analysis": return try MetaAnalysisStep.run(&context)
        case "simulation": return try SimulationStep.run(&context)
        case "decision-rule": return try DecisionRuleStep.run(&context)
        case "table": return try TableStep.run(&context)
        case "figure": return try FigureStep.run(&context)
        default: throw StepFailure()
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

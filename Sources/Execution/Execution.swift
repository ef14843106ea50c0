package import Diagnostics
package import Documents
import Markdown
package import Results
package import Values
package import Workspace

/// Runs an analysis's directives in the plan's order.
///
/// A directive that fails adds its diagnostics; those that need it are left out without more words, all others run.
package struct Execution {
    /// Told when a directive begins: how many were done, of how many, and which.
    package typealias Progress = (_ done: Int, _ total: Int, _ directive: Directive) -> Void

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

    package func run(progress: Progress = { _, _, _ in }, diagnostics: inout [Diagnostic]) -> AnalysisResults {
        let meta = Execution.meta(of: document.frontMatter)
        var artifacts: [String: Artifact] = [:]
        var made: [Int: DirectiveResult] = [:]
        var root: Object = ["params": .object(params), "meta": .object(meta)]
        for (done, index) in plan.order.enumerated() {
            let directive = document.directives[index]
            guard plan.inputs[index].allSatisfy({ root[$0] != nil }) else { continue }
            progress(done, plan.order.count, directive)
            var context = StepContext(
                directive: directive, options: directive.options, artifacts: artifacts, root: .object(root), seed: seed,
                workspace: workspace, project: project)
            let output = run(directive, &context)
            diagnostics += context.diagnostics
            guard let output, !context.diagnostics.hasErrors else { continue }
            root[directive.id] = output.values
            artifacts[directive.id] = output.artifact
            made[index] = DirectiveResult(
                directive: directive.word, id: directive.id, range: directive.range, inputs: plan.inputs[index],
                sources: output.sources, values: output.values, table: output.table, figure: output.figure,
                assumptions: output.assumptions,
                warnings: context.findings)
        }
        let results = document.directives.indices.compactMap { made[$0] }
        return AnalysisResults(seed: seed, params: params, meta: meta, results: results)
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

import BuiltInTemplates
package import Diagnostics
package import Documents
package import Execution
import Rendering
package import Reports
import Results
import Typesetting
package import Workspace

/// Builds analyses: the stages of the program, top to bottom.
///
/// Each analysis succeeds or fails alone. One that fails leaves its old outputs as they were and what could be computed
/// under `.report/failed/`.
package struct Build {
    /// What happens during a build, for whoever shows its progress.
    package enum Event {
        case began(Analysis)
        case directive(Analysis, done: Int, total: Int, Directive)
        case ended(Outcome)
    }

    package struct Outcome: Sendable {
        package var analysis: Analysis
        package var succeeded: Bool
        /// Absolute paths of what was written: the report, or its partial form.
        package var files: [String]
        package var diagnostics: [Diagnostic]
        /// Why each directive ran, or that it did not; empty without a cache.
        package var explanations: [Explanation] = []
        /// In the order of the analysis.
        package var claims: [ResolvedClaim] = []
    }

    private let options: BuildOptions
    private let workspace: WorkspaceContext
    private let trust: Trust
    private let projectCache: ProjectCache?
    private let formulas: TypesetFormulas

    /// - Parameter cache: nil to compute everything.
    package init(
        _ options: BuildOptions, in workspace: WorkspaceContext, trust: Trust, cache: ProjectCache? = nil
    ) {
        self.options = options
        self.workspace = workspace
        self.trust = trust
        projectCache = options.ignoresCache ? nil : cache
        formulas = TypesetFormulas(typesetter: Typesetter(in: workspace))
    }

    /// Builds what the paths name. Diagnostics without an analysis of their own come as `general`.
    package func run(
        _ paths: [String], onEvent: (Event) -> Void = { _ in }
    ) -> (general: [Diagnostic], outcomes: [Outcome]) {
        var general: [Diagnostic] = []
        let analyses = Analysis.find(paths, in: workspace, diagnostics: &general)
        var outcomes: [Outcome] = []
        var caches: [String: BuildCache] = [:]
        for analysis in analyses {
            onEvent(.began(analysis))
            let root = analysis.project.root
            if caches[root] == nil { caches[root] = projectCache?.open(analysis.project) }
            let outcome = build(analysis, caches[root], onEvent)
            onEvent(.ended(outcome))
            outcomes.append(outcome)
        }
        for cache in caches.values { cache.close(limit: ProjectCache.limit) }
        return (general, outcomes)
    }

    /// What tells this program from every other: its version and the digest of its own file.
    private func tool(_ cache: BuildCache) -> String {
        let digest = options.executable.flatMap { try? cache.digests.digest(of: $0).sha256 }
        return ToolVersion.current + (digest.map { " \($0)" } ?? "")
    }

    private func build(_ analysis: Analysis, _ cache: BuildCache?, _ onEvent: (Event) -> Void) -> Outcome {
        var diagnostics: [Diagnostic] = []
        let loader = SourceLoader(workspace: workspace, project: analysis.project)

        // Text to document.
        let source: SourceFile
        switch loader.text(analysis.path, at: nil) {
        case .success(let file): source = file
        case .failure(let diagnostic):
            return Outcome(analysis: analysis, succeeded: false, files: [], diagnostics: [diagnostic])
        }
        let parsed = AnalysisDocument.parse(source, includes: loader.include, diagnostics: &diagnostics)
        guard let document = parsed else {
            return Outcome(
                analysis: analysis, succeeded: false, files: [], diagnostics: diagnostics.inFileOrder())
        }
        let images = loader.images(of: document, diagnostics: &diagnostics)
        let bibliography = loader.bibliography(of: document, diagnostics: &diagnostics)
        let params = Parameters.resolve(
            options.params, defaults: document.frontMatter.params, at: document.frontMatter.range,
            diagnostics: &diagnostics)

        // Document to plan to results.
        let plan = Plan(document, diagnostics: &diagnostics)
        let execution = Execution(
            document, plan: plan, params: params, seed: options.seed ?? document.frontMatter.seed,
            workspace: workspace, project: analysis.project,
            cache: cache.map { CacheUse($0, tool: tool($0), analysis: analysis.shown) })
        let (results, explanations) = execution.run(
            jobs: options.jobs, progress: { onEvent(.directive(analysis, done: $0, total: $1, $2)) },
            diagnostics: &diagnostics)
        if !diagnostics.hasErrors { document.warnOfUnusedResults(diagnostics: &diagnostics) }

        // Results to report to bytes.
        let report = Report.assemble(
            document: document, results: results, images: images, formulas: formulas, bibliography: bibliography.works,
            bibliographyFiles: bibliography.files, toolVersion: ToolVersion.current, diagnostics: &diagnostics)
        var outcome = write(report, of: analysis, diagnostics)
        outcome.explanations = explanations
        outcome.claims = report.orderedClaims
        return outcome
    }

    private func write(_ report: Report, of analysis: Analysis, _ found: [Diagnostic]) -> Outcome {
        var diagnostics = found
        let overrides = templates(of: analysis, &diagnostics)
        diagnostics = diagnostics.inFileOrder()
        if options.isStrict, !diagnostics.isEmpty, !diagnostics.hasErrors {
            diagnostics.append(.error(.strict, "With --strict a warning fails the build", at: nil))
        }
        let succeeded = !diagnostics.hasErrors
        guard options.writesReports else {
            return Outcome(analysis: analysis, succeeded: succeeded, files: [], diagnostics: diagnostics)
        }
        do {
            let rendered = try render(
                report, name: Paths.lastComponent(of: analysis.outputName),
                formats: options.formats ?? Set(report.document.frontMatter.formats), templates: overrides)
            let prefix = analysis.outputName.lastIndex(of: "/").map { String(analysis.outputName[...$0]) } ?? ""
            let files = rendered.files.map { (path: prefix + $0.path, bytes: $0.bytes) }
            let folder = try folder(of: analysis, succeeded: succeeded)
            try folder.write(files, name: analysis.outputName)
            return Outcome(
                analysis: analysis, succeeded: succeeded, files: files.map { Paths.joined(folder.root, $0.path) },
                diagnostics: diagnostics)
        } catch {
            let reason = (error as? FileError).map { "\(analysis.project.shown($0.path)): \($0.reason)" } ?? "\(error)"
            diagnostics.append(.error(.unwritableOutput, "The report cannot be written: \(reason)", at: nil))
            return Outcome(analysis: analysis, succeeded: false, files: [], diagnostics: diagnostics)
        }
    }

    private func folder(of analysis: Analysis, succeeded: Bool) throws(FileError) -> OutputFolder {
        guard succeeded else {
            return try OutputFolder(in: analysis.project, ".report/failed", workspace: workspace)
        }
        if let output = options.output { return OutputFolder(named: workspace.absolute(output), workspace: workspace) }
        return try OutputFolder(in: analysis.project, "output", workspace: workspace)
    }

    /// The project's own templates, where they differ from the built-in ones and are trusted.
    private func templates(of analysis: Analysis, _ diagnostics: inout [Diagnostic]) -> [String: String] {
        do throws(FileError) {
            // A file of another name overrides nothing; the program's own checkout has the built-in ones themselves.
            let own = try trust.templates(of: analysis.project).filter { name, text in
                BuiltInTemplates.text(named: name).map { $0 != text } ?? false
            }
            if own.isEmpty || options.trustsTemplates || trust.isTrusted(analysis.project) { return own }
            diagnostics.append(
                .warning(
                    .untrustedTemplates, "A project's own templates are used once `report trust` has been said",
                    at: nil,
                    notes: [.init("left out: " + own.keys.sorted().map { "Templates/\($0)" }.joined(separator: ", "))]))
        } catch {
            diagnostics.append(
                .error(
                    .unreadableFile,
                    "A template cannot be read: \(analysis.project.shown(error.path)): \(error.reason)", at: nil))
        }
        return [:]
    }
}

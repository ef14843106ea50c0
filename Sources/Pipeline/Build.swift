package import Diagnostics
package import Documents
package import Execution
import Ledger
import Rendering
package import Reports
import Results
import Typesetting
package import Values
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
        /// The SHA-256 of each of the files.
        package var digests: [String] = []
        /// Absolute paths of reports that an earlier sweep wrote and this one has no more.
        package var removed: [String] = []
        package var diagnostics: [Diagnostic]
        /// Whether nothing but files decides what the report says. Else it is made again each time.
        package var isPinned = true
        /// Why each directive ran, or that it did not; empty without a cache.
        package var explanations: [Explanation] = []
        /// Whether nothing was done, because nothing changed since an earlier build.
        package var isUnchanged = false
        /// In the order of the analysis; empty where nothing was done.
        package var claims: [ResolvedClaim] = []
        /// What the results file holds, where it was asked for.
        package var results: Value?
        /// What the audit trail keeps of the report; nil where it failed or was not written.
        package var facts: BuildFacts?
        /// What a site shows of the report, where it was asked for.
        var site: KeptSitePage?
    }

    let options: BuildOptions
    let workspace: WorkspaceContext
    let trust: Trust
    let projectCache: ProjectCache?
    /// Where what sweeps wrote is kept, with or without a cache of results.
    let manifests: ProjectCache?
    let typesetter: Typesetter

    /// - Parameter cache: nil to compute everything.
    package init(
        _ options: BuildOptions, in workspace: WorkspaceContext, trust: Trust, cache: ProjectCache? = nil
    ) {
        self.options = options
        self.workspace = workspace
        self.trust = trust
        projectCache = options.ignoresCache ? nil : cache?.reading(options.isSigned ? .nothing : .everything)
        manifests = options.writesReports ? cache : nil
        typesetter = Typesetter(in: workspace)
    }

    /// Builds what the paths name, several at a time. Diagnostics without an analysis of their own come as `general`.
    ///
    /// - Parameter onEvent: Called by one thread at a time.
    package func run(
        _ paths: [String], onEvent: (Event) -> Void = { _ in }
    ) -> (general: [Diagnostic], outcomes: [Outcome]) {
        var general: [Diagnostic] = []
        guard let parameters = Parameters(options, in: workspace, diagnostics: &general) else { return (general, []) }
        let analyses = Analysis.find(paths, in: workspace, diagnostics: &general)
        var memories: [String: Memory] = [:]
        for project in analyses.map(\.project) where memories[project.root] == nil {
            memories[project.root] = memory(of: project, parameters, diagnostics: &general)
        }
        let buildable = analyses.filter { memories[$0.project.root]?.isUsable == true }
        let outcomes = run(buildable, memories, parameters, onEvent)
        for memory in memories.values { memory.cache?.close(limit: ProjectCache.limit) }
        return (general, outcomes)
    }

    /// A document with the images, the links and the works that it names.
    struct Reading {
        /// Where it was read, and what it computes is read.
        var workspace: WorkspaceContext
        var document: AnalysisDocument
        var images: [String: ResolvedImage]
        var links: [SourceRange: LinkTarget]
        var bibliography: Bibliography
        var bibliographyFiles: [(path: String, bytes: Int, sha256: String)]
        var formulas: TypesetFormulas
        /// The project's settings and what the document shows and cites.
        var inputs: [LedgerEntry.File]

        var bibliographyDigests: [(path: String, sha256: String)] {
            bibliographyFiles.map { ($0.path, $0.sha256) }
        }
    }

    /// Text to document; nil where there is none.
    func read(
        _ analysis: Analysis, in workspace: WorkspaceContext, _ memory: Memory, diagnostics: inout [Diagnostic]
    ) -> Reading? {
        let loader = SourceLoader(workspace: workspace, project: analysis.project)
        let source: SourceFile
        switch loader.text(analysis.path, at: nil) {
        case .success(let file): source = file
        case .failure(let diagnostic):
            diagnostics.append(diagnostic)
            return nil
        }
        let parsed = AnalysisDocument.parse(source, includes: loader.include, diagnostics: &diagnostics)
        guard let document = parsed else { return nil }
        let images = loader.images(of: document, diagnostics: &diagnostics)
        let links = loader.links(of: document, diagnostics: &diagnostics)
        let bibliography = loader.bibliography(of: document, diagnostics: &diagnostics)
        let inputs =
            bibliography.files.map { LedgerEntry.File(path: $0.path, bytes: $0.bytes, sha256: $0.sha256) }
            + images.values.map { LedgerEntry.File(path: $0.path, $0.bytes) } + (memory.settingsFile.map { [$0] } ?? [])
        return Reading(
            workspace: workspace, document: document, images: images, links: links,
            bibliography: bibliography.works, bibliographyFiles: bibliography.files,
            formulas: TypesetFormulas(
                typesetter: typesetter, cache: memory.cache.map { FormulaEntries($0, analysis: analysis.shown) }),
            inputs: inputs)
    }

    /// Document to plan to results to files. `found` is what reading had to say.
    func build(
        _ reading: Reading, of analysis: Analysis, _ params: Object, _ found: [Diagnostic], _ memory: Memory,
        _ onEvent: (Event) -> Void
    ) -> (outcome: Outcome, results: AnalysisResults) {
        onEvent(.began(analysis))
        let document = reading.document
        var diagnostics = found

        // Document to plan to results.
        let plan = Plan(document, diagnostics: &diagnostics)
        let execution = Execution(
            document, plan: plan, params: params, seed: options.seed ?? document.frontMatter.seed,
            sample: options.sample, workspace: reading.workspace, project: analysis.project,
            engines: EngineAccess(
                settings: memory.engines, isTrusted: options.trustsTemplates || trust.isTrusted(analysis.project)),
            cache: memory.cache.map {
                CacheUse($0, tool: tool($0), analysis: analysis.label, environment: memory.environment)
            })
        let (results, explanations) = execution.run(
            jobs: options.jobs, isCancelled: options.isCancelled,
            progress: { onEvent(.directive(analysis, done: $0, total: $1, $2)) },
            diagnostics: &diagnostics)
        if !diagnostics.hasErrors {
            document.warnOfUnusedResults(diagnostics: &diagnostics)
            if options.sample != nil { document.warnOfNoSample(diagnostics: &diagnostics) }
        }

        // Results to report to bytes.
        var report = Report.assemble(
            document: document, results: results, images: reading.images,
            links: reading.links.mapValues { $0.link(from: analysis.outputName) }, formulas: reading.formulas,
            bibliography: reading.bibliography, bibliographyFiles: reading.bibliographyDigests,
            toolVersion: ToolVersion.current, diagnostics: &diagnostics)
        report.provenance.history = HistoryPage.link(from: analysis.outputName)
        var outcome = write(report, reading, of: analysis, diagnostics)
        outcome.explanations = explanations
        outcome.claims = report.orderedClaims
        outcome.isPinned = document.directives.allSatisfy { directive in
            directive.options["engine"] == nil
                || directive.options["source"] != nil && directive.options["fresh"] == nil
        }
        if options.keepsResults { outcome.results = resultsFile(of: report) }
        onEvent(.ended(outcome))
        return (outcome, results)
    }
}

import Diagnostics
import Dispatch
import Documents
import Foundation
import Pipeline
import Reports
import Workspace

/// Checks and builds on threads of their own.
extension Session {
    /// How many builds run at once; each runs its directives in parallel besides.
    private static let builds = 2

    /// When something is due next; nil where nothing is.
    var deadline: DispatchTime? {
        isChecking ? nil : analyses.values.compactMap(\.checkDue).min { $0.uptimeNanoseconds < $1.uptimeNanoseconds }
    }

    /// A thread with the stack of a main thread: the walks of trees are recursive.
    private func inBackground(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Checks what is due, one analysis at a time, always of the newest texts.
    func startChecks() {
        let now = DispatchTime.now().uptimeNanoseconds
        let due = analyses.filter { ($0.value.checkDue?.uptimeNanoseconds ?? .max) <= now }
        guard !isChecking,
            let path = due.min(by: {
                ($0.value.checkDue?.uptimeNanoseconds ?? 0, $0.key) < (
                    $1.value.checkDue?.uptimeNanoseconds ?? 0, $1.key
                )
            })?.key
        else { return }
        analyses[path]?.checkDue = nil
        isChecking = true
        let (inbox, generation, workspace) = (inbox, generation, snapshot)
        let check = check.over(workspace)
        inBackground {
            let read = ReadAnalysis.read(path, in: workspace)
            let (general, checks) = check.run([path])
            inbox.post(
                .found(
                    .checked(
                        path: path, generation: generation, read: read,
                        diagnostics: general + checks.flatMap(\.diagnostics))))
        }
    }

    /// Starts builds that are wanted. One whose text has changed since is cancelled and begun anew.
    func startBuilds() {
        for path in analyses.keys.sorted() where analyses[path]?.wantsBuild == true {
            analyses[path]?.wantsBuild = false
            analyses[path]?.build?.cancel()
            if !queue.contains(path) { queue.append(path) }
        }
        while analyses.values.count(where: { $0.build != nil }) < Session.builds,
            let index = queue.firstIndex(where: { analyses[$0]?.build == nil })
        {
            build(queue.remove(at: index))
        }
    }

    private func build(_ path: String) {
        guard analyses[path] != nil else { return }
        let cancellation = Cancellation()
        analyses[path]?.build = cancellation
        var options = BuildOptions()
        options.writesReports = false
        options.keepsResults = true
        options.executable = server.executable
        options.jobs = server.jobs
        options.isCancelled = { cancellation.isCancelled }
        let (inbox, server, workspace, wanted) = (inbox, server, snapshot, options)
        let check = check.over(workspace)
        inBackground {
            let built = server.build(path, wanted, in: workspace, check) {
                inbox.post(.found(.progress(path: path, text: $0)))
            }
            inbox.post(.found(.built(path: path, cancellation.isCancelled ? nil : built)))
        }
    }

    func take(_ finding: Finding) {
        switch finding {
        case .checked(let path, let generation, let read, let diagnostics):
            isChecking = false
            guard analyses[path] != nil else { return }
            // Of an older text its places are found in the newer, which is checked in turn.
            if let read { analyses[path]?.read = read }
            analyses[path]?.generation = generation
            analyses[path]?.checked = diagnostics
            publish(path)
        case .progress(let path, let text): showProgress(path, text)
        case .built(let path, let built):
            endProgress(path)
            guard analyses[path] != nil else { return }
            analyses[path]?.build = nil
            guard let built else { return }
            analyses[path]?.built = built
            publish(path)
            if client.workspace?.inlayHint?.refreshSupport == true {
                request("workspace/inlayHint/refresh", LSP.Empty?.none)
            }
        }
    }

    // MARK: Progress

    private func showProgress(_ path: String, _ text: String) {
        guard client.window?.workDoneProgress == true, analyses[path]?.build != nil else { return }
        if let token = progress[path] {
            return notify("$/progress", LSP.ProgressParams(token: token, value: .init(kind: "report", message: text)))
        }
        shownBuilds += 1
        let token = "report-build-\(shownBuilds)"
        progress[path] = token
        request("window/workDoneProgress/create", LSP.ProgressToken(token: token))
        let title = "Computing \(Paths.lastComponent(of: path))"
        notify("$/progress", LSP.ProgressParams(token: token, value: .init(kind: "begin", title: title, message: text)))
    }

    func endProgress(_ path: String) {
        guard let token = progress.removeValue(forKey: path) else { return }
        notify("$/progress", LSP.ProgressParams(token: token, value: .init(kind: "end")))
    }
}

extension LanguageServer {
    /// Computes an analysis without writing a report. Of its diagnostics those are kept that a check of the same texts
    /// does not have: they need results.
    fileprivate func build(
        _ path: String, _ options: BuildOptions, in workspace: WorkspaceContext, _ check: Check,
        onDirective: (String) -> Void
    ) -> BuiltAnalysis? {
        guard let read = ReadAnalysis.read(path, in: workspace) else { return nil }
        let run = Build(options, in: workspace, trust: trust, cache: cache.over(workspace)).run([path]) { event in
            guard case .directive(_, let done, let total, let directive) = event else { return }
            onDirective("\(done + 1)/\(total) \(directive.word) \(directive.hasWrittenID ? directive.id : "")")
        }
        var built = BuiltAnalysis(read, run.outcomes)
        let known = check.run([path]).checks.flatMap(\.diagnostics)
        let said = Set(known.map(Place.init))
        // What leads to nothing is said as what no directive has, too.
        let unknown = Set(known.filter { $0.code == .unknownReference }.compactMap { $0.range?.lower })
        built.diagnostics = built.diagnostics.filter { diagnostic in
            !said.contains(Place(diagnostic))
                && !(diagnostic.code == .pathToNothing && unknown.contains(diagnostic.range?.lower ?? -1))
        }
        return built
    }

    private struct Place: Hashable {
        var code: DiagnosticCode
        var message: String
        var file: String?
        var lower: Int?

        init(_ diagnostic: Diagnostic) {
            (code, message) = (diagnostic.code, diagnostic.message)
            (file, lower) = (diagnostic.range?.file.path, diagnostic.range?.lower)
        }
    }
}

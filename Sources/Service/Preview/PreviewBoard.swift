import Diagnostics
import Documents
import Pipeline
import Workspace

/// What a preview knows: every report of its paths, and what is wrong. Builds change it, pages and streams are made of it.
struct PreviewBoard: Sendable {
    /// By the path of their pages from the server's root, without its first slash: `experiments/proxy.html`.
    private(set) var reports: [String: PreviewReport] = [:]
    /// What is wrong with no report alone: `report.yaml`, paths that lead nowhere.
    private(set) var general: [Diagnostic] = []
    /// Whether a build is running.
    private(set) var isBuilding = false
    /// Grows with every change.
    private(set) var revision = 0
    /// What pages of a project begin with, in the order in which projects came.
    private var prefixes: [(root: String, prefix: String)] = []

    /// The paths of all pages, sorted by their bytes.
    var paths: [String] { reports.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// Where the page of an analysis is: the pages of the first project lie at the root, those of another in a folder that
    /// has its name.
    mutating func path(of analysis: Analysis) -> String {
        prefix(of: analysis.project.root) + analysis.outputName + ".html"
    }

    private mutating func prefix(of root: String) -> String {
        if let known = prefixes.first(where: { $0.root == root }) { return known.prefix }
        var prefix = ""
        if !prefixes.isEmpty {
            let name = "~\(Paths.lastComponent(of: root))"
            var number = 1
            repeat {
                prefix = number == 1 ? "\(name)/" : "\(name)-\(number)/"
                number += 1
            } while prefixes.contains { $0.prefix == prefix }
        }
        prefixes.append((root, prefix))
        return prefix
    }

    // MARK: What happens

    /// A build begins, because files changed or because it is the first.
    mutating func begin(expecting analyses: [Analysis] = []) {
        for analysis in analyses { enter(analysis) { _ in } }
        for path in reports.keys { reports[path]?.isStale = true }
        isBuilding = true
        revision += 1
    }

    /// - Parameters:
    ///   - title: Of the page that a report which ended has.
    ///   - now: Seconds since 1970 began.
    mutating func take(_ event: Build.Event, title: String? = nil, at now: Int64) {
        switch event {
        case .began(let analysis): enter(analysis) { $0.state = .building(nil) }
        case .directive(let analysis, let done, let total, let directive):
            let text = directive.hasWrittenID ? "\(directive.word) \(directive.id)" : directive.word
            enter(analysis) { $0.state = .building(.init(number: done + 1, total: total, text: text)) }
        case .ended(let outcome): enter(outcome.analysis) { $0.take(outcome, title: title, at: now) }
        }
        revision += 1
    }

    /// A build has ended: reports that it knows no more are gone, unless it could not know of them.
    mutating func end(_ general: [Diagnostic], _ outcomes: [Build.Outcome]) {
        self.general = general
        let known = Set(outcomes.map { path(of: $0.analysis) })
        if !general.hasErrors {
            reports = reports.filter { known.contains($0.key) }
            for path in reports.keys { reports[path]?.isStale = false }
        }
        // What was expected and never begun, waits for what is wrong to be mended.
        for (path, report) in reports {
            if case .building = report.state { reports[path]?.state = report.page == nil ? .waiting : .built }
        }
        isBuilding = false
        revision += 1
    }

    private mutating func enter(_ analysis: Analysis, _ change: (inout PreviewReport) -> Void) {
        let path = path(of: analysis)
        var report = reports[path] ?? PreviewReport(analysis)
        change(&report)
        reports[path] = report
    }
}

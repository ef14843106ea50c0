package import Diagnostics
import Documents
import Execution
import Ledger
import Publishing
import Values
package import Workspace

/// Builds a project's analyses, then its site of what they came to.
///
/// The site stands for one state of the project: where a report fails, it stays as it was. What is to be recorded in the
/// audit trail is recorded between the two, so that the site has the histories.
package struct SiteBuild {
    /// What was built, for the site to be written of.
    package struct Reports: Sendable {
        package var outcomes: [Build.Outcome] = []
        /// Those of no single analysis.
        package var diagnostics: [Diagnostic] = []
        var project: Project?
        var settings = WebsiteSettings()

        /// Whether a site can be made of them.
        package var isWhole: Bool {
            project != nil && !diagnostics.hasErrors && outcomes.allSatisfy(\.succeeded)
        }
    }

    /// What became of a site.
    package struct Outcome: Sendable {
        /// Absolute; nil where nothing was written.
        package var folder: String?
        package var pages = 0
        /// From the site's root.
        package var written: [String] = []
        package var removed: [String] = []
        package var diagnostics: [Diagnostic] = []

        package init() {}
    }

    let options: SiteOptions
    let workspace: WorkspaceContext
    let trust: Trust
    let cache: ProjectCache?

    /// - Parameter cache: nil to compute everything, and to know nothing of what an earlier site had.
    package init(_ options: SiteOptions, in workspace: WorkspaceContext, trust: Trust, cache: ProjectCache?) {
        self.options = options
        self.workspace = workspace
        self.trust = trust
        self.cache = cache
    }

    /// Builds the reports.
    ///
    /// - Parameter paths: Analyses and folders of one project; none for those of its `report.yaml`.
    package func reports(_ paths: [String], onEvent: (Build.Event) -> Void = { _ in }) -> Reports {
        var reports = Reports()
        let start = paths.first.flatMap { workspace.existingPath($0) } ?? workspace.workingFolder
        let real = workspace.files.realPath(of: start) ?? start
        let isFolder = workspace.files.status(of: real)?.kind == .folder
        switch Project.containing(isFolder ? Paths.joined(real, "report.yaml") : real, in: workspace) {
        case .failure(let fault): reports.diagnostics.append(fault)
        case .success(let project): build(paths, of: project, &reports, onEvent)
        }
        return reports
    }

    private func build(
        _ paths: [String], of project: Project, _ reports: inout Reports, _ onEvent: (Build.Event) -> Void
    ) {
        var faults: [Diagnostic] = []
        // The build of the reports says what is wrong in them.
        reports.settings = ProjectSettings.load(of: project, in: workspace, diagnostics: &faults).site
        let folders = paths.isEmpty ? self.folders(of: project, reports.settings, &reports.diagnostics) : paths
        if let address = options.baseURL, WebsiteSettings.baseURL(address) == nil {
            reports.diagnostics.append(
                .error(.invalidAddress, WebsiteSettings.urlRule, at: nil, notes: [.init("--base-url is \(address)")]))
        }
        if reports.diagnostics.hasErrors { return }
        let (general, outcomes) = self.build(makesAll: false).run(folders, onEvent: onEvent)
        reports.diagnostics += general
        reports.outcomes = outcomes
        if let other = outcomes.first(where: { $0.analysis.project != project }) {
            reports.diagnostics.append(
                .error(
                    .severalSites, "A site is that of one project", at: nil,
                    notes: [
                        .init(
                            "\(Paths.relative(other.analysis.path, to: workspace.workingFolder)) belongs to another project than \(Paths.relative(project.root, to: workspace.workingFolder))"
                        )
                    ]))
        }
        reports.project = project
    }

    /// - Parameter makesAll: Whether reports that are as they were are made again.
    func build(makesAll: Bool) -> Build {
        var own = options.build
        own.keepsSitePages = true
        own.remakesReports = makesAll
        return Build(own, in: workspace, trust: trust, cache: cache)
    }

    /// The folders that the settings name, absolute; `Analyses` or the whole project where they name none.
    private func folders(
        of project: Project, _ settings: WebsiteSettings, _ diagnostics: inout [Diagnostic]
    ) -> [String] {
        var folders: [String] = []
        for folder in settings.folders {
            let path = Paths.normalised(Paths.joined(project.root, folder.path))
            guard let real = workspace.files.realPath(of: path), Paths.isInside(real, project.root),
                workspace.files.status(of: real)?.kind == .folder
            else {
                diagnostics.append(
                    .error(
                        .missingSiteFolder, "A folder of the site is a folder of the project", at: folder.range,
                        notes: [.init("there is no folder \(folder.path)")]))
                continue
            }
            folders.append(real)
        }
        if !settings.folders.isEmpty { return folders }
        let usual = Paths.joined(project.root, "Analyses")
        return [workspace.files.status(of: usual)?.kind == .folder ? usual : project.root]
    }
}

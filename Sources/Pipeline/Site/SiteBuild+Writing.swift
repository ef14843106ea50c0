import Diagnostics
import Digests
import Documents
import Execution
import Publishing
import Values
import Workspace

extension SiteBuild {
    /// Writes the site of what was built: all of it, or nothing where anything is wrong.
    ///
    /// A site that would come out as it is, is not made again: it is known by the digests of all that it is made of.
    package func write(_ reports: Reports) -> Outcome {
        var outcome = Outcome()
        guard let project = reports.project, reports.isWhole else { return outcome }
        do throws(FileError) {
            let folder = try siteFolder(of: project)
            let memory = cache?.openSites(of: project)
            let manifest = SiteManifest(in: memory, of: project.shown(folder.root), files: workspace.files)
            defer { memory?.close(limit: ProjectCache.limit) }
            let made = GatheredSite(reports, project, self, digests: manifest.digests)
            let ground = made.ground
            if !options.checksExternal, let pages = manifest.pages(of: ground, in: folder) {
                outcome.folder = folder.root
                outcome.pages = pages
                return outcome
            }
            let found = made.site(&outcome.diagnostics)
            if outcome.diagnostics.hasErrors { return outcome }
            var files = try siteFiles(of: found)
            let pages = files.count { $0.path.hasSuffix(".html") }
            files += try made.copies(of: found)
            checkLinks(of: found, files, of: project, reports.settings, &outcome.diagnostics)
            if outcome.diagnostics.hasErrors { return outcome }
            files.append(list(of: files, found.site))
            try manifest.requireOwn(folder, among: files)
            let result = try manifest.write(files, to: folder, ground: ground, pages: pages)
            outcome.folder = folder.root
            outcome.pages = pages
            outcome.written = result.written
            outcome.removed = result.removed
        } catch {
            let isForeign = error.reason == SiteManifest.foreign
            outcome.diagnostics.append(
                .error(
                    isForeign ? .foreignFolder : .unwritableSite,
                    isForeign
                        ? "A site is written into an empty folder, or one that it was written into before"
                        : "The site cannot be written: \(project.shown(error.path)): \(error.reason)", at: nil,
                    notes: isForeign ? [.init("\(project.shown(error.path)) is none of its files")] : []))
        }
        return outcome
    }

    /// Links within the site are held to; those to other sites are looked at where that is asked for.
    private func checkLinks(
        of found: GatheredSite.Found, _ files: [SiteManifest.File], of project: Project, _ settings: WebsiteSettings,
        _ diagnostics: inout [Diagnostic]
    ) {
        let check = SiteLinkCheck(found, files: files, in: workspace)
        diagnostics += check.broken()
        guard options.checksExternal, !diagnostics.hasErrors else { return }
        guard let processes = workspace.processes,
            let curl = workspace.program("curl", outside: project)
        else {
            diagnostics.append(.error(.missingCurl, "Links to other sites are checked by curl", at: nil))
            return
        }
        diagnostics += check.unreachable(
            ExternalLinkCheck(curl: curl, processes: processes, settings: settings.external))
        if options.build.isStrict, !diagnostics.isEmpty {
            diagnostics.append(.error(.strict, "With --strict a warning fails the build", at: nil))
        }
    }

    /// What publications know the site by.
    private func list(of files: [SiteManifest.File], _ site: Site) -> SiteManifest.File {
        let digests = Dictionary(files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        return SiteManifest.File(
            path: SiteList.path, bytes: Array(SiteList(of: site, files: digests).text.utf8))
    }

    /// Never the folder of the reports, one that it lies in, or the audit trail's.
    private func siteFolder(of project: Project) throws(FileError) -> OutputFolder {
        guard let output = options.output else {
            return try OutputFolder(in: project, "output/site", workspace: workspace)
        }
        let folder = OutputFolder(named: workspace.absolute(output), workspace: workspace)
        let reports = Paths.joined(project.root, "output")
        if Paths.isInside(reports, folder.root) || Paths.isInside(folder.root, Paths.joined(reports, "audit")) {
            throw FileError(path: folder.root, reason: SiteManifest.foreign)
        }
        return folder
    }

    private func siteFiles(of found: GatheredSite.Found) throws(FileError) -> [SiteManifest.File] {
        do {
            return try Publishing.siteFiles(found.site).map { SiteManifest.File(path: $0.path, bytes: $0.bytes) }
        } catch {
            // The shell is the program's own template.
            throw FileError(path: "site.mustache", reason: "\(error)")
        }
    }
}

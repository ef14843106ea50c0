import Diagnostics
import Digests
import Publishing
import Workspace

/// What must be right of what is published.
extension Publication {
    /// Of a site: its reports are those that would be built now, and the trail is as it was written.
    func check(_ site: PublishedSite) -> [Diagnostic] {
        let known = Dictionary(grouping: site.list.reports, by: \.name).mapValues { $0[0] }
        var unsaid: [Diagnostic] = []
        let found = Analysis.find([project.root], in: workspace, diagnostics: &unsaid).filter { analysis in
            known[analysis.outputName] != nil
                || site.list.reports.contains { $0.name.hasPrefix(analysis.outputName + "/") }
        }
        var diagnostics: [Diagnostic] = []
        let reports = current(found.map(\.path), areKnown: true, &diagnostics).filter { known[$0.name] != nil }
        var stale = reports.filter { $0.outcome.succeeded }.compactMap { report in
            reason(of: report, in: site).map { "\(report.label): \($0)" }
        }
        let built = Set(reports.map(\.name))
        stale += known.keys.filter { !built.contains($0) }.sortedByBytes().map { "\($0): its analysis is gone" }
        let drafts = reports.filter { $0.isDraft || known[$0.name]?.isDraft == true }
        return diagnostics.filter { $0.severity == .error } + faults(reports, drafts: drafts, stale: stale)
            + verified(isNeeded: true)
    }

    /// Of pages for a tool, which are built here.
    func check(_ pages: PublishedPages) -> [Diagnostic] {
        faults(pages.reports, drafts: pages.reports.filter(\.isDraft), stale: []) + verified(isNeeded: false)
    }

    private func faults(_ reports: [CurrentReport], drafts: [CurrentReport], stale: [String]) -> [Diagnostic] {
        func place(_ diagnostic: Diagnostic) -> String {
            guard let range = diagnostic.range else { return diagnostic.message }
            return "\(range.file.path):\(range.start.line):\(range.start.column): \(diagnostic.message)"
        }
        let claims = reports.flatMap { $0.failingClaims.map(place) }
        let errors = reports.flatMap { report in report.errors.map { "\(report.label): \(place($0))" } }
        let findings: [(PublicationFault, [String])] = [
            (.drafts, drafts.map(\.label)), (.claims, claims), (.errors, errors), (.stale, stale),
        ]
        return findings.compactMap { fault, found in fault.diagnostic(found, allowed: options.allowed) }
    }

    /// Why a report of a site is not what a build would make; nil where it is.
    ///
    /// Its page has the site's frame about it and is told by what lies beside it: its results and its Markdown, which a site has as
    /// they are built. Its page in the output folder is compared as it is.
    private func reason(of report: CurrentReport, in site: PublishedSite) -> String? {
        let output = Paths.joined(project.root, "output")
        for (path, bytes) in report.files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let digest = sha256(bytes)
            if Paths.pathExtension(of: path) != "html", let own = site.digests[path], own != digest {
                return "\(path) of the site is another"
            }
            guard let now = try? workspace.files.digest(of: Paths.joined(output, path)) else {
                return "\(path) is not built"
            }
            if now != digest { return "\(path) is older than what it is made of" }
        }
        for (path, digest) in zip(report.outcome.files, report.outcome.digests) where report.files.isEmpty {
            let path = Paths.relative(path, to: output)
            if Paths.pathExtension(of: path) != "html", let own = site.digests[path], own != digest {
                return "\(path) of the site is older than the report"
            }
        }
        return nil
    }

    /// Whether the audit trail is as it was written.
    ///
    /// - Parameter isNeeded: Whether there has to be one.
    private func verified(isNeeded: Bool) -> [Diagnostic] {
        var findings: [String] = []
        do throws(Diagnostic) {
            let trail = try AuditTrail(of: project.root, output: nil, in: workspace, trust: trust)
            if !isNeeded, workspace.files.linkStatus(of: trail.location.folder) == nil { return [] }
            let (_, diagnostics) = VerifyRequest().verify(trail, in: workspace)
            findings = diagnostics.filter { $0.severity == .error }.map(\.message)
        } catch {
            findings = [error.message]
        }
        if !findings.isEmpty { findings.append("report audit verify tells more") }
        return PublicationFault.unverified.diagnostic(findings, allowed: options.allowed).map { [$0] } ?? []
    }
}

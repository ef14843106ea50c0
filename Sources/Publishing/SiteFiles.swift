import Parallelism

/// All files of a site but those that its reports bring with them.
///
/// - Parameter site: Its reports, histories and reference; the pages made of others are added.
package func siteFiles(_ site: Site) throws -> [SiteFile] {
    let site = site.completed
    let shell = try SiteShell(site)
    return pageFiles(of: site, shell) + redirectFiles(of: site) + shell.assets.files + searchFiles(site)
        + feedFiles(site)
        + [SiteFile(path: ".nojekyll", bytes: [])]
}

/// The pages, made on all processors.
private func pageFiles(of site: Site, _ shell: SiteShell) -> [SiteFile] {
    concurrentMap(site.pages.count) { shell.file(for: site.pages[$0]) }
}

import Diagnostics
import Documents

/// A link of a page that leads nowhere in the site.
package struct BrokenLink: Sendable, Hashable {
    package enum Reason: Sendable, Hashable {
        /// There is no such file; nil where none has a similar name.
        case noFile(path: String, near: String?)
        /// The file is a page, and has no such place.
        case noAnchor(page: String, anchor: String, near: String?)
        /// It leads out of the site, or to the root of its host.
        case outside
    }

    /// From the site's root.
    package var page: String
    /// As the page has it.
    package var link: String
    package var reason: Reason

    /// The link with what was probably meant; nil where nothing is near.
    package var better: String? {
        switch reason {
        case .noFile(_, let near?):
            let tail = link.firstIndex { $0 == "?" || $0 == "#" } ?? link.endIndex
            let folder = link[..<tail].lastIndex(of: "/").map { link[...$0] } ?? ""
            return folder + SitePath.encoded(near) + link[tail...]
        case .noAnchor(_, _, let near?):
            return link.firstIndex(of: "#").map { String(link[...$0]) + near }
        case .noFile, .noAnchor, .outside: return nil
        }
    }
}

/// The links of pages that lead nowhere, in the order of the pages and of the links on them.
///
/// - Parameters:
///   - pages: By their paths from the site's root.
///   - files: All paths of the site, the pages among them.
///   - settings: Addresses that begin as the site's own do lead into it.
package func brokenLinks(
    of pages: [String: PageLinks], files: Set<String>, settings: SiteSettings
) -> [BrokenLink] {
    let check = LinkCheck(pages: pages, files: files, settings: settings)
    return pages.keys.sorted().flatMap { page in
        (pages[page]?.links ?? []).compactMap { link in
            check.fault(of: link, on: page).map { BrokenLink(page: page, link: link, reason: $0) }
        }
    }
}

private struct LinkCheck {
    let pages: [String: PageLinks]
    let files: Set<String>
    let settings: SiteSettings

    func fault(of link: String, on page: String) -> BrokenLink.Reason? {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].prefix { $0 != "?" }
        let anchor = parts.count > 1 ? String(parts[1]) : ""
        let target: String
        if let base = settings.baseURL, link.hasPrefix(base) {
            target = normalised(path.dropFirst(base.count), from: "") ?? ""
        } else if hasScheme(path) || path.hasPrefix("//") {
            return nil
        } else if path.hasPrefix("/") {
            guard let base = settings.basePath, path.hasPrefix(base) else { return .outside }
            target = normalised(path.dropFirst(base.count), from: "") ?? ""
        } else if path.isEmpty {
            target = page
        } else {
            guard let found = normalised(path, from: SitePath.folder(of: page)) else { return .outside }
            target = found
        }
        guard let file = file(target) else {
            return .noFile(path: target, near: neighbour(of: target))
        }
        return anchorFault(of: anchor, on: file)
    }

    private func anchorFault(of written: String, on page: String) -> BrokenLink.Reason? {
        guard let anchors = pages[page]?.anchors else { return nil }
        let anchor = PercentEncoding.decode(written)
        // The page's beginning, and a place that the reader's browser looks for itself.
        if anchor.isEmpty || anchor == "top" || anchor.hasPrefix(":~:") || anchors.contains(anchor) { return nil }
        let known = anchors.sorted()
        let near =
            nearestWord(to: anchor, among: known)
            ?? known.filter { $0.count > 3 && ($0.hasPrefix(anchor) || anchor.hasPrefix($0)) }.max {
                $0.count < $1.count
            }
        return .noAnchor(page: page, anchor: anchor, near: near)
    }

    /// The file that a path leads to: of a folder its index.
    private func file(_ path: String) -> String? {
        if files.contains(path) { return path }
        let index = path.isEmpty || path.hasSuffix("/") ? path + "index.html" : path + "/index.html"
        return files.contains(index) ? index : nil
    }

    /// A name of the same folder, or the same name in another.
    private func neighbour(of path: String) -> String? {
        let folder = SitePath.folder(of: path)
        let beside = files.filter { SitePath.folder(of: $0) == folder }.map { SitePath.name(of: $0) }.sorted()
        return nearestWord(to: SitePath.name(of: path), among: beside)
    }

    /// The path from the site's root; nil where it leads above it.
    private func normalised(_ path: Substring, from folder: String) -> String? {
        var parts = folder.split(separator: "/").map(String.init)
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            switch part {
            case ".": continue
            case "..":
                if parts.popLast() == nil { return nil }
            default: parts.append(PercentEncoding.decode(String(part)))
            }
        }
        return parts.joined(separator: "/") + (path.hasSuffix("/") && !parts.isEmpty ? "/" : "")
    }

    private func hasScheme(_ path: Substring) -> Bool {
        guard let colon = path.firstIndex(of: ":") else { return false }
        return !path[..<colon].contains("/")
    }
}

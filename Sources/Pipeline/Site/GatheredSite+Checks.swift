import Diagnostics
import Publishing

extension GatheredSite {
    /// Pages that have names of the site's own, and former addresses that are none, or are taken.
    func check(_ found: inout Found, _ diagnostics: inout [Diagnostic]) {
        let pages = found.site.pages.filter { $0.kind == .report }
        for page in pages where Site.isReserved(page.path) {
            diagnostics.append(
                .error(
                    .takenPage, "A report has another name than the site's own pages", at: nil,
                    notes: [.init("\(page.source ?? page.path) would be written to \(page.path)")]))
        }
        var owners: [String: String] = [:]
        for page in found.site.completed.pages { owners[page.path.lowercased()] = page.source ?? page.path }
        for index in found.site.pages.indices where !found.site.pages[index].aliases.isEmpty {
            let page = found.site.pages[index]
            let source = page.source ?? page.path
            found.site.pages[index].aliases = page.aliases.compactMap { written in
                guard let alias = GatheredSite.address(written) else {
                    diagnostics.append(invalid(written, of: source, "it is written as old/name.html, in the site"))
                    return nil
                }
                if let other = owners.updateValue(source, forKey: alias.lowercased()) {
                    if alias == page.path || other == source { return nil }
                    diagnostics.append(invalid(written, of: source, "\(other) is there"))
                    return nil
                }
                return alias
            }
        }
    }

    private func invalid(_ alias: String, of source: String, _ reason: String) -> Diagnostic {
        .error(
            .invalidAlias, "A former address is a place in the site at which no page is", at: nil,
            notes: [.init("\(alias) of \(source): \(reason)")])
    }

    /// A former address as a path from the site's root: `/old/`, `old` and `old.html` are its forms; nil for none.
    static func address(_ written: String) -> String? {
        var path = written.hasPrefix("/") ? String(written.dropFirst()) : written
        if path.hasSuffix("/") { path += "index.html" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
        guard isPlain,
            !path.unicodeScalars.contains(where: { $0.value < 0x20 || "\\?#:\u{7F}".unicodeScalars.contains($0) })
        else { return nil }
        if !path.hasSuffix(".html"), !path.hasSuffix(".htm") { path += ".html" }
        return path
    }
}

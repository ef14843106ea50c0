package import Diagnostics

/// What a project's `report.yaml` says of its site.
package struct WebsiteSettings: Sendable, Hashable {
    /// Not the name of a folder by default: a project makes the same site wherever it lies.
    package var title = "Reports"
    package var description: String?
    /// Where the site will stand, with a slash at its end.
    package var url: String?
    /// BCP 47.
    package var language = "en"
    /// Folders of analyses, from the project's root; empty for `Analyses`, or the whole project where there is none.
    package var folders: [Folder] = []
    /// Where the project's sources can be looked at.
    package var repository: String?
    /// Which other sites `--check-external` asks.
    package var external = ExternalLinkSettings()

    /// A folder, and where it is named.
    package struct Folder: Sendable, Hashable {
        package var path: String
        package var range: SourceRange
    }

    /// Those of a project that says nothing.
    package init() {}
}

extension WebsiteSettings {
    static let keys: [KeySchema] = [
        KeySchema("title", .string, default: "Reports", "What the site is called."),
        KeySchema("description", .string, "What the site is about, in a sentence or two."),
        KeySchema(
            "url", .string,
            "Where the site will stand, as `https://example.com/reports/`, for its feed, its sitemap and the addresses that "
                + "pages name as their own. `--base-url` goes before it."),
        KeySchema("language", .name, default: "en", "The language of the site's pages, as BCP 47 writes it."),
        KeySchema(
            "folders", .oneOrMore(of: .string), default: "Analyses",
            "Folders whose analyses are the site, from the project's root."),
        KeySchema(
            "repository", .string, "Where the project's sources can be looked at, as `https://example.com/project`."),
        KeySchema(
            "external", .mapping(ExternalLinkSettings.keys),
            "Which other sites `--check-external` asks about links to them."),
    ]

    /// What is wrong is diagnosed and left out.
    init(reading node: OptionNode, diagnostics: inout [Diagnostic]) {
        if let text = node["title"]?.string, !text.isEmpty { title = text }
        description = node["description"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        if let written = node["url"], let text = written.string {
            url = WebsiteSettings.baseURL(text)
            if url == nil {
                diagnostics.append(.error(.wrongType, WebsiteSettings.urlRule, at: written.range))
            }
        }
        if let written = node["repository"], let text = written.string {
            if WebsiteSettings.isAddress(text) {
                repository = text
            } else {
                diagnostics.append(
                    .error(
                        .wrongType, "A repository's address is as https://example.com/project", at: written.range))
            }
        }
        if let written = node["language"], let text = written.string {
            if WebsiteSettings.isLanguage(text) {
                language = text
            } else {
                diagnostics.append(
                    .error(.wrongType, "A language is written as en, pt-BR or zh-Hant", at: written.range))
            }
        }
        if let written = node["external"] { external = ExternalLinkSettings(reading: written) }
        for item in node["folders"]?.items ?? [] {
            guard let text = item.string, item.scalar?.isUnresolved == false else { continue }
            if WebsiteSettings.isFolder(text) {
                folders.append(Folder(path: text, range: item.range))
            } else {
                diagnostics.append(
                    .error(
                        .wrongType,
                        "A folder of the site lies in the project, is none that is hidden, and not output/",
                        at: item.range))
            }
        }
    }

    /// What must be true of the address of a site.
    package static let urlRule = "A site's address is as https://example.com/reports/, without ? and #"

    /// The address with a slash at its end; nil where it is none.
    package static func baseURL(_ text: String) -> String? {
        guard isAddress(text), !text.contains("?"), !text.contains("#") else { return nil }
        return text.hasSuffix("/") ? text : text + "/"
    }

    /// `http://` or `https://`, a host, and nothing that would end an attribute or a line.
    private static func isAddress(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            return false
        }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"'<>\\^`{|}".utf8.contains($0) }
        return isPlain && !host.isEmpty && !host.contains("@")
    }

    private static func isLanguage(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return (2...8).contains(parts.first?.count ?? 0) && parts[0].allSatisfy { $0.isASCII && $0.isLetter }
            && parts.allSatisfy { part in
                (1...8).contains(part.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
    }

    private static func isFolder(_ text: String) -> Bool {
        let parts = text.split(separator: "/")
        return !text.hasPrefix("/") && !text.isEmpty && parts.first != "output"
            && !text.unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" || $0.value == 0x7F }
            && parts.allSatisfy { $0 == "." || !$0.hasPrefix(".") }
    }
}

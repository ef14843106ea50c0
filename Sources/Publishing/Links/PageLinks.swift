/// The links of a page and the places on it that links may lead to, as its HTML has them.
package struct PageLinks: Sendable, Hashable {
    /// Values of `id`.
    package private(set) var anchors: Set<String> = []
    /// Values of `href` and `src`, and where a refreshing page goes, in order, each once.
    package private(set) var links: [String] = []

    package init(_ page: [UInt8]) {
        var seen: Set<String> = []
        var scanner = TagScanner(page)
        while let tag = scanner.next() {
            for (name, value) in tag.attributes {
                switch name {
                case "id": anchors.insert(value)
                case "href", "src", "action": if seen.insert(value).inserted { links.append(value) }
                case "content" where tag.attributes.contains { $0 == ("http-equiv", "refresh") }:
                    let parts = value.split(separator: "url=", maxSplits: 1)
                    if parts.count == 2, seen.insert(String(parts[1])).inserted { links.append(String(parts[1])) }
                default: break
                }
            }
        }
    }

    /// Addresses of other sites: those of http and https that do not begin as this site's own do.
    package func external(besides baseURL: String?) -> [String] {
        links.filter { link in
            let start = link.lowercased()
            guard start.hasPrefix("https://") || start.hasPrefix("http://") else { return false }
            return baseURL.map { !link.hasPrefix($0) } ?? true
        }
    }
}

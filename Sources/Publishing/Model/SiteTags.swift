/// The tags of a site's reports, each with a page of its own.
package struct SiteTags: Sendable {
    package struct Tag: Sendable {
        package var name: String
        /// `tags/meta-analysis.html`.
        package var path: String
        package var pages: [SitePage]
    }

    /// By name.
    package var all: [Tag] = []

    /// - Parameter pages: In the order of reading.
    package init(_ pages: [SitePage]) {
        var byName: [String: [SitePage]] = [:]
        for page in pages {
            for tag in Set(page.tags) where !tag.isEmpty { byName[tag, default: []].append(page) }
        }
        var taken: Set<String> = []
        let names = byName.keys.sorted { first, second in
            let folded = (first.lowercased(), second.lowercased())
            return folded.0 == folded.1
                ? first.utf8.lexicographicallyPrecedes(second.utf8)
                : folded.0.utf8.lexicographicallyPrecedes(folded.1.utf8)
        }
        for name in names {
            let slug = SiteTags.slug(name)
            var path = "tags/\(slug).html"
            var count = 1
            while !taken.insert(path).inserted {
                count += 1
                path = "tags/\(slug)-\(count).html"
            }
            all.append(Tag(name: name, path: path, pages: byName[name] ?? []))
        }
    }

    /// The page of a tag; nil for one that no report has.
    package func path(of name: String) -> String? { all.first { $0.name == name }?.path }

    /// Lower case; letters and digits stay, everything else becomes `-`. Never that of the list of all tags.
    private static func slug(_ name: String) -> String {
        var slug = ""
        for character in name.lowercased() {
            if character.isLetter || character.isNumber {
                slug.append(character)
            } else if !slug.hasSuffix("-"), !slug.isEmpty {
                slug.append("-")
            }
        }
        if slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty || slug == "index" ? "tag" : slug
    }
}

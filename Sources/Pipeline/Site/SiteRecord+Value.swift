import Publishing
import Rendering
import Values

extension SiteRecord {
    /// As it is kept: lists whose order is that of the fields.
    var value: Value {
        [
            "page": page.value, "linked": Value(linked),
            "drawings": .list(
                drawings.map { [.string($0.path), .string(String(decoding: $0.bytes, as: UTF8.self))] }),
        ]
    }

    /// nil where it is none.
    init?(_ value: Value) {
        guard let page = SitePage(value["page"] ?? .null), let linked = value["linked"]?.list,
            let drawings = value["drawings"]?.list
        else { return nil }
        self.init(page: page)
        self.linked = linked.compactMap(\.string)
        self.drawings = drawings.compactMap { drawing in
            guard let path = drawing[0]?.string, let text = drawing[1]?.string else { return nil }
            return SiteFile(path: path, text: text)
        }
    }
}

extension Value {
    fileprivate static func optional(_ text: String?) -> Value { text.map { .string($0) } ?? .null }

    fileprivate subscript(index: Int) -> Value? {
        guard let list, list.indices.contains(index) else { return nil }
        return list[index]
    }
}

extension SitePage {
    fileprivate var value: Value {
        [
            "kind": .string(kind.rawValue), "path": .string(path), "title": .string(title),
            "summary": .optional(summary),
            "date": .optional(date), "authors": Value(authors), "tags": Value(tags),
            "order": order.map { Value($0) } ?? .null, "draft": .boolean(isDraft), "aliases": Value(aliases),
            "passages": .list(
                passages.map { [.optional($0.anchor), Value($0.level), .string($0.heading), .string($0.text)] }),
            "numbers": .list(numbers.map { [.string($0.path), .string($0.text), .optional($0.anchor)] }),
            "labels": .list(
                labels.map {
                    [
                        .string($0.kind.rawValue), .string($0.name), .string($0.text), .optional($0.title),
                        .string($0.anchor),
                    ]
                }),
            "claims": .list(
                claims.map {
                    [
                        .string($0.text), .string($0.path), .optional($0.condition), .string($0.current),
                        .boolean($0.holds), .optional($0.anchor), .string($0.before), .string($0.after),
                    ]
                }),
            "highlights": .list(highlights.map { [.string($0.value), .string($0.text), .optional($0.link)] }),
            "cover": .optional(cover),
            "figures": .list(
                figures.map {
                    [
                        .string($0.anchor), .string($0.name), .string($0.caption), .string($0.description),
                        .string($0.path), Value($0.width), Value($0.height),
                    ]
                }),
            "source": .optional(source), "downloads": Value(downloads), "content": content?.value ?? .null,
        ]
    }

    fileprivate init?(_ value: Value) {
        guard let kind = value["kind"]?.string.flatMap(Kind.init), let path = value["path"]?.string,
            let title = value["title"]?.string
        else { return nil }
        func texts(_ key: String) -> [String] { value[key]?.list?.compactMap(\.string) ?? [] }
        func items<Item>(_ key: String, _ read: (Value) -> Item?) -> [Item] { value[key]?.list?.compactMap(read) ?? [] }
        self.init(kind, path: path, title: title)
        summary = value["summary"]?.string
        date = value["date"]?.string
        authors = texts("authors")
        tags = texts("tags")
        order = value["order"]?.number.map { Int($0) }
        isDraft = value["draft"]?.boolean ?? false
        aliases = texts("aliases")
        passages = items("passages") {
            guard let level = $0[1]?.number, let heading = $0[2]?.string, let text = $0[3]?.string else { return nil }
            return SitePassage(anchor: $0[0]?.string, level: Int(level), heading: heading, text: text)
        }
        numbers = items("numbers") {
            guard let path = $0[0]?.string, let text = $0[1]?.string else { return nil }
            return SiteNumber(path: path, text: text, anchor: $0[2]?.string)
        }
        labels = items("labels") {
            guard let kind = $0[0]?.string.flatMap(SiteLabel.Kind.init), let name = $0[1]?.string,
                let text = $0[2]?.string, let anchor = $0[4]?.string
            else { return nil }
            return SiteLabel(kind: kind, name: name, text: text, title: $0[3]?.string, anchor: anchor)
        }
        claims = items("claims") {
            guard let text = $0[0]?.string, let path = $0[1]?.string, let current = $0[3]?.string,
                let holds = $0[4]?.boolean
            else { return nil }
            var claim = SiteClaim(
                text: text, path: path, condition: $0[2]?.string, current: current, holds: holds, anchor: $0[5]?.string)
            claim.before = $0[6]?.string ?? ""
            claim.after = $0[7]?.string ?? ""
            return claim
        }
        highlights = items("highlights") {
            guard let shown = $0[0]?.string, let text = $0[1]?.string else { return nil }
            return SiteHighlight(value: shown, text: text, link: $0[2]?.string)
        }
        cover = value["cover"]?.string
        figures = items("figures") {
            guard let anchor = $0[0]?.string, let name = $0[1]?.string, let caption = $0[2]?.string,
                let description = $0[3]?.string, let path = $0[4]?.string, let width = $0[5]?.number,
                let height = $0[6]?.number
            else { return nil }
            return SiteFigure(
                anchor: anchor, name: name, caption: caption, description: description, path: path, width: width,
                height: height)
        }
        source = value["source"]?.string
        downloads = texts("downloads")
        content = value["content"].flatMap { PageParts($0) }
    }
}

extension PageParts {
    private static var parts: [WritableKeyPath<PageParts, String>] {
        [\.header, \.abstract, \.highlights, \.contents, \.body, \.footnotes, \.provenance, \.style]
    }

    fileprivate var value: Value { Value(PageParts.parts.map { self[keyPath: $0] }) }

    fileprivate init?(_ value: Value) {
        guard let texts = value.list, texts.count == PageParts.parts.count else { return nil }
        self.init()
        for (part, text) in zip(PageParts.parts, texts) { self[keyPath: part] = text.string ?? "" }
    }
}

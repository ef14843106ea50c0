import Values

/// `objects.json`: everything of the site that others may refer to by name, and its schema beside it.
///
/// As Sphinx's `objects.inv` does for names of code: a page of another site that knows `experiments/proxy#fig-slopes` finds
/// its address, and what to call it, here.
func objectFiles(_ site: Site) -> [SiteFile] {
    let pages = site.pages.filter { $0.isRead || $0.kind == .reference }
    let inventory: Value = [
        "$schema": "objects.schema.json", "schema": 1, "generator": .string(site.generator),
        "title": .string(site.settings.title),
        "url": site.settings.address(of: "index.html").map { .string($0) } ?? .null,
        "objects": .list(pages.flatMap(objects)),
    ]
    return [
        SiteFile(path: "objects.json", text: inventory.compactJSON + "\n"),
        SiteFile(path: "objects.schema.json", text: objectsSchema.compactJSON + "\n"),
    ]
}

private func objects(of page: SitePage) -> [Value] {
    let base = page.path.hasSuffix(".html") ? String(page.path.dropLast(5)) : page.path
    func object(
        _ kind: String, _ name: String?, anchor: String?, text: String, title: String? = nil, holds: Bool? = nil
    ) -> Value {
        var object: Object = [
            "id": .string(name.map { "\(base)#\($0)" } ?? base), "kind": .string(kind), "page": .string(page.path),
            "anchor": anchor.map { .string($0) } ?? .null, "text": .string(text),
        ]
        if let title { object["title"] = .string(title) }
        if let holds { object["holds"] = Value(holds) }
        return .object(object)
    }
    var seen: Set<String> = []
    return [object("page", nil, anchor: nil, text: page.title, title: page.summary)]
        + page.labels.map { label in
            object(label.kind.rawValue, label.name, anchor: label.anchor, text: label.text, title: label.title)
        }
        // A value that is written several times is the first of them.
        + page.numbers.filter { seen.insert($0.path).inserted }.map { number in
            object("value", number.path, anchor: number.anchor, text: number.text)
        }
        + page.claims.enumerated().map { index, claim in
            object(
                "claim", "claim-\(index + 1)", anchor: claim.anchor, text: claim.text, title: claim.path,
                holds: claim.holds)
        }
}

private let objectsSchema: Value = [
    "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "What a site of reports can be referred to by",
    "type": "object", "required": ["schema", "generator", "title", "url", "objects"],
    "properties": [
        "$schema": ["type": "string"], "schema": ["const": 1], "generator": ["type": "string"],
        "title": ["type": "string"],
        "url": ["type": ["string", "null"], "description": "Where the site stands, with a slash at its end."],
        "objects": [
            "type": "array",
            "items": [
                "type": "object", "required": ["id", "kind", "page", "anchor", "text"],
                "properties": [
                    "id": [
                        "type": "string",
                        "description":
                            "The page's path without its extension and, behind '#', the name: a reference's word as in @fig-slopes, or a value's path.",
                    ],
                    "kind": ["enum": ["page", "figure", "table", "equation", "section", "value", "claim"]],
                    "page": ["type": "string", "description": "The page's path, from the site's root."],
                    "anchor": ["type": ["string", "null"], "description": "Where on the page; null for its top."],
                    "text": [
                        "type": "string", "description": "What to call it: Figure 2, a heading, a number as written.",
                    ],
                    "title": ["type": "string", "description": "What it shows; of a claim, the path of its number."],
                    "holds": ["type": "boolean", "description": "Whether a claim still holds."],
                ],
                "additionalProperties": false,
            ],
        ],
    ],
]

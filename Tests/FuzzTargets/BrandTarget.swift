import Diagnostics
import Rendering

extension FuzzTarget {
    /// A project's brand file.
    static let brand = FuzzTarget(
        name: "brand",
        seeds: [
            ":root{--accent:#7a1fa2;--sans:\"Acme; Sans\",serif}\n@media (prefers-color-scheme: dark){:root{--accent:#cf9ae6}}",
            "/* a */ :root { --logo: url(\"data:image/svg+xml,%3Csvg/%3E\"); --warm: var(--acme); --acme: rgb(1 2 3) }",
        ],
        words: [
            ":root{", "}", "--ink:", "--paper:", "var(--", ";", "\\", "\"", "'", "/*", "*/", "(", ")", "#fff", "url(",
            "image-set(", "@media(prefers-color-scheme:dark){", "@import ", "</style>", "data:image/", "rgb(", "black",
        ]
    ) { bytes in
        let file = SourceFile(path: "Templates/brand.css", text: String(decoding: bytes, as: UTF8.self))
        let found = brandDiagnostics(in: file, theme: nil)
        try expectSound(found)
        try expect(said(found) == said(brandDiagnostics(in: file, theme: nil)), "two readings say different things")
    }
}

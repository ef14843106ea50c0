import Workspace

/// Media types of the files that reports are made of and made into.
enum MediaType {
    private static let types = [
        "bib": "application/x-bibtex", "csv": "text/csv", "gif": "image/gif", "gz": "application/gzip",
        "html": "text/html", "ipynb": "application/x-ipynb+json", "jpeg": "image/jpeg", "jpg": "image/jpeg",
        "json": "application/json", "jsonl": "application/jsonl", "md": "text/markdown", "mustache": "text/x-mustache",
        "css": "text/css", "js": "text/javascript", "ndjson": "application/x-ndjson",
        "parquet": "application/vnd.apache.parquet", "png": "image/png", "svg": "image/svg+xml",
        "tsv": "text/tab-separated-values", "tlog-proof": "text/plain", "txt": "text/plain", "webp": "image/webp",
        "yaml": "application/yaml",
        "yml": "application/yaml",
    ]

    static func of(_ path: String) -> String { types[Paths.pathExtension(of: path)] ?? "application/octet-stream" }
}

import Reports

/// The analysis's own images as files beside the Markdown.
struct ImageFiles {
    let report: Report
    let folder: String

    /// Sources in a fixed order, so that the numbers in names are the same in every build.
    private var sources: [String] { report.images.keys.sorted() }

    /// The file of an image, relative to the Markdown's folder; nil for what is no local image.
    func path(of source: String) -> String? {
        guard let index = sources.firstIndex(of: source), let image = report.images[source] else { return nil }
        return "\(folder)/image-\(index + 1).\(ImageFiles.suffix(image.mediaType))"
    }

    var files: [RenderedReport.File] {
        sources.compactMap { source in
            guard let image = report.images[source], let path = path(of: source) else { return nil }
            return RenderedReport.File(path: path, bytes: image.bytes)
        }
    }

    private static func suffix(_ mediaType: String) -> String {
        switch mediaType {
        case "image/png": "png"
        case "image/jpeg": "jpg"
        case "image/gif": "gif"
        case "image/webp": "webp"
        case "image/avif": "avif"
        case "image/svg+xml": "svg"
        default: "bin"
        }
    }
}

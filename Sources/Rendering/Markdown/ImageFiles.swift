import Diagnostics
import Documents
import Reports

/// The analysis's own images as files beside the Markdown.
struct ImageFiles {
    let report: Report
    let folder: String

    /// Keys in a fixed order, so that the numbers in names are the same in every build.
    private var keys: [String] { report.images.keys.sorted() }

    /// The file of an image that a file names, relative to the Markdown's folder; nil for what is no local image.
    func path(of source: String, in file: SourceFile) -> String? {
        path(of: report.document.imageKey(source, in: file))
    }

    private func path(of key: String) -> String? {
        guard let index = keys.firstIndex(of: key), let image = report.images[key] else { return nil }
        return "\(folder)/image-\(index + 1).\(ImageFiles.suffix(image.mediaType))"
    }

    var files: [RenderedReport.File] {
        keys.compactMap { key in
            guard let image = report.images[key], let path = path(of: key) else { return nil }
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

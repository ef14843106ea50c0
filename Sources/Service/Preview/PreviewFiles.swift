import Digests
import Workspace

/// Reads the pages that builds wrote.
struct PreviewFiles: Sendable {
    /// Of a page: more than any is.
    private static let limit = 256 << 20

    let files: any FileSystem

    /// The text of a page and the digest of its bytes; nil where the file is not there any more, or is something else by now:
    /// whatever stands in a cloned project, a link among it, is not served for what a build wrote.
    func page(_ file: PreviewReport.File) -> (text: String, digest: String)? {
        guard files.linkStatus(of: file.path)?.kind == .file, files.realPath(of: file.path) == file.path,
            let bytes = try? files.contents(of: file.path, limit: PreviewFiles.limit)
        else { return nil }
        return (String(decoding: bytes, as: UTF8.self), sha256(bytes))
    }

    /// What a page calls itself.
    func title(of path: String) -> String? {
        guard let bytes = try? files.contents(of: path, limit: PreviewFiles.limit) else { return nil }
        return PreviewFiles.title(in: String(decoding: bytes, as: UTF8.self))
    }

    static func title(in page: String) -> String? {
        guard let start = page.utf8.firstRange(of: "<title>".utf8)?.upperBound,
            let end = page.utf8[start...].firstRange(of: "</title>".utf8)?.lowerBound
        else { return nil }
        var title = String(page[start..<end])
        for (written, meant) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            title = title.replacing(written, with: meant)
        }
        return title.allSatisfy(\.isWhitespace) ? nil : title
    }
}

import Digests
import Execution
import Workspace

/// What a file system answers, as texts that are equal for equal answers. Of a file it is the digest of its bytes.
struct FileAnswers {
    let files: any FileSystem
    let digests: FileDigests

    /// The answer as it is now; nil where a file cannot be read.
    func text(_ question: FileQuestion) -> String? {
        switch question.kind {
        case .entry: text(of: files.status(of: question.path), question.path)
        case .ownEntry: text(of: files.linkStatus(of: question.path), question.path)
        case .realPath: files.realPath(of: question.path) ?? ""
        case .names: text(ofNames: try? files.names(in: question.path, matching: question.pattern))
        }
    }

    /// The answer as it was given; nil where the file changed since.
    func text(_ question: FileQuestion, _ answer: WitnessingFileSystem.Answer) -> String? {
        switch answer {
        case .path(let path): return path ?? ""
        case .names(let names): return text(ofNames: names)
        case .entry(let status):
            // The digest is taken before the comparison: what it read is then what stood there before as well.
            let text = text(of: status, question.path)
            let isOwn = question.kind == .ownEntry
            let now = isOwn ? files.linkStatus(of: question.path) : files.status(of: question.path)
            return status?.kind != .file || now == status ? text : nil
        }
    }

    private func text(of status: FileStatus?, _ path: String) -> String? {
        switch status?.kind {
        case nil: "nothing"
        case .folder: "folder"
        case .link: "link"
        case .other: "other"
        case .file: try? digests.digest(of: path).sha256
        }
    }

    private func text(ofNames names: [String]?) -> String {
        // No name holds a slash.
        names.map { sha256($0.joined(separator: "/").utf8) } ?? "unlisted"
    }
}

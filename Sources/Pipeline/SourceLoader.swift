package import Diagnostics
import Documents
import Markdown
import Reports
import Workspace

/// Reads what an analysis is made of: its own text, the files it includes, its images. All by the project's path rules.
struct SourceLoader {
    let workspace: WorkspaceContext
    let project: Project

    /// Markdown may take 64 MiB, an image 16.
    static let markdownLimit = 64 << 20
    static let imageLimit = 16 << 20

    /// A Markdown file as text.
    func text(_ path: String, at range: SourceRange?) -> Result<SourceFile, Diagnostic> {
        let shown = project.shown(path)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try workspace.files.contents(of: path, limit: SourceLoader.markdownLimit)
        } catch {
            return .failure(
                .error(
                    .unreadableFile, "The file \(shown) cannot be read: \(error.reason)",
                    at: range ?? SourceFile(path: shown, text: "").range))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(invalidText(shown, bytes, range))
        }
        return .success(SourceFile(path: shown, text: text))
    }

    private func invalidText(_ shown: String, _ bytes: [UInt8], _ range: SourceRange?) -> Diagnostic {
        let decoded = String(decoding: bytes, as: UTF8.self)
        // The repaired text agrees with the bytes up to the first bad one.
        let repaired = Array(decoded.utf8)
        let offset = zip(bytes, repaired).prefix { $0 == $1 }.count
        let source = SourceFile(path: shown, text: decoded)
        return .error(
            .invalidUTF8, "An analysis is UTF-8 text",
            at: range ?? SourceRange(file: source, lower: offset, upper: offset + 3),
            notes: range == nil ? [] : [.init("\(shown) is not, at byte \(offset)")])
    }

    func include(_ written: String, _ range: SourceRange, _ from: SourceFile) -> Result<SourceFile, Diagnostic> {
        project.resolve(written, from: from, in: workspace, at: range).flatMap { text($0, at: range) }
    }

    /// Every local image of a document by its key; what cannot be shown is diagnosed.
    func images(of document: AnalysisDocument, diagnostics: inout [Diagnostic]) -> [String: ResolvedImage] {
        var images: [String: ResolvedImage] = [:]
        var pending = [document.body]
        while let node = pending.popLast() {
            pending += node.children.reversed().lazy.filter { $0.contents.contains(.image) }
            guard case .image(let source, _) = node.kind else { continue }
            let key = document.imageKey(source, in: node.range.file)
            guard images[key] == nil else { continue }
            switch image(source, node.range) {
            case .success(let image): images[key] = image
            case .failure(let diagnostic): diagnostics.append(diagnostic)
            }
        }
        return images
    }

    private func image(_ written: String, _ range: SourceRange) -> Result<ResolvedImage, Diagnostic> {
        let scheme = written.prefix { $0 != "/" && $0 != ":" }
        if written.hasPrefix("//") || written.dropFirst(scheme.count).hasPrefix(":") {
            return .failure(
                .error(
                    .remoteImage, "An image is a file of the project, so that a report needs no network", at: range))
        }
        let path = written.percentDecoded
        guard let mediaType = SourceLoader.mediaTypes[Paths.pathExtension(of: path)] else {
            return .failure(
                .error(.remoteImage, "An image is a png, jpg, gif, webp, avif or svg file", at: range))
        }
        return project.resolve(path, from: range.file, in: workspace, at: range).flatMap { real in
            do throws(FileError) {
                let bytes = try workspace.files.contents(of: real, limit: SourceLoader.imageLimit)
                return .success(ResolvedImage(mediaType: mediaType, bytes: bytes, path: project.shown(real)))
            } catch {
                return .failure(.error(.unreadableFile, "The image cannot be read: \(error.reason)", at: range))
            }
        }
    }

    private static let mediaTypes = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "avif": "image/avif", "svg": "image/svg+xml",
    ]
}

extension String {
    /// The text with `%20` and the like decoded, as Markdown destinations are written.
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension DiagnosticCode {
    package static let remoteImage = DiagnosticCode(115, "remote-image")
}

package import Diagnostics
import Documents
import Markdown
import Reports
import Workspace

/// What a relative link of an analysis names, whatever report it comes to stand in.
struct LinkTarget: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        /// Another analysis, by its output: below the output folder, without extension. `format` is that of a link to the
        /// output itself; a link to the analysis leads to the format in which it is read.
        case analysis(output: String, format: String?)
        /// A file or folder, from the project's root.
        case file(String)
    }

    var place: Place
    /// `?query` and `#fragment`, as written.
    var suffix: String

    /// The link in a report whose output is `name`.
    ///
    /// Outputs are taken to lie in the project's `output`, wherever they are written: so the same report has the same
    /// bytes everywhere.
    func link(from name: String) -> ReportLink {
        let folder = Paths.parent(of: "/output/" + name)
        func destination(_ path: String) -> String {
            Paths.relative(path, to: folder).percentEncodedPath + (path.hasSuffix("/") ? "/" : "") + suffix
        }
        switch place {
        case .file(let path): return ReportLink(page: destination("/" + path), markdown: destination("/" + path))
        case .analysis(let output, let format):
            return ReportLink(
                page: destination("/output/\(output).\(format ?? "html")"),
                markdown: destination("/output/\(output).\(format ?? "md")"))
        }
    }
}

extension SourceLoader {
    /// The relative links of a document that lead to files of the project, by the link's place. What is not there is a
    /// warning; what leads outside the project is left as it is, and not looked at.
    func links(of document: AnalysisDocument, diagnostics: inout [Diagnostic]) -> [SourceRange: LinkTarget] {
        var reader = LinkReader(loader: self)
        reader.read(document.body, shownAt: nil)
        for text in document.richTexts { reader.read(text.node, shownAt: text.shownRange) }
        for directive in document.directives where directive.word == "table" { reader.read(directive.options) }
        diagnostics += reader.diagnostics
        return reader.targets
    }
}

/// Finds relative links and what they lead to; each path is looked up once.
private struct LinkReader {
    private enum Found {
        case place(LinkTarget.Place)
        case outside
        case missing
    }

    private let loader: SourceLoader
    private(set) var targets: [SourceRange: LinkTarget] = [:]
    /// At most a hundred: a file of nothing but dead links must not make a million.
    private(set) var diagnostics: [Diagnostic] = []
    private var found: [String: Found] = [:]

    init(loader: SourceLoader) { self.loader = loader }

    private var project: Project { loader.project }
    private var files: any FileSystem { loader.workspace.files }

    mutating func read(_ root: Node, shownAt shown: SourceRange?) {
        var pending = [root]
        while let node = pending.popLast() {
            pending += node.children.reversed().lazy.filter { $0.contents.contains(.link) }
            guard case .link(let destination, _) = node.kind else { continue }
            let written = String(destination.prefix { $0 != "?" && $0 != "#" })
            let isRelative =
                !written.isEmpty && !written.hasPrefix("/") && !written.prefix { $0 != "/" }.contains(":")
            guard isRelative else { continue }
            switch find(written.percentDecoded, from: node.range.file) {
            case .place(let place):
                targets[node.range] = LinkTarget(place: place, suffix: String(destination.dropFirst(written.count)))
            case .outside: break
            case .missing:
                if diagnostics.count < 100 { diagnostics.append(deadLink(written, node, shownAt: shown)) }
            }
        }
    }

    /// Links in cells and remarks of a table, which are parsed again once it is there: those written as they read are then
    /// known by their places.
    mutating func read(_ node: OptionNode) {
        switch node.content {
        case .mapping(let entries): for entry in entries where entry.key != "caption" { read(entry.value) }
        case .list(let items): for item in items { read(item) }
        case .scalar(let scalar):
            guard scalar.text.contains("](") else { return }
            var said: [Diagnostic] = []
            let text = RichText.parse(scalar.text, at: node.range, diagnostics: &said)
            if text.shownRange == nil { read(text.node, shownAt: nil) }
        }
    }

    private mutating func find(_ path: String, from file: SourceFile) -> Found {
        let folder = Paths.parent(of: Paths.joined(project.root, file.path))
        let key = folder + "\n" + path
        if let known = found[key] { return known }
        let result = lookUp(path, from: file, in: folder)
        found[key] = result
        return result
    }

    private func lookUp(_ path: String, from file: SourceFile, in folder: String) -> Found {
        let normal = Paths.normalised(Paths.joined(folder, path))
        let below = project.shown(normal) + (path.hasSuffix("/") ? "/" : "")
        // What a build writes may be there or not, before the first build and after it.
        if ["output/", ".report/"].contains(where: below.hasPrefix) { return .place(.file(below)) }
        switch project.resolve(path, from: file, in: loader.workspace, at: nil) {
        case .success(let real):
            let isAnalysis = Paths.pathExtension(of: real) == "md" && Analysis.hasFrontMatter(real, files)
            return .place(
                isAnalysis
                    ? .analysis(output: project.outputName(of: real), format: nil) : .file(project.shown(real)))
        case .failure(let fault) where fault.code == .notAFile: return .place(.file(below))
        case .failure(let fault) where fault.code == .missingFile:
            return output(normal).map { .place($0) } ?? .missing
        case .failure: return .outside
        }
    }

    /// The output that a path names: `proxy.html` beside `proxy.md`.
    private func output(_ path: String) -> LinkTarget.Place? {
        let format = Paths.pathExtension(of: path)
        guard FrontMatter.Format(rawValue: format) != nil,
            let real = files.realPath(of: path.dropLast(format.count) + "md"), Paths.isInside(real, project.root),
            Analysis.hasFrontMatter(real, files)
        else { return nil }
        return .analysis(output: project.outputName(of: real), format: format)
    }

    private func deadLink(
        _ written: String, _ node: Node, shownAt shown: SourceRange?
    ) -> Diagnostic {
        // The destination stands behind the text.
        let text = node.children.last?.range.upper ?? node.range.lower
        let tail = SourceRange(file: node.range.file, lower: min(text, node.range.upper), upper: node.range.upper)
        let place = shown == nil ? tail.first(written) : nil
        let folder = written.lastIndex(of: "/").map { String(written[...$0]) } ?? ""
        let siblings = siblings(of: written.percentDecoded, in: node.range.file)
        let near = nearestWord(to: Paths.lastComponent(of: written.percentDecoded), among: siblings)
        return .warning(
            .deadLink, "A relative link leads to a file of the project, and \(written) is not there",
            at: place ?? shown ?? node.range,
            fixIts: place.flatMap { place in
                near.map { near in
                    let better = folder + near.percentEncodedPath
                    return [Diagnostic.FixIt("did you mean \(better)?", replacing: place, with: better)]
                }
            } ?? [])
    }

    /// The names in the folder in which a path would be.
    private func siblings(of path: String, in file: SourceFile) -> [String] {
        let folder = Paths.parent(of: Paths.joined(project.root, file.path))
        let parent = Paths.parent(of: Paths.normalised(Paths.joined(folder, path)))
        guard let real = files.realPath(of: parent), Paths.isInside(real, project.root) else { return [] }
        return (try? files.names(in: real)) ?? []
    }
}

extension String {
    /// A path as a part of a URL: unreserved characters and a few that no reader of URLs splits at stay.
    var percentEncodedPath: String {
        var out = ""
        for byte in utf8 {
            let scalar = Unicode.Scalar(byte)
            let isAlphanumeric = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            if isAlphanumeric || "-._~/=,+@".unicodeScalars.contains(scalar) {
                out.unicodeScalars.append(scalar)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                out += "%" + (hex.count == 1 ? "0" : "") + hex
            }
        }
        return out
    }
}

extension DiagnosticCode {
    package static let deadLink = DiagnosticCode(210, "dead-link")
}

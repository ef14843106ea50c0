package import Diagnostics
package import Workspace

/// A file to be built: where it is, what bounds it, and what its outputs are called.
package struct Analysis: Sendable {
    /// Absolute and real.
    package var path: String
    package var project: Project
    /// From the project's root, as diagnostics show it.
    package var shown: String
    /// Below the output folder, without extension.
    package var outputName: String
    /// The parameters of one report of a sweep.
    package var variant: String?

    /// What people call it: `Analyses/a.md`, `Analyses/a.md with segment=a`.
    package var label: String { shown + (variant.map { " with \($0)" } ?? "") }
}

extension Analysis {
    /// The analyses that a person named: files as they are, folders for every `.md` file with front matter below them.
    ///
    /// Hidden folders and outputs are passed over. Diagnoses paths that lead nowhere, two analyses with one output, and
    /// outputs that would lie where the audit trail or the site lie.
    package static func find(
        _ paths: [String], in workspace: WorkspaceContext, diagnostics: inout [Diagnostic]
    ) -> [Analysis] {
        var files: [String] = []
        for typed in paths {
            guard let path = workspace.existingPath(typed), let real = workspace.files.realPath(of: path) else {
                diagnostics.append(missing(typed, workspace))
                continue
            }
            switch workspace.files.status(of: real)?.kind {
            case .folder:
                let found = analyses(below: real, workspace)
                if found.isEmpty {
                    diagnostics.append(
                        .error(
                            .missingFile, "A folder to build holds a Markdown file that begins with front matter",
                            at: nil,
                            notes: [.init("\(typed) holds none")]))
                }
                files += found
            case .file: files.append(real)
            default:
                diagnostics.append(.error(.notAFile, "An analysis is a regular file, which \(typed) is not", at: nil))
            }
        }
        var seen: Set<String> = []
        let analyses = files.filter { seen.insert($0).inserted }.compactMap { file -> Analysis? in
            switch Project.containing(file, in: workspace) {
            case .failure(let diagnostic):
                diagnostics.append(diagnostic)
                return nil
            case .success(let project):
                return Analysis(
                    path: file, project: project, shown: project.shown(file), outputName: project.outputName(of: file))
            }
        }
        // Up to case: some file systems know no difference.
        let twins = Dictionary(grouping: analyses) { Paths.joined($0.project.root, $0.outputName.lowercased()) }
        return analyses.filter { analysis in
            let twin = twins[Paths.joined(analysis.project.root, analysis.outputName.lowercased())]?
                .first { $0.path != analysis.path }
            return isFree(analysis, beside: twin, &diagnostics)
        }
    }

    private static func isFree(
        _ analysis: Analysis, beside twin: Analysis?, _ diagnostics: inout [Diagnostic]
    ) -> Bool {
        if let fault = reservedOutput(analysis.outputName, of: analysis.shown, at: nil) {
            diagnostics.append(fault)
            return false
        }
        guard let twin else { return true }
        if analysis.path < twin.path {
            diagnostics.append(
                .error(
                    .outputConflict, "Two analyses have different outputs", at: nil,
                    notes: [
                        .init(
                            "\(analysis.shown) and \(twin.shown) would both be written to \(analysis.outputName).html")
                    ]))
        }
        return false
    }

    /// What to say of an output that would lie where the audit trail or the site lies.
    static func reservedOutput(_ output: String, of name: String, at range: SourceRange?) -> Diagnostic? {
        guard let top = output.split(separator: "/").first, ["audit", "site"].contains(top), output.contains("/")
        else { return nil }
        return .error(
            .outputConflict, "The output folders audit/ and site/ belong to the audit trail and the site", at: range,
            notes: [.init("\(name) would be written to \(output).html")])
    }

    /// The analysis of a project whose own output is this one, as people call it.
    static func writing(_ output: String, in project: Project, _ workspace: WorkspaceContext) -> String? {
        ["Analyses/\(output).md", "\(output).md"].first { shown in
            let path = Paths.joined(project.root, shown)
            return workspace.files.status(of: path)?.kind == .file && hasFrontMatter(path, workspace.files)
        }
    }

    private static func missing(_ typed: String, _ workspace: WorkspaceContext) -> Diagnostic {
        let near = nearestWord(to: Paths.lastComponent(of: typed), among: workspace.neighbours(of: typed))
        return .error(
            .missingFile, "There is no file or folder \(typed)", at: nil,
            notes: near.map { [.init("did you mean \(Paths.joined(Paths.parentText(of: typed), $0))?")] } ?? [])
    }

    private static func analyses(below folder: String, _ workspace: WorkspaceContext) -> [String] {
        let files = workspace.files
        var found: [String] = []
        var pending = [folder]
        while let next = pending.popLast() {
            for name in (try? files.names(in: next)) ?? [] where !name.hasPrefix(".") {
                let path = Paths.joined(next, name)
                switch files.linkStatus(of: path)?.kind {
                case .folder where name != "output" && name != "node_modules": pending.append(path)
                case .file where Paths.pathExtension(of: name) == "md" && hasFrontMatter(path, files):
                    found.append(path)
                default: break
                }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func hasFrontMatter(_ path: String, _ files: any FileSystem) -> Bool {
        guard let source = try? files.open(path) else { return false }
        var head = [UInt8](repeating: 0, count: 64)
        let count = head.withUnsafeMutableBytes { (try? source.read(into: $0)) ?? 0 }
        var bytes = head[0..<count]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        // A report's own Markdown says so first.
        return bytes.starts(with: Array("---".utf8)) && !bytes.starts(with: Array("---\ngenerator: report ".utf8))
    }
}

extension Paths {
    /// The folder part of a path as typed, `.` where it has none.
    fileprivate static func parentText(of typed: String) -> String {
        typed.lastIndex(of: "/").map { String(typed[..<$0]) } ?? "."
    }
}

extension DiagnosticCode {
    package static let outputConflict = DiagnosticCode(120, "output-conflict")
    package static let unwritableOutput = DiagnosticCode(121, "unwritable-output")
    package static let unknownParameter = DiagnosticCode(122, "unknown-parameter")
    package static let untrustedTemplates = DiagnosticCode(124, "untrusted-templates")
    package static let strict = DiagnosticCode(123, "strict")
}

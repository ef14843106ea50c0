package import Diagnostics
import Digests
import Documents
package import Ledger
import Values
package import Workspace

extension Reproduction {
    /// Makes an entry's report again.
    ///
    /// - Parameters:
    ///   - record: The numbers that the entry binds; nil where the trail has them no more.
    ///   - output: The folder where the report lies that was made then, to tell where a file differs.
    ///   - options: Of this run: jobs, trust, the program's file. What decides the report comes from the entry.
    /// - Returns: The diagnostics say what of the entry's files is lost, or why nothing could be built.
    package static func run(
        _ entry: LedgerEntry, number: Int, record: EntryRecord?, of project: Project, output: String,
        _ options: BuildOptions, in workspace: WorkspaceContext, trust: Trust, onEvent: (Build.Event) -> Void = { _ in }
    ) -> (reproduction: Reproduction?, diagnostics: [Diagnostic]) {
        let path = Paths.joined(project.root, entry.analysis)
        let analysis = Analysis(
            path: path, project: project, shown: entry.analysis, outputName: project.outputName(of: path))
        guard Paths.normalised(path) == path, Paths.isInside(path, project.root),
            entry.report == analysis.outputName || entry.report.hasPrefix(analysis.outputName + "/")
        else { return (nil, [strange(entry)]) }
        let sources: EntrySources
        do throws(EntrySourceFaults) {
            sources = try EntrySources.find(entry, of: project, in: workspace)
        } catch {
            return (nil, error.diagnostics)
        }
        var then = workspace
        then.files = sources.files
        then.processes = nil
        let trust = trust.seen(through: then)
        if sources.hasTemplates, !options.trustsTemplates, !trust.isTrusted(project) {
            return (nil, [untrusted(entry)])
        }
        let build = Build(entry.options(options), in: then, trust: trust)
        let (outcome, faults) = build.again(analysis, as: entry.report, params: entry.parameters, onEvent: onEvent)
        let made = outcome?.succeeded == true ? outcome : nil
        let old = record.map { ComparedBuild(entry, number: number, $0) }
        let new = made?.facts?.parts.map { ComparedBuild($0.entry, number: number, $0.record) }
        var reproduction = Reproduction(
            number: number, report: entry.report, files: [], comparison: nil,
            hasSameResults: made?.facts?.parts?.entry.results == entry.results,
            otherTool: entry.tool.difference(from: options.executable, in: workspace), sources: sources.counts,
            diagnostics: outcome?.diagnostics ?? faults, isBuilt: made != nil)
        if let made {
            let root = Paths.joined(project.root, "output")
            reproduction.files = files(
                entry.files, made.files.map { (Paths.relative($0, to: root), sources.files.bytes(at: $0) ?? []) },
                in: output, workspace.files)
        }
        if let old, var new {
            (new.name, new.time) = ("now", nil)
            reproduction.comparison = BuildComparison(old, new)
        }
        return (reproduction, [])
    }

    private static func strange(_ entry: LedgerEntry) -> Diagnostic {
        .error(
            .strangeEntry, "An entry's report is named by its analysis, a file of the project", at: nil,
            notes: [.init("the entry says that \(entry.analysis) makes \(entry.report)")])
    }

    private static func untrusted(_ entry: LedgerEntry) -> Diagnostic {
        .error(
            .untrustedReproduction,
            "A report that was made with the project's own templates is made again once they are trusted", at: nil,
            notes: entry.includes.filter { $0.path.hasPrefix("Templates/") }.map { .init("\($0.path) was used") }
                + [.init("--trust uses them as they were then, for this run")])
    }

    private static func files(
        _ old: [LedgerEntry.File], _ new: [(path: String, bytes: [UInt8])], in output: String, _ files: any FileSystem
    ) -> [File] {
        var rest = new
        var found = old.map { file -> File in
            guard let index = rest.firstIndex(where: { $0.path == file.path }) else {
                return File(path: file.path, state: .missing, bytes: [])
            }
            let bytes = rest.remove(at: index).bytes
            let isSame = bytes.count == file.bytes && sha256(bytes) == file.sha256
            return File(
                path: file.path, state: isSame ? .same : .differs(at: place(bytes, file, in: output, files)),
                bytes: bytes)
        }
        found += rest.map { File(path: $0.path, state: .new, bytes: $0.bytes) }
        return found
    }

    /// `line 12, column 3`, where the file of then still lies where it was written.
    private static func place(
        _ new: [UInt8], _ file: LedgerEntry.File, in output: String, _ files: any FileSystem
    ) -> String? {
        let path = Paths.joined(output, file.path)
        guard files.linkStatus(of: path)?.kind == .file, let old = try? files.contents(of: path, limit: file.bytes),
            sha256(old) == file.sha256
        else { return nil }
        let offset = zip(old, new).prefix { $0 == $1 }.count
        let line = old[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
        let column = offset - (old[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
        return "line \(line), byte \(column)"
    }
}

extension LedgerEntry {
    /// What a build is asked for to make this report: formats by the files that were written, seed and parameters.
    fileprivate func options(_ base: BuildOptions) -> BuildOptions {
        var options = base
        options.restore(self.options)
        options.output = nil
        let formats = FrontMatter.Format.allCases.filter { format in
            files.contains { $0.path == "\(report).\(format.rawValue)" }
        }
        options.formats = Set(formats)
        options.params = []
        options.paramsFile = nil
        options.seed = seed
        options.isStrict = false
        options.ignoresCache = true
        options.writesReports = true
        return options
    }
}

extension LedgerEntry.Tool {
    /// In which way the program is another: by its version, or by its file.
    fileprivate func difference(from executable: String?, in workspace: WorkspaceContext) -> String? {
        if version != ToolVersion.current { return "report \(version) built it, this is \(ToolVersion.current)" }
        guard let build, let executable, let now = try? workspace.files.digest(of: executable), now != build else {
            return nil
        }
        return "another build of report \(version) built it, for another processor or from other source"
    }
}

extension DiagnosticCode {
    package static let strangeEntry = DiagnosticCode(861, "strange-entry")
    package static let untrustedReproduction = DiagnosticCode(862, "untrusted-reproduction")
}

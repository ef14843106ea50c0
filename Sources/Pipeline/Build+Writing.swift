import BuiltInTemplates
import Diagnostics
import Digests
import Documents
import Ledger
import Rendering
import Reports
import Workspace

extension Build {
    /// Writes a report, below `.report/failed/` where anything went wrong.
    ///
    /// - Parameter markdown: What the Markdown holds, where that differs.
    func write(
        _ report: Report, markdown: Report? = nil, _ reading: Reading, of analysis: Analysis, _ found: [Diagnostic]
    ) -> Outcome {
        var diagnostics = found
        let overrides = templates(of: analysis, &diagnostics)
        diagnostics = diagnostics.inFileOrder()
        if options.isStrict, !diagnostics.isEmpty, !diagnostics.hasErrors {
            diagnostics.append(.error(.strict, "With --strict a warning fails the build", at: nil))
        }
        let succeeded = !diagnostics.hasErrors
        var report = report
        // A draft has no history, and lies elsewhere; so does a preview.
        if !succeeded || options.isPreview || options.sample != nil { report.provenance.history = nil }
        guard options.writesReports else {
            return Outcome(analysis: analysis, succeeded: succeeded, files: [], diagnostics: diagnostics)
        }
        do {
            let name = Paths.lastComponent(of: analysis.outputName)
            let formats = formats(of: report.document)
            let flavour = options.markdown ?? report.document.frontMatter.markdown
            let page = try render(
                report, name: name, formats: markdown == nil ? formats : formats.subtracting([.md]),
                markdown: flavour, templates: overrides, keepsParts: options.keepsSitePages && succeeded)
            var rendered = page.files
            if let markdown {
                rendered += try render(markdown, name: name, formats: formats.intersection([.md]), markdown: flavour)
                    .files
            }
            let prefix = analysis.outputName.lastIndex(of: "/").map { String(analysis.outputName[...$0]) } ?? ""
            let files = rendered.map { (path: prefix + $0.path, bytes: $0.bytes) }
            let folder = try folder(of: analysis, succeeded: succeeded)
            try folder.write(files, name: analysis.outputName)
            let digests = files.map { sha256($0.bytes) }
            var outcome = Outcome(
                analysis: analysis, succeeded: succeeded, files: files.map { Paths.joined(folder.root, $0.path) },
                digests: digests, diagnostics: diagnostics)
            if succeeded {
                let templates = overrides.map { LedgerEntry.File(path: "Templates/\($0)", $1.utf8) }
                if options.sample == nil {
                    outcome.facts = facts(
                        of: report, analysis, files: files, digests: digests, inputs: reading.inputs + templates,
                        diagnostics)
                }
                outcome.site = page.parts.map { parts in
                    KeptSitePage(
                        SiteRecord(report, parts, of: analysis, links: reading.links, files: files, in: workspace))
                }
            }
            return outcome
        } catch {
            let reason = (error as? FileError).map { "\(analysis.project.shown($0.path)): \($0.reason)" } ?? "\(error)"
            diagnostics.append(.error(.unwritableOutput, "The report cannot be written: \(reason)", at: nil))
            return Outcome(analysis: analysis, succeeded: false, files: [], diagnostics: diagnostics)
        }
    }

    func formats(of document: AnalysisDocument) -> Set<FrontMatter.Format> {
        options.formats ?? Set(document.frontMatter.formats)
    }

    func folder(of analysis: Analysis, succeeded: Bool) throws(FileError) -> OutputFolder {
        guard succeeded else {
            return try OutputFolder(in: analysis.project, options.folders.failed, workspace: workspace)
        }
        // A draft takes no place among reports, wherever they lie.
        if let output = options.output, options.sample == nil {
            return OutputFolder(named: workspace.absolute(output), workspace: workspace)
        }
        return try OutputFolder(in: analysis.project, options.folders.built, workspace: workspace)
    }

    /// The project's own templates, where they differ from the built-in ones and are trusted.
    private func templates(of analysis: Analysis, _ diagnostics: inout [Diagnostic]) -> [String: String] {
        do throws(FileError) {
            // A file of another name overrides nothing; the program's own checkout has the built-in ones themselves.
            let own = try trust.templates(of: analysis.project).filter { name, text in
                name == "brand.css" || BuiltInTemplates.text(named: name).map { $0 != text } ?? false
            }
            if own.isEmpty || options.trustsTemplates || trust.isTrusted(analysis.project) {
                if let brand = own["brand.css"] {
                    let file = SourceFile(path: "Templates/brand.css", text: brand)
                    diagnostics += brandDiagnostics(in: file, theme: own["theme.css"])
                }
                return own
            }
            diagnostics.append(
                .warning(
                    .untrustedTemplates, "A project's own templates are used once `report trust` has been said",
                    at: nil,
                    notes: [.init("left out: " + own.keys.sorted().map { "Templates/\($0)" }.joined(separator: ", "))]))
        } catch {
            diagnostics.append(
                .error(
                    .unreadableFile,
                    "A template cannot be read: \(analysis.project.shown(error.path)): \(error.reason)", at: nil))
        }
        return [:]
    }
}

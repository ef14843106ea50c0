import Diagnostics
import Digests
import Execution
import Values
import Workspace

/// Reports that stand as their last build left them, with every answer that the build had from the file system
/// unchanged: what it came to is told again without another.
struct BuiltReports {
    private let cache: BuildCache
    private let answers: FileAnswers
    /// Everything beside files that the reports of a build depend on.
    private let settings: String
    /// Whether a report without the page that a site shows is as good as none.
    private let needsSitePages: Bool

    init(_ cache: BuildCache, files: any FileSystem, settings: Value, needsSitePages: Bool) {
        self.cache = cache
        self.needsSitePages = needsSitePages
        answers = FileAnswers(files: files, digests: cache.digests)
        self.settings = settings.digest
    }

    private func name(of analysis: Analysis) -> String { sha256("report \(analysis.shown) \(settings)".utf8) }

    /// What the last build of the analysis came to, where another would come to the same; else nil.
    func outcomes(of analysis: Analysis) -> [Build.Outcome]? {
        guard let record = cache.value(name(of: analysis)), let asked = record["answers"]?.list,
            let reports = record["reports"]?.list, !reports.isEmpty
        else { return nil }
        for item in asked {
            guard let parts = item.list, parts.count == 4,
                let kind = parts[0].string.flatMap(FileQuestion.Kind.init), let path = parts[1].string,
                let pattern = parts[2].string, let text = parts[3].string,
                answers.text(FileQuestion(kind, path, matching: pattern)) == text
            else { return nil }
        }
        var sources = StoredSources(of: analysis, in: answers.files, record["sources"] ?? .null)
        var outcomes: [Build.Outcome] = []
        for report in reports {
            guard let outcome = outcome(report, analysis, &sources) else { return nil }
            outcomes.append(outcome)
        }
        return outcomes
    }

    private func outcome(_ value: Value, _ analysis: Analysis, _ sources: inout StoredSources) -> Build.Outcome? {
        guard let output = value["output"]?.string, let files = value["files"]?.list,
            let steps = value["steps"]?.list, let said = value["diagnostics"]?.list
        else { return nil }
        var own = analysis
        own.outputName = output
        own.variant = value["variant"]?.string
        var outcome = Build.Outcome(analysis: own, succeeded: true, files: [], diagnostics: [])
        outcome.isUnchanged = true
        for file in files {
            guard let parts = file.list, parts.count == 2, let path = parts[0].string, let digest = parts[1].string,
                answers.text(FileQuestion(.ownEntry, path)) == digest
            else { return nil }
            outcome.files.append(path)
            outcome.digests.append(digest)
        }
        for step in steps {
            guard let parts = step.list, parts.count == 2, let word = parts[0].string, let id = parts[1].string
            else { return nil }
            outcome.explanations.append(Explanation(word: word, id: id, isReused: true, reasons: []))
        }
        for diagnostic in said {
            guard let read = sources.diagnostic(diagnostic) else { return nil }
            outcome.diagnostics.append(read)
        }
        if let facts = value["facts"]?.list, facts.count == 2, let digest = facts[0].string, let text = facts[1].string
        {
            outcome.facts = BuildFacts(text: text, digest: digest)
        }
        if needsSitePages {
            guard let page = KeptSitePage(value["site"] ?? .null), page.isKept(in: cache) else { return nil }
            outcome.site = page
        }
        return outcome
    }

    /// Keeps what a build came to, unless it failed or a file changed while it ran.
    func remember(_ outcomes: [Build.Outcome], of analysis: Analysis, _ witness: WitnessingFileSystem) {
        var asked: [Value] = []
        for (question, answer) in witness.answers {
            guard let text = answers.text(question, answer) else { return }
            asked.append([
                .string(question.kind.rawValue), .string(question.path), .string(question.pattern), .string(text),
            ])
        }
        var sources = StoredSources(of: analysis, in: answers.files)
        var reports: [Value] = []
        for outcome in outcomes {
            guard outcome.succeeded, outcome.isPinned, !outcome.files.isEmpty,
                outcome.files.count == outcome.digests.count
            else {
                return
            }
            for (path, digest) in zip(outcome.files, outcome.digests)
            where answers.text(FileQuestion(.ownEntry, path)) != digest { return }
            let said = outcome.diagnostics.compactMap { sources.value(of: $0) }
            guard said.count == outcome.diagnostics.count else { return }
            reports.append([
                "variant": outcome.analysis.variant.map { .string($0) } ?? .null,
                "output": .string(outcome.analysis.outputName),
                "files": .list(zip(outcome.files, outcome.digests).map { [.string($0), .string($1)] }),
                "steps": .list(outcome.explanations.map { [.string($0.word), .string($0.id)] }),
                "diagnostics": .list(said),
                "site": outcome.site?.kept(in: cache) ?? .null,
                "facts": outcome.facts.map { [.string($0.digest), .string($0.text)] } ?? .null,
            ])
        }
        cache.store(
            ["answers": .list(asked), "sources": sources.value, "reports": .list(reports)], name(of: analysis))
    }
}

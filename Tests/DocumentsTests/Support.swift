import Diagnostics
import Documents
import Markdown
import Values

/// An analysis read from memory, with what was said of it.
struct Read {
    var source: SourceFile
    var document: AnalysisDocument?
    var diagnostics: [Diagnostic] = []

    /// The text as it is.
    init(whole text: String, files: [String: String] = [:]) {
        source = SourceFile(path: "a.md", text: text)
        document = AnalysisDocument.parse(
            source,
            includes: { path, range, _ in
                files[path].map { .success(SourceFile(path: path, text: $0)) }
                    ?? .failure(.error(DiagnosticCode(199, "no-file"), "No file '\(path)'", at: range))
            }, diagnostics: &diagnostics)
    }

    /// A body behind sound front matter.
    init(_ body: String, files: [String: String] = [:]) {
        self.init(whole: "---\ntitle: T\nparams: {alpha: 0.05}\n---\n" + body, files: files)
    }

    /// A single directive.
    init(_ word: String, _ options: String) {
        self.init("```\(word)\n\(options)\n```\n")
    }

    /// Each diagnostic's code name and the text of its range.
    var faults: [String] { diagnostics.map { "\($0.code.name): \($0.range?.text ?? "nowhere")" } }

    var options: OptionNode? { document?.directives.first?.options }

    /// The file with the first fix-it of each diagnostic applied, last first.
    var fixed: String {
        var bytes = source.utf8
        for fix in diagnostics.compactMap(\.fixIts.first).sorted(by: { $0.range.lower > $1.range.lower }) {
            bytes.replaceSubrange(fix.range.lower..<fix.range.upper, with: Array(fix.replacement.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

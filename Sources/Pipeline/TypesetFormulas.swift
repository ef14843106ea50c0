package import Diagnostics
import Documents
import Markdown
import Markup
import Reports
import Typesetting

/// The formulas of a report, set by KaTeX.
struct TypesetFormulas: FormulaSetting {
    let typesetter: Typesetter
    /// Those of an earlier build; nil to keep nothing.
    var cache: FormulaEntries?

    func markup(of formula: Formula, at range: SourceRange, diagnostics: inout [Diagnostic]) -> MarkupNode? {
        do throws(KaTeXFault) {
            switch try typesetter.mathML(formula.tex, isDisplay: formula.isDisplay, cache: cache) {
            case .success(let node): return node
            case .failure(let fault):
                let place = fault.range.flatMap { formula.place($0.lowerBound, $0.upperBound, in: range.file) }
                diagnostics.append(.error(.formula, fault.message, at: place ?? range))
            }
        } catch {
            // Once is enough: the others lack the same.
            if !diagnostics.contains(where: { $0.code == .missingKaTeX }) {
                diagnostics.append(.error(.missingKaTeX, error.message, at: range, notes: [.init(error.advice)]))
            }
        }
        return nil
    }

    var origin: String? {
        (try? typesetter.katex(cache)).map { katex in
            ["KaTeX", katex.version].filter { !$0.isEmpty }.joined(separator: " ") + " · sha256 \(katex.sha256)"
        }
    }

    /// Every fault of the formulas that a document itself holds.
    func check(_ document: AnalysisDocument, diagnostics: inout [Diagnostic]) {
        _ = markup(ofAllIn: document.body, shownAt: nil, diagnostics: &diagnostics)
        for text in document.richTexts {
            _ = markup(ofAllIn: text.node, shownAt: text.shownRange, diagnostics: &diagnostics)
        }
    }
}

extension DiagnosticCode {
    package static let formula = DiagnosticCode(208, "formula")
    package static let missingKaTeX = DiagnosticCode(125, "missing-katex")
}

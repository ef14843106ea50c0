import Diagnostics
import Digests
import Documents

extension BuildOptions {
    /// Takes over what `--sample` and `--sample-seed` say: a draft of a share of units; of all, no draft.
    ///
    /// - Throws: what is wrong with the text.
    package mutating func takeSample(_ text: String, seed: UInt64) throws(DraftSampleFault) {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { "0123456789.eE-+".utf8.contains($0) }
        guard isPlain, let share = Double(text) else {
            var fault = "--sample is the share of units to use, from 0.000001 to 1; '\(text)' is no number."
            if text.hasSuffix("%"), let percent = Double(text.dropLast()), percent > 0, percent <= 100 {
                fault = "--sample is the share of units to use; '\(text)' is --sample \(percent / 100)."
            }
            throw DraftSampleFault(description: fault)
        }
        sample = UnitSample(share: share, seed: seed)
        guard share == 1 || sample != nil else {
            throw DraftSampleFault(
                description: "--sample is the share of units to use, from 0.000001 to 1; \(text) is not.")
        }
    }
}

/// What is wrong with the words for a sample.
package struct DraftSampleFault: Error, CustomStringConvertible {
    package var description: String
}

extension AnalysisDocument {
    /// A draft of an analysis without units is its report, and no quicker.
    func warnOfNoSample(diagnostics: inout [Diagnostic]) {
        let hasUnits = directives.contains { directive in
            guard directive.word == "effects", let layout = directive.options["layout"] else { return false }
            return layout.scalar?.reference != nil || layout.string == "units"
        }
        guard !hasUnits else { return }
        diagnostics.append(
            .warning(
                .nothingSampled, "--sample chooses among units, and this analysis reads none", at: nil,
                notes: [.init("units are read by `effects` with `layout: units`; all else is as without --sample")]))
    }
}

extension DiagnosticCode {
    static let nothingSampled = DiagnosticCode(619, "nothing-sampled")
}

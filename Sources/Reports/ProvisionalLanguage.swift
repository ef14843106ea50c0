import Diagnostics
import Documents
import Values

extension Language {
    static let standard = Language(
        resolve: { value, root, diagnostics in value.resolved(in: root, diagnostics: &diagnostics) },
        check: { claim, root, diagnostics in claim.resolved(in: root, diagnostics: &diagnostics) },
        parse: { text, range, diagnostics in RichText.parse(text, at: range, diagnostics: &diagnostics) },
        write: { value, format in
            (NumberFormat(parsing: format) ?? NumberFormat()).text(of: value) ?? value.string ?? "–"
        })
}

import BuiltInTemplates
package import Diagnostics
import Plotting

extension DiagnosticCode {
    package static let malformedBrand = DiagnosticCode(134, "malformed-brand")
    package static let unusedBrandVariable = DiagnosticCode(135, "unused-brand-variable")
}

/// What is wrong with a project's `brand.css`: what is no variable, and variables that nothing asks for.
///
/// - Parameter theme: The project's own theme, where it has one.
package func brandDiagnostics(in file: SourceFile, theme: String?) -> [Diagnostic] {
    let reader = BrandReader(file)
    let sheets = [
        theme ?? BuiltInTemplates.theme, FigureStyle.everything, BrandStyle.rules, reader.style.css,
    ]
    let known = sheets.reduce(into: Set<String>()) { $0.formUnion(BrandStyle.used(in: $1)) }
    let unused = (reader.style.light + reader.style.dark).filter { !known.contains($0.name) }
    return reader.diagnostics
        + unused.map { variable in
            let range = SourceRange(
                file: file, lower: variable.offset, upper: variable.offset + variable.name.utf8.count)
            let near = nearestWord(to: variable.name, among: known.sorted())
            return .warning(
                .unusedBrandVariable, "Every variable of a brand file is one that the theme uses", at: range,
                notes: [.init("nothing uses \(variable.name)")],
                fixIts: near.map { [.init("write '\($0)'", replacing: range, with: $0)] } ?? [])
        }
}

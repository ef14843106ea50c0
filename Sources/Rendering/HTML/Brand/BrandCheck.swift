import BuiltInTemplates
package import Diagnostics
import Documents
import Plotting

extension DiagnosticCode {
    package static let malformedBrand = DiagnosticCode(134, "malformed-brand")
    package static let unusedBrandVariable = DiagnosticCode(135, "unused-brand-variable")
    package static let lowContrast = DiagnosticCode(136, "low-contrast")
}

/// What is wrong with a project's `brand.css`: what is no variable, variables that nothing asks for, and words that cannot be
/// read.
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
        + BrandContrast(reader.style).faults.map { fault in
            let lower = fault.variable.offset
            let range = SourceRange(file: file, lower: lower, upper: lower + fault.variable.name.utf8.count)
            let paper = fault.isDark ? "dark paper" : "paper"
            return .warning(
                .lowContrast, "The words of a page stand out from its paper by at least 4.5 to 1 (WCAG 2.2 AA)",
                at: range,
                notes: [
                    .init("\(fault.text) on \(paper) is at \(NumberFormat(.fixed, digits: 2).text(fault.ratio)) to 1")
                ]
                    + (fault.isDark
                        ? [.init("other colours on dark paper stand in @media (prefers-color-scheme: dark)")] : []))
        }
}

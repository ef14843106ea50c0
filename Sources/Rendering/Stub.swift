import Reports
import Values
import BuiltInTemplates

struct HTMLPage {
    init(_ r: Report, templates: [String: String]) {}
    func text() throws -> String { BuiltInTemplates.page }
}
struct MarkdownReport {
    init(_ r: Report, name: String) {}
    func text() -> String { "" }
    func figures() -> [RenderedReport.File] { [] }
}
func resultsFile(of report: Report) -> Value { .null }

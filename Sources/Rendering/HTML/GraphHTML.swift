import Documents
import Markup
import Plotting
import Reports

/// What waits for what, folded away at the end of the page; nothing where there is nothing to wait for.
func graphHTML(_ report: Report) -> MarkupNode {
    guard let graph = pageGraph(report) else { return .nothing }
    let title = "Which directive waits for which"
    let drawing = graph.drawing(id: "page:graph", title: title)
    return .tag(
        "details", ["class": "graph"],
        [
            .tag("summary", [:], text: title),
            .tag("div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": "Graph"], [drawing.svg()]),
        ])
}

/// The graph that a page draws; nil for one directive, and for hundreds, whose drawing would tell nobody anything.
func pageGraph(_ report: Report) -> ExecutionGraph? {
    guard (2...200).contains(report.document.directives.count) else { return nil }
    let graph = ExecutionGraph(report.document)
    return graph.model.edges.count <= 400 ? graph : nil
}

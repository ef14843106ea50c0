import Diagnostics
import Markdown

/// Checks that sets of tabs are whole: opened and closed in one file, each tab under a heading of one level.
enum TabReader {
    static func check(_ body: Node, diagnostics: inout [Diagnostic]) {
        var open: SourceRange?
        for node in body.children {
            refuseInside(node, &diagnostics)
            switch (node.tabMark, open) {
            case (.open, nil): open = node.range
            case (.open, let first?):
                diagnostics.append(
                    .error(
                        .tabs, "Tabs hold no other tabs", at: node.range,
                        notes: [Diagnostic.Note("these are still open", at: first)]))
            case (.close, nil):
                diagnostics.append(
                    .error(
                        .tabs, "'<!-- /tabs -->' ends tabs, and none are open", at: node.range,
                        fixIts: [Diagnostic.FixIt("remove it", replacing: node.range, with: "")]))
            case (.close, let first?):
                if first.file !== node.range.file {
                    diagnostics.append(
                        .error(
                            .tabs, "Tabs end in the file in which they begin", at: node.range,
                            notes: [Diagnostic.Note("these begin here", at: first)]))
                }
                open = nil
            case (nil, _): break
            }
        }
        if let open {
            diagnostics.append(
                .error(
                    .tabs, "Tabs end with '<!-- /tabs -->'; these never end", at: open,
                    notes: [Diagnostic.Note("it stands on a line of its own behind the last tab")]))
        }
        for set in body.children.tabSets { check(set, &diagnostics) }
    }

    private static func check(_ set: TabSet, _ diagnostics: inout [Diagnostic]) {
        guard let first = set.tabs.first else {
            diagnostics.append(
                .error(
                    .tabs, "Tabs hold a heading for each tab; these hold none", at: set.mark,
                    notes: [Diagnostic.Note("a heading such as '### First' begins a tab and names it")]))
            return
        }
        if let stray = set.lead.first {
            diagnostics.append(
                .error(
                    .tabs, "Tabs begin with a heading; what stands before it is in none of them",
                    at: stray.range.firstLine, notes: [Diagnostic.Note("the first tab", at: first.heading.range)]))
        }
        for tab in set.tabs.dropFirst() where tab.heading.kind != first.heading.kind {
            diagnostics.append(
                .error(
                    .tabs, "Tabs have headings of one level, and others below it", at: tab.heading.range,
                    notes: [Diagnostic.Note("the first tab", at: first.heading.range)]))
        }
    }

    /// A mark inside a quote or a list would be taken for a comment and vanish.
    private static func refuseInside(_ node: Node, _ diagnostics: inout [Diagnostic]) {
        guard node.holdsBlocks else { return }
        for child in node.children {
            if child.tabMark != nil {
                diagnostics.append(
                    .error(.directivePlace, "Tabs stand at the top level, in no quote or list", at: child.range))
            }
            refuseInside(child, &diagnostics)
        }
    }
}

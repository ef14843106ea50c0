import Diagnostics
import Digests
import Documents
import Markdown
import Markup
import Results
import Values

/// Gathers what a report holds; each step fills one of its parts.
struct Assembler {
    let document: AnalysisDocument
    let results: AnalysisResults
    private let setting: (any FormulaSetting)?
    /// What paths walk.
    private let root: Value
    var diagnostics: [Diagnostic]
    private var values: [SourceRange: ResolvedValue] = [:]
    private var claims: [SourceRange: ResolvedClaim] = [:]
    private var formulas: [SourceRange: MarkupNode] = [:]
    private var equations: [String: Int] = [:]
    private var items: [String: ReportItem] = [:]
    private var idsByRange: [SourceRange: String] = [:]
    private var headings: [ReportHeading] = []

    init(
        document: AnalysisDocument, results: AnalysisResults, formulas: (any FormulaSetting)?,
        diagnostics: [Diagnostic]
    ) {
        setting = formulas
        self.document = document
        self.results = results
        root = results.root
        self.diagnostics = diagnostics
    }

    mutating func report(
        images: [String: ResolvedImage], bibliography: Bibliography, toolVersion: String
    ) -> Report {
        resolve(document.values, document.claims)
        setFormulas(in: document.body, shownAt: nil)
        for label in document.body.formulas.compactMap(\.formula.label) where equations[label] == nil {
            equations[label] = equations.count + 1
        }
        let front = document.frontMatter
        for text in [front.title, front.subtitle, front.abstract].compactMap(\.self) { resolve(text) }
        for highlight in front.highlights {
            resolve(highlight.value)
            resolve(highlight.text)
        }
        makeItems()
        let ids = items.values.filter(\.isVisible).map(\.directive.id)
        var slugger = Slugger(reserved: Set(ids).union(equations.keys))
        walk(document.body, &slugger)
        let tabbed = Set(document.body.children.tabSets.flatMap(\.headings).map(\.range))
        for index in headings.indices { headings[index].isInTabs = tabbed.contains(headings[index].range) }
        let notes = FootnoteReader(document)
        var report = Report(
            document: document, results: results, images: images, items: items, values: values, claims: claims,
            formulas: formulas, equations: equations, bibliography: bibliography, headings: headings,
            footnotes: notes.footnotes,
            provenance: provenance(toolVersion), diagnostics: [],
            isPartial: false, idsByRange: idsByRange,
            slugsByRange: Dictionary(headings.map { ($0.range, $0.slug) }, uniquingKeysWith: { first, _ in first }))
        report.footnotesByReference = notes.byReference
        var cited: [String] = []
        findReferences(document.body, shownAt: nil, report, &cited)
        for text in document.richTexts { findReferences(text.node, shownAt: text.shownRange, report, &cited) }
        report.cited = CitedWorks(bibliography.entries.filter { cited.contains($0.key) })
        report.diagnostics = diagnostics.inFileOrder()
        report.isPartial =
            diagnostics.hasErrors || items.values.contains { $0.result == nil }
            || claims.values.contains { !$0.holds }
        for (id, item) in items {
            report.items[id]?.diagnostics = report.diagnostics.filter { item.directive.range.covers($0.range) }
        }
        return report
    }

    private mutating func resolve(_ text: RichText) {
        resolve(text.values, text.claims)
        setFormulas(in: text.node, shownAt: text.shownRange)
    }

    private mutating func setFormulas(in node: Node, shownAt shown: SourceRange?) {
        guard let setting else { return }
        let markup = setting.markup(ofAllIn: node, shownAt: shown, diagnostics: &diagnostics)
        formulas.merge(markup) { _, new in new }
    }

    /// In the order of their places, so that diagnostics come in one order whatever the dictionaries' is.
    private mutating func resolve(_ inline: [SourceRange: InlineValue], _ claimed: [SourceRange: Claim]) {
        for (range, value) in inline.sorted(by: { ($0.key.lower, $0.key.upper) < ($1.key.lower, $1.key.upper) }) {
            values[range] = value.resolved(in: root, diagnostics: &diagnostics)
        }
        for (range, claim) in claimed.sorted(by: { ($0.key.lower, $0.key.upper) < ($1.key.lower, $1.key.upper) }) {
            claims[range] = claim.resolved(in: root, judges: results.sample == nil, diagnostics: &diagnostics)
        }
    }

    /// The directives with their results, tables and figures numbered in the order of the document.
    private mutating func makeItems() {
        var tables = 0
        var figures = 0
        // What several directives rest on alike stands beside the first of them.
        var stated: Set<String> = []
        for directive in document.directives {
            let result = results[directive.id]
            if let caption = directive.caption { resolve(caption) }
            if let alt = directive.alt { resolve(alt) }
            var item = ReportItem(
                directive: directive, result: result,
                assumptions: (result?.assumptions ?? []).filter { stated.insert($0).inserted },
                warnings: result?.warnings ?? [], diagnostics: [])
            let wantsTable = directive.show == .table || directive.show == .both
            let wantsFigure = directive.show == .figure || directive.show == .both
            if wantsTable, let model = result?.table { item.table = table(model, of: directive) }
            if wantsFigure { item.figure = result?.figure }
            // What failed keeps its number, so that the others keep theirs in a partial report.
            if directive.caption != nil, wantsFigure, result == nil || item.figure != nil {
                figures += 1
                item.figureNumber = figures
            }
            if directive.caption != nil, wantsTable, result == nil || item.table != nil {
                tables += 1
                item.tableNumber = tables
            }
            items[directive.id] = item
            idsByRange[directive.range] = directive.id
        }
    }

    mutating func parsed(_ text: String, _ range: SourceRange) -> RichText {
        let rich = RichText.parse(text, at: range, diagnostics: &diagnostics)
        resolve(rich)
        return rich
    }

    /// Headings, in order.
    private mutating func walk(_ node: Node, _ slugger: inout Slugger) {
        if case .heading(let level) = node.kind {
            let text = shownText(node)
            headings.append(.init(level: level, slug: slugger.slug(text), text: text, range: node.range))
        }
        for child in node.children where child.contents.contains(.heading) { walk(child, &slugger) }
    }

    /// The plain text with live values in place.
    private func shownText(_ node: Node) -> String {
        if let value = values[node.range] { return value.text }
        switch node.kind {
        case .text, .code, .formula, .softBreak, .lineBreak: return node.plainText
        default: return node.children.map(shownText).joined()
        }
    }

    /// Gathers what is cited, and reports what refers to nothing.
    private mutating func findReferences(
        _ node: Node, shownAt shown: SourceRange?, _ report: Report, _ cited: inout [String]
    ) {
        guard case .text(let text) = node.kind else {
            for child in node.children where child.contents.contains(.mention) {
                findReferences(child, shownAt: shown, report, &cited)
            }
            return
        }
        for piece in report.pieces(of: text) {
            switch piece {
            case .text, .reference: break
            case .citation(let citation, _): cited += citation.items.map(\.key)
            case .unknown(let written):
                diagnostics.append(
                    .error(
                        .unknownCrossReference,
                        "\(written) refers to no captioned figure or table, no named equation and no heading",
                        at: shown ?? node.range))
            case .unknownCitation(let key, _):
                let place = shown ?? node.range.first("@" + key) ?? node.range
                let near = nearestWord(to: key, among: report.bibliography.keys)
                let fixIts = near.map { near in
                    shown == nil ? [Diagnostic.FixIt("did you mean @\(near)?", replacing: place, with: "@" + near)] : []
                }
                diagnostics.append(
                    .error(
                        .unknownCitation, "@\(key) cites nothing that the bibliography has", at: place,
                        notes: near == nil ? [.init("a code span keeps what is no citation")] : [],
                        fixIts: fixIts ?? []))
            }
        }
    }

    private func provenance(_ toolVersion: String) -> Provenance {
        var sources: [DataSource] = []
        for source in results.results.flatMap(\.sources) where !sources.contains(source) { sources.append(source) }
        let digests = Value.object(Object(results.results.map { ($0.id, .string($0.digest)) }))
        var queries: [QueryProvenance] = []
        for query in results.results.flatMap(\.queries) where !queries.contains(query) { queries.append(query) }
        return Provenance(
            analysisPath: document.source.path, sourceDigest: sha256(document.source.utf8),
            includes: document.includes.map { ($0.path, sha256($0.utf8)) }, sources: sources, queries: queries,
            params: results.params,
            seed: results.seed, toolVersion: toolVersion, typesetter: formulas.isEmpty ? nil : setting?.origin,
            resultsDigest: digests.digest)
    }
}

extension SourceRange {
    /// Whether another range lies inside this one.
    fileprivate func covers(_ other: SourceRange?) -> Bool {
        guard let other, other.file === file else { return false }
        return lower <= other.lower && other.upper <= upper
    }
}

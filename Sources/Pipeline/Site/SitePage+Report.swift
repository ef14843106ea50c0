import Documents
import Publishing
import Reports
import Results
import Values

extension SitePage {
    /// What lists, finds and refers to a report knows of it.
    ///
    /// - Parameter drawings: Those of the report, by the site's paths.
    init(_ report: Report, of analysis: Analysis, drawings: [SiteFile]) {
        let front = report.document.frontMatter
        var title = report.plainText(front.title)
        // Reports of a sweep that say nothing of their parameters are told apart by them.
        if let variant = analysis.variant, front.title.values.isEmpty { title += " (\(variant))" }
        self.init(.report, path: "\(analysis.outputName).html", title: title)
        summary = front.abstract.map(report.plainText)
        date = front.date
        authors = front.authors
        tags = front.tags
        isDraft = front.isDraft
        order = front.order
        aliases = front.aliases
        source = analysis.shown
        let text = ReportText(report)
        passages = text.passages
        numbers = text.numbers
        labels = text.labels
        claims = report.orderedClaims.map { claim in
            var known = SiteClaim(
                text: claim.text, path: claim.path.description, condition: claim.condition, current: claim.current,
                holds: claim.holds, anchor: text.anchor(at: claim.range))
            if let sentence = text.sentence(around: claim.range) {
                (known.before, known.after) = (sentence.before, sentence.after)
            }
            return known
        }
        highlights = front.highlights.map {
            SiteHighlight(value: report.plainText($0.value), text: report.plainText($0.text), link: $0.link)
        }
        let drawn = report.orderedItems.filter { $0.figure != nil }.compactMap { item -> (ReportItem, SiteFile)? in
            let path = "\(analysis.outputName)_files/\(item.directive.id).svg"
            return drawings.first { $0.path == path }.map { (item, $0) }
        }
        cover = drawn.first.map { String(decoding: $0.1.bytes, as: UTF8.self) }
        figures = drawn.map { item, file in
            let size = SitePage.size(ofDrawing: file.bytes)
            return SiteFigure(
                anchor: item.directive.id, name: item.name,
                caption: item.directive.caption.map(report.plainText) ?? "",
                description: item.directive.alt.map(report.plainText) ?? item.figure?.summary ?? item.name,
                path: file.path, width: size.width, height: size.height)
        }
    }

    /// From the box of a drawing; that of a page where it has none.
    private static func size(ofDrawing bytes: [UInt8]) -> (width: Double, height: Double) {
        let head = String(decoding: bytes.prefix(1024), as: UTF8.self)
        guard let start = head.firstRange(of: "viewBox=\"") else { return (640, 400) }
        let numbers = head[start.upperBound...].prefix { $0 != "\"" }.split(separator: " ").compactMap { Double($0) }
        return numbers.count == 4 ? (numbers[2], numbers[3]) : (640, 400)
    }
}

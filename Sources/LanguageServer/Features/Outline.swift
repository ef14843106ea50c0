import Diagnostics
import Documents
import Markdown

/// A heading or a directive, with what stands below it.
struct OutlineItem {
    var name: String
    var detail: String?
    var isHeading: Bool
    var range: SourceRange
    var selection: SourceRange
    var children: [OutlineItem] = []
}

extension AnalysisView {
    /// The headings of this text and the directives below them.
    var outline: [OutlineItem] {
        let end = file.utf8.count
        var entries: [(level: Int, item: OutlineItem)] = []
        for heading in headings where heading.range.file === file {
            entries.append(
                (
                    heading.level,
                    OutlineItem(
                        name: heading.text.isEmpty ? "(untitled)" : heading.text, isHeading: true, range: heading.range,
                        selection: heading.range)
                ))
        }
        for directive in document.directives where directive.range.file === file {
            let name = directive.hasWrittenID ? directive.id : directive.caption?.node.plainText ?? directive.word
            entries.append(
                (
                    .max,
                    OutlineItem(
                        name: name.isEmpty ? directive.word : name, detail: directive.word, isHeading: false,
                        range: directive.range,
                        selection: directive.hasWrittenID ? idRange(directive) : directive.wordRange)
                ))
        }
        entries.sort { $0.item.range.lower < $1.item.range.lower }
        var rest = entries[...]
        return AnalysisView.nest(&rest, above: 0, end: end)
    }

    /// Takes entries of a level deeper than one; each heading's range runs to the next of its level.
    private static func nest(
        _ rest: inout ArraySlice<(level: Int, item: OutlineItem)>, above level: Int, end: Int
    ) -> [OutlineItem] {
        var items: [OutlineItem] = []
        while let (own, first) = rest.first, own > level {
            rest.removeFirst()
            var item = first
            if item.isHeading {
                item.children = nest(&rest, above: own, end: end)
                let upper = rest.first?.item.range.lower ?? end
                item.range = SourceRange(file: item.range.file, lower: item.range.lower, upper: upper)
            }
            items.append(item)
        }
        return items
    }

    /// What can be folded, by first and last line from 1: front matter, directives, sections.
    var folds: [(first: Int, last: Int, isSection: Bool)] {
        var folds: [(first: Int, last: Int, isSection: Bool)] = []
        func add(_ range: SourceRange, isSection: Bool) {
            let first = range.start.line
            // Blank lines at the end stay outside.
            var last = file.location(at: max(range.lower, range.upper - 1)).line
            while last > first, file.offset(ofLine: last) == file.lineEnd(last) { last -= 1 }
            if last > first { folds.append((first, last, isSection)) }
        }
        let front = document.frontMatter.range
        if front.file === file { add(front, isSection: false) }
        for directive in document.directives where directive.range.file === file {
            add(directive.range, isSection: false)
        }
        func walk(_ items: [OutlineItem]) {
            for item in items where item.isHeading {
                add(item.range, isSection: true)
                walk(item.children)
            }
        }
        walk(outline)
        return folds.sorted { ($0.first, $0.last) < ($1.first, $1.last) }
    }

    /// Paths written in this text with the files that they lead to.
    var links: [(range: SourceRange, path: String)] {
        var found: [(range: SourceRange, path: String)] = []
        func add(_ written: String, in range: SourceRange) {
            guard range.file === file, let path = resolve(written) else { return }
            found.append((range.first(written) ?? range, path))
        }
        for directive in document.directives where directive.word == "data" {
            for node in directive.options["source"]?.items ?? [] {
                if let written = node.string, node.scalar?.reference == nil { add(written, in: node.range) }
            }
        }
        for written in document.frontMatter.bibliography { add(written, in: document.frontMatter.range) }
        for (written, range) in includes { add(written, in: range) }
        return found
    }

    /// The includes that stand in this text; the analysis's tree has what they stand for in their place.
    var includes: [(written: String, range: SourceRange)] {
        let mark = Array("include:".utf8)
        return (1...file.lineCount).compactMap { number in
            let range = SourceRange(file: file, lower: file.offset(ofLine: number), upper: file.lineEnd(number))
            // Few lines are comments.
            guard range.upper - range.lower > mark.count + 7, file.utf8[range.lower] == UInt8(ascii: "<") else {
                return nil
            }
            return Node(.htmlBlock(range.text), range: range).includePath.map { ($0, range) }
        }
    }
}

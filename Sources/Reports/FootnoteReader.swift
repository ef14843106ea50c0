import Diagnostics
import Documents
import Markdown

/// A reference to a footnote: to which, and the how manieth of those to it, both from 0.
struct FootnoteUse: Sendable {
    var footnote: Int
    var reference: Int
}

/// Numbers the footnotes of a document in the order of their first references, those in the abstract and in captions
/// where these stand. One that nothing refers to has no number and is left out.
///
/// A label holds within its file: two included files may both have a `[^1]`.
struct FootnoteReader {
    private(set) var footnotes: [ReportFootnote] = []
    /// By the range of the reference.
    private(set) var byReference: [SourceRange: FootnoteUse] = [:]

    private struct Key: Hashable {
        var file: ObjectIdentifier
        var label: String
    }

    private var definitions: [Key: Node] = [:]
    private var indices: [Key: Int] = [:]
    private var taken: Set<String> = []

    init(_ document: AnalysisDocument) {
        gather(document.body)
        guard !definitions.isEmpty else { return }
        let captions = Dictionary(document.directives.map { ($0.range, $0) }) { first, _ in first }
        if let abstract = document.frontMatter.abstract { read(abstract.node, in: document.source) }
        for block in document.body.children {
            if let directive = captions[block.range] {
                if let caption = directive.caption { read(caption.node, in: directive.range.file) }
            } else if case .footnoteDefinition = block.kind {
                continue
            } else {
                read(block, in: block.range.file)
            }
        }
        // Notes may refer to notes.
        var next = 0
        while next < footnotes.count {
            for child in footnotes[next].node.children { read(child, in: footnotes[next].node.range.file) }
            next += 1
        }
    }

    private mutating func gather(_ node: Node) {
        if case .footnoteDefinition(let label) = node.kind {
            let key = Key(file: ObjectIdentifier(node.range.file), label: label.lowercased())
            if definitions[key] == nil { definitions[key] = node }
        }
        for child in node.children where node.holdsBlocks && child.contents.contains(.footnote) { gather(child) }
    }

    private mutating func read(_ node: Node, in file: SourceFile) {
        if case .footnoteReference(let label) = node.kind {
            let key = Key(file: ObjectIdentifier(file), label: label.lowercased())
            guard let definition = definitions[key] else { return }
            if indices[key] == nil {
                indices[key] = footnotes.count
                footnotes.append(
                    ReportFootnote(
                        number: footnotes.count + 1, label: free(label), node: definition, references: []))
            }
            guard let index = indices[key], byReference[node.range] == nil else { return }
            byReference[node.range] = FootnoteUse(footnote: index, reference: footnotes[index].references.count)
            footnotes[index].references.append(node.range)
        }
        for child in node.children where child.contents.contains(.footnote) { read(child, in: file) }
    }

    /// The label, with a number where another file's footnote has it.
    private mutating func free(_ label: String) -> String {
        var name = label
        var count = 1
        while !taken.insert(name.lowercased()).inserted {
            count += 1
            name = "\(label)-\(count)"
        }
        return name
    }
}

package import Diagnostics

/// A node of a Markdown document: what it is, where it stands, and what is in it.
///
/// A value tree: no pointer of the parser outlives the parse.
package struct Node: Sendable, Hashable {
    /// Everything behind one reference: a tree of millions of nodes is walked many times, and what is walked is copied.
    private final class Storage: Sendable {
        let kind: Kind
        let range: SourceRange
        let children: [Node]
        let contents: Contents

        init(_ kind: Kind, _ range: SourceRange, _ children: [Node]) {
            self.kind = kind
            self.range = range
            self.children = children
            contents = children.reduce(into: Contents(of: kind)) { $0.formUnion($1.contents) }
        }
    }

    private var storage: Storage

    package var kind: Kind {
        get { storage.kind }
        set { storage = Storage(newValue, range, children) }
    }
    /// The bytes that the node covers, its delimiters included (the backticks of a code span, the fences of a block).
    package var range: SourceRange {
        get { storage.range }
        set { storage = Storage(kind, newValue, children) }
    }
    package var children: [Node] {
        get { storage.children }
        set { storage = Storage(kind, range, newValue) }
    }

    /// What is in the node and below it of that which is looked for in whole documents.
    package var contents: Contents { storage.contents }

    package init(_ kind: Kind, range: SourceRange, children: [Node] = []) {
        storage = Storage(kind, range, children)
    }

    package static func == (a: Node, b: Node) -> Bool {
        a.storage === b.storage || (a.kind == b.kind && a.range == b.range && a.children == b.children)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(range)
        hasher.combine(children)
    }

    package enum Kind: Sendable, Hashable {
        case document
        // Blocks
        case paragraph
        case heading(level: Int)
        case blockQuote
        case list(List)
        /// `checked` is nil for an item that is no task.
        case item(checked: Bool?)
        case codeBlock(CodeBlock)
        case htmlBlock(String)
        case thematicBreak
        case table(alignments: [ColumnAlignment])
        case tableRow(isHeader: Bool)
        case tableCell
        /// Labels of definitions and references are in lower case, so that equal ones belong together.
        /// Footnote definitions come last in a document, in the order of their first reference.
        case footnoteDefinition(label: String)
        // Inlines
        case text(String)
        case softBreak
        case lineBreak
        case code(CodeSpan)
        case html(String)
        case emphasis
        case strong
        case strikethrough
        case link(destination: String, title: String)
        case image(source: String, title: String)
        case footnoteReference(label: String)
        case formula(Formula)
    }

    package struct List: Sendable, Hashable {
        /// The first number of an ordered list; nil for bullets.
        package var start: Int?
        package var isTight: Bool

        package init(start: Int?, isTight: Bool) {
            self.start = start
            self.isTight = isTight
        }
    }

    package struct CodeBlock: Sendable, Hashable {
        /// Everything behind the opening fence, trimmed; empty for an indented block.
        package var info: String
        package var literal: String
        package var isFenced: Bool
        /// Where the body stands, from the line after the opening fence to the start of the closing one.
        package var bodyRange: SourceRange
        /// A fence that nothing closes runs to the end of its container.
        package var isClosed: Bool

        package init(info: String, literal: String, isFenced: Bool, bodyRange: SourceRange, isClosed: Bool = true) {
            self.info = info
            self.literal = literal
            self.isFenced = isFenced
            self.bodyRange = bodyRange
            self.isClosed = isClosed
        }
    }

    package struct CodeSpan: Sendable, Hashable {
        package var literal: String
        /// How many backticks stand on each side.
        package var backticks: Int

        package init(literal: String, backticks: Int) {
            self.literal = literal
            self.backticks = backticks
        }
    }

    package enum ColumnAlignment: Sendable, Hashable {
        case none
        case left
        case center
        case right
    }

    /// The text of the node and all below it, without markup (for headings' slugs, alt texts, titles).
    package var plainText: String {
        switch kind {
        case .text(let text): text
        case .code(let span): span.literal
        case .formula(let formula): formula.tex
        case .softBreak, .lineBreak: " "
        default: children.map(\.plainText).joined()
        }
    }
}

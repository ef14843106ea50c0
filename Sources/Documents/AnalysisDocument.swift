package import Diagnostics
package import Markdown
package import Values

/// An analysis as parsed: its prose as a tree, and what in the tree has life.
///
/// Directives, values and claims are keyed by the range of the node that they were read from, so that a renderer
/// that walks `body` finds them.
package struct AnalysisDocument: Sendable {
    package var source: SourceFile
    /// Every file that was spliced in by an include, in order of first use.
    package var includes: [SourceFile]
    package var frontMatter: FrontMatter
    package var body: Node
    /// In order of their place in the file, included files where they were included.
    package var directives: [Directive]
    /// By the range of the code span.
    package var values: [SourceRange: InlineValue]
    /// By the range of the link.
    package var claims: [SourceRange: Claim]

    package init(
        source: SourceFile, includes: [SourceFile] = [], frontMatter: FrontMatter, body: Node,
        directives: [Directive] = [], values: [SourceRange: InlineValue] = [:], claims: [SourceRange: Claim] = [:]
    ) {
        self.source = source
        self.includes = includes
        self.frontMatter = frontMatter
        self.body = body
        self.directives = directives
        self.values = values
        self.claims = claims
    }
}

/// A fenced block that makes a result.
package struct Directive: Sendable {
    /// The word of the info string: `data`, `effects`, `proxy`, …
    package var word: String
    /// As written, or `_word-n` (the n-th of its word in the file) where it has none; no user's id begins with `_`.
    package var id: String
    package var hasWrittenID: Bool
    /// The whole fenced block.
    package var range: SourceRange
    /// The word of the info string alone.
    package var wordRange: SourceRange
    package var options: OptionNode
    package var caption: RichText?
    package var alt: RichText?
    package var echo: Echo
    /// What `show` says, or the word's default.
    package var show: Show

    package enum Echo: String, Sendable { case hidden = "false", open = "true", fold }
    package enum Show: String, Sendable { case none, table, figure, both }

    package init(
        word: String, id: String, hasWrittenID: Bool, range: SourceRange, wordRange: SourceRange, options: OptionNode,
        caption: RichText?, alt: RichText?, echo: Echo, show: Show
    ) {
        self.word = word
        self.id = id
        self.hasWrittenID = hasWrittenID
        self.range = range
        self.wordRange = wordRange
        self.options = options
        self.caption = caption
        self.alt = alt
        self.echo = echo
        self.show = show
    }
}

/// Inline Markdown from a YAML scalar: a caption, an alt text, an abstract, a cell.
package struct RichText: Sendable {
    package var source: String
    /// A document node with paragraphs in it; ranges in it are those of the whole scalar in the analysis where the
    /// scalar's own position cannot be told more finely.
    package var node: Node
    /// By the range of the code span in `node`.
    package var values: [SourceRange: InlineValue]
    /// By the range of the link in `node`.
    package var claims: [SourceRange: Claim]
    /// The scalar in the analysis.
    package var range: SourceRange

    package init(
        source: String, node: Node, values: [SourceRange: InlineValue], claims: [SourceRange: Claim], range: SourceRange
    ) {
        self.source = source
        self.node = node
        self.values = values
        self.claims = claims
        self.range = range
    }
}

/// A code span `{path}` or `{path | format}`: a number in the prose.
package struct InlineValue: Sendable, Hashable {
    package var path: ResultPath
    package var format: NumberFormat?
    /// Where to point in the analysis.
    package var range: SourceRange

    package init(path: ResultPath, format: NumberFormat?, range: SourceRange) {
        self.path = path
        self.format = format
        self.range = range
    }
}

/// A link to `#id.path`: words or a number in the prose that the build checks.
package struct Claim: Sendable, Hashable {
    package enum Condition: Sendable, Hashable {
        /// The number in the text equals the result as rounded to the text's digits.
        case rounds
        /// The number in the text is within a tolerance of the result, in the result's unit: `within 0.1`,
        /// `within 0.1pp` (0.001).
        case within(Double)
        /// The number in the text is within a part of the result: `within 2%` (0.02).
        case withinRelative(Double)
        case greater(Double)
        case less(Double)
        case greaterOrEqual(Double)
        case lessOrEqual(Double)
        case excludes(Double)
        case includes(Double)
        case pBelow(Double)
        case pAbove(Double)
    }

    package var path: ResultPath
    /// The link's text as people read it.
    package var text: String
    /// Where the link's text stands.
    package var textRange: SourceRange
    package var range: SourceRange
    package var condition: Condition
    /// The number in the text, checked whatever the condition; nil where the text is words.
    package var number: WrittenNumber?
    /// Where that number stands, so that it can be rewritten; nil where its place cannot be told.
    package var numberRange: SourceRange?

    package init(
        path: ResultPath, text: String, textRange: SourceRange, range: SourceRange, condition: Condition,
        number: WrittenNumber? = nil, numberRange: SourceRange? = nil
    ) {
        self.path = path
        self.text = text
        self.textRange = textRange
        self.range = range
        self.condition = condition
        self.number = number
        self.numberRange = numberRange
    }
}

import Diagnostics
import Markdown
import Values

/// Walks a document's body: directives, values and claims.
struct BodyReader {
    private(set) var directives: [Directive] = []
    private(set) var inlines = InlineReader()
    private var ownDiagnostics: [Diagnostic] = []
    private var counts: [String: Int] = [:]
    private var firsts: [String: SourceRange] = [:]

    var diagnostics: [Diagnostic] { ownDiagnostics + inlines.diagnostics }

    mutating func read(_ body: Node) {
        for (formula, range) in body.formulas {
            if let label = formula.label { claim(label, range, "An equation's name is its own; '\(label)' is taken") }
        }
        for block in body.children {
            if case .codeBlock(let code) = block.kind {
                fence(code, block.range)
            } else {
                refuseDirectives(in: block)
                inlines.read(block)
            }
        }
        let labels = body.footnoteLabels
        for index in directives.indices where !labels.isEmpty {
            let file = directives[index].range.file
            directives[index].caption = directives[index].caption?.linking(
                footnotes: labels[ObjectIdentifier(file)] ?? [])
        }
    }

    /// A directive in a quote or a list is more likely a mistake than an example: those stand in longer fences.
    private mutating func refuseDirectives(in node: Node) {
        guard node.holdsBlocks else { return }
        for child in node.children {
            if case .codeBlock(let code) = child.kind, let head = FenceHead(code, child.range),
                DirectiveSchema.named(head.word) != nil
            {
                ownDiagnostics.append(
                    .error(
                        .directivePlace, "A directive stands at the top level, in no quote or list", at: head.wordRange)
                )
            }
            refuseDirectives(in: child)
        }
    }

    private mutating func fence(_ code: Node.CodeBlock, _ range: SourceRange) {
        guard let head = FenceHead(code, range) else { return }
        guard let schema = DirectiveSchema.named(head.word) else {
            unknown(head)
            return
        }
        if let rest = head.rest {
            ownDiagnostics.append(
                .error(
                    .directiveHead, "Options stand in the body of a directive, not behind its word", at: rest,
                    fixIts: [Diagnostic.FixIt("remove them", replacing: rest, with: "")]))
        }
        if !code.isClosed {
            ownDiagnostics.append(.error(.unclosedDirective, "A directive ends with a fence", at: range.firstLine))
        }
        directive(schema, head, code.bodyRange, range)
    }

    private mutating func unknown(_ head: FenceHead) {
        if !FenceHead.languages.contains(head.word.lowercased()),
            let near = nearestWord(to: head.word, among: DirectiveSchema.all.map(\.word))
        {
            ownDiagnostics.append(
                .error(
                    .unknownDirective, "'\(head.word)' is not a directive", at: head.wordRange,
                    fixIts: [Diagnostic.FixIt("write '\(near)'", replacing: head.wordRange, with: near)]))
        }
    }

    private mutating func directive(
        _ schema: DirectiveSchema, _ head: FenceHead, _ body: SourceRange, _ range: SourceRange
    ) {
        counts[schema.word, default: 0] += 1
        let anonymous = "_\(schema.word)-\(counts[schema.word, default: 1])"
        guard
            let written = YAMLReader.mapping(body, of: "The body of '\(schema.word)'", diagnostics: &ownDiagnostics)
        else {
            // Its id still counts, so that what refers to it is not reported as well.
            let id = FenceHead.salvagedID(body)
            if let id { firsts[id] = firsts[id] ?? range }
            directives.append(
                Directive(
                    word: schema.word, id: id ?? anonymous, hasWrittenID: id != nil, range: range,
                    wordRange: head.wordRange, options: OptionNode(.mapping([]), range: body), caption: nil, alt: nil,
                    echo: .fold, show: schema.defaultShow))
            return
        }
        var options = written.proseAsText
        if options.entries.isEmpty {
            options.range = SourceRange(file: body.file, lower: range.lower, upper: range.lower)
        }
        schema.validate(options, diagnostics: &ownDiagnostics)
        let id = options["id"]
        directives.append(
            Directive(
                word: schema.word, id: id.flatMap { self.id($0) } ?? anonymous, hasWrittenID: id != nil, range: range,
                wordRange: head.wordRange, options: options,
                caption: RichText.read(written["caption"], diagnostics: &ownDiagnostics),
                alt: RichText.read(written["alt"], diagnostics: &ownDiagnostics),
                echo: options["echo"]?.scalar.flatMap { Directive.Echo(rawValue: $0.text) } ?? .fold,
                show: options["show"]?.string.flatMap(Directive.Show.init) ?? schema.defaultShow))
    }

    /// The id as written, reported where it is malformed, reserved or taken.
    private mutating func id(_ node: OptionNode) -> String? {
        guard let scalar = node.scalar, !scalar.text.isEmpty else { return nil }
        let id = scalar.text
        let isWellFormed =
            id.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            && id.utf8.first.map { (0x61...0x7A).contains($0) } == true
        if scalar.reference != nil || !isWellFormed {
            ownDiagnostics.append(
                .error(.invalidID, "An id has lower-case letters, digits and '-', a letter first", at: node.range))
        } else if ["params", "meta"].contains(id) {
            ownDiagnostics.append(.error(.reservedID, "'\(id)' is not free: paths use it", at: node.range))
        } else {
            claim(id, node.range, "An id belongs to one directive; '\(id)' is taken")
        }
        return id
    }

    /// Takes a name; reported where something else has it.
    private mutating func claim(_ name: String, _ range: SourceRange, _ message: String) {
        if let first = firsts[name] {
            ownDiagnostics.append(
                .error(.duplicateID, message, at: range, notes: [Diagnostic.Note("first here", at: first)]))
        } else {
            firsts[name] = range
        }
    }
}

import Diagnostics
import Documents
import Markdown

/// An analysis read from memory.
struct ReadDocument {
    var source: SourceFile
    var document: AnalysisDocument?
    var diagnostics: [Diagnostic] = []

    init(_ source: SourceFile, files: [String: SourceFile] = [:]) {
        self.source = source
        document = AnalysisDocument.parse(
            source,
            includes: { path, range, _ in
                files[path].map { .success($0) } ?? .failure(.error(.noSuchFile, "No file '\(path)'", at: range))
            }, diagnostics: &diagnostics)
    }

    /// Reads twice, and holds what was read to its places and the second reading to the first.
    static func check(_ source: SourceFile, files: [String: SourceFile] = [:]) throws(FuzzTarget.Broken) {
        let first = ReadDocument(source, files: files)
        let second = ReadDocument(source, files: files)
        try expect(said(first.diagnostics) == said(second.diagnostics), "two readings say different things")
        try expect(first.document?.body == second.document?.body, "two readings give different trees")
        try expect(
            first.document?.directives.map(\.options) == second.document?.directives.map(\.options),
            "two readings give different options")
        try expectSound(first.diagnostics)
        guard let document = first.document else { return }
        try expectSound(document.body)
        try expectInside(document.frontMatter.range, "front matter")
        for directive in document.directives {
            try expectInside(directive.range, directive.word)
            try expectInside(directive.wordRange, directive.word)
            try expectSound(directive.options)
            try expect(!directive.id.isEmpty, "a directive has an id")
        }
        for value in document.values.values { try expectInside(value.range, "\(value.path)") }
        for claim in document.claims.values { try expectSound(claim) }
    }
}

/// Every node lies in its file, and the inlines of a block in it.
func expectSound(_ node: Node) throws(FuzzTarget.Broken) {
    try expectInside(node.range, "a node \(node.kind)")
    if case .codeBlock(let code) = node.kind { try expectInside(code.bodyRange, "the body of a code block") }
    if case .formula(let formula) = node.kind {
        let count = formula.tex.utf8.count
        for (lower, upper) in [(0, count), (0, 0), (count, count), (count / 2, count / 2)] {
            guard let place = formula.place(lower, upper, in: node.range.file) else { continue }
            try expect(
                place.lower >= node.range.lower && place.upper <= node.range.upper,
                "a place in a formula, \(place.lower)..<\(place.upper), lies in \(node.range.lower)..<\(node.range.upper)"
            )
        }
    }
    for child in node.children { try expectSound(child) }
}

func expectSound(_ option: OptionNode) throws(FuzzTarget.Broken) {
    try expectInside(option.range, "an option")
    for entry in option.entries {
        try expectInside(entry.keyRange, "the key \(entry.key)")
        try expectSound(entry.value)
    }
    if case .list(let items) = option.content { for item in items { try expectSound(item) } }
}

func expectSound(_ claim: Claim) throws(FuzzTarget.Broken) {
    try expectInside(claim.range, "a claim")
    try expectInside(claim.textRange, "a claim's text")
    guard let range = claim.numberRange, let number = claim.number else { return }
    try expectInside(range, "a claim's number")
    let found = WrittenNumber.all(in: range.text)
    // What stands before or behind a number may be a part of it; its digits alone are still one.
    try expect(found.count == 1, "'\(range.text)', the number \(number.value) of a claim, is not one number")
}

extension DiagnosticCode {
    fileprivate static let noSuchFile = DiagnosticCode(199, "no-such-file")
}

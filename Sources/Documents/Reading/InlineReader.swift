import Diagnostics
import Markdown
import Values

/// Finds values and claims among inlines.
struct InlineReader {
    /// Where to point for nodes whose own places are in a text that people do not see; nil for nodes of a file.
    var scalar: SourceRange?
    private(set) var values: [SourceRange: InlineValue] = [:]
    private(set) var claims: [SourceRange: Claim] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    init(scalar: SourceRange? = nil) { self.scalar = scalar }

    /// Reads the inlines of a block and of all below it; blocks nest at most a hundred deep, inlines too.
    mutating func read(_ node: Node) {
        switch node.kind {
        case .code(let span): value(span, at: node.range)
        case .link(let destination, let title): claim(node, destination, title)
        default: break
        }
        for child in node.children { read(child) }
    }

    private func place(_ range: SourceRange) -> SourceRange { scalar ?? range }

    private mutating func value(_ span: Node.CodeSpan, at range: SourceRange) {
        guard span.backticks == 1, span.literal.hasPrefix("{"), span.literal.hasSuffix("}") else { return }
        switch Reference.parse(span.literal) {
        case .success(let reference):
            values[range] = InlineValue(path: reference.path, format: reference.format, range: place(range))
        case .failure(let fault):
            var diagnostic = fault.diagnostic(at: place(range))
            if scalar == nil, case .path = fault {
                diagnostic.fixIts = [
                    Diagnostic.FixIt(
                        "two backticks keep it literal", replacing: range, with: "`` \(span.literal) ``")
                ]
            }
            diagnostics.append(diagnostic)
        }
    }

    // MARK: Claims

    private mutating func claim(_ node: Node, _ destination: String, _ title: String) {
        guard destination.hasPrefix("#") else { return }
        let fragment = PercentEncoding.decode(String(destination.dropFirst()))
        guard fragment.contains(where: { $0 == "." || $0 == "[" }) else { return }
        guard let path = ResultPath(parsing: fragment) else {
            diagnostics.append(Reference.Fault.path(fragment).diagnostic(at: place(node.range)))
            return
        }
        guard path.components.count > 1 else { return }
        guard let condition = ClaimCondition.parse(title) else {
            diagnostics.append(
                .error(
                    .invalidCondition, "'\(title)' is not a condition of a claim", at: place(node.range),
                    notes: [Diagnostic.Note("a condition is \(ClaimCondition.allowed)")]))
            return
        }
        let texts = texts(of: node)
        let numbers = texts.flatMap { text in WrittenNumber.all(in: text.string).map { ($0, text) } }
        if numbers.count > 1 {
            diagnostics.append(
                .error(
                    .claimWithoutNumber, "A claim has one number in its text; this one has \(numbers.count)",
                    at: place(node.range)))
            return
        }
        if numbers.isEmpty, condition.needsNumber {
            diagnostics.append(
                .error(
                    .claimWithoutNumber, "A claim without a condition has a number in its text", at: place(node.range),
                    notes: [Diagnostic.Note("a title states a condition: [a gain](#\(fragment) \"> 0\")")]))
            return
        }
        if case .within(let tolerance) = condition, numbers.first?.0.number.isPercent == true, !title.contains("pp") {
            diagnostics.append(
                .error(
                    .invalidCondition, "The tolerance of a percentage is in percentage points, 'within 0.1pp'",
                    at: place(node.range),
                    notes: [Diagnostic.Note("'\(title)' would allow \(NumberFormat(.percent).text(tolerance))")]))
            return
        }
        let first = node.children.first?.range.lower ?? node.range.lower
        let textRange = SourceRange(
            file: node.range.file, lower: first, upper: max(first, node.children.last?.range.upper ?? first))
        var numberRange: SourceRange?
        if let (found, text) = numbers.first, scalar == nil, text.range.text == text.string {
            numberRange = SourceRange(
                file: text.range.file, lower: text.range.lower + found.range.lowerBound,
                upper: text.range.lower + found.range.upperBound)
        }
        claims[node.range] = Claim(
            path: path, text: node.plainText, textRange: place(textRange), range: place(node.range),
            condition: condition, number: numbers.first?.0.number, numberRange: numberRange)
    }

    /// The texts below a link, code spans apart: a value in a claim is not a number that somebody wrote.
    private func texts(of node: Node) -> [(string: String, range: SourceRange)] {
        if case .text(let string) = node.kind { return [(string, node.range)] }
        return node.children.flatMap { texts(of: $0) }
    }
}

extension Claim.Condition {
    /// Whether the condition is about the number in the text.
    var needsNumber: Bool {
        switch self {
        case .rounds, .within, .withinRelative: true
        default: false
        }
    }
}

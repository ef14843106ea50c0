import Markup

/// Reads the markup that KaTeX wrote and lets through what MathML Core can show: nothing goes into a page unread.
struct MathMLReader {
    /// Changes with what this reader or the settings of KaTeX do.
    static let version = 1
    private static let deepest = 250

    private struct Fault: Error {}

    private var rest: Substring.UTF8View
    private var refused: String?

    /// The `math` element of KaTeX's markup, with `tex` for those who read it otherwise.
    static func read(_ markup: String, tex: String) -> Result<MarkupNode, FormulaFault> {
        var reader = MathMLReader(rest: markup[...].utf8)
        do throws(Fault) {
            guard case .element(let span) = try reader.node(0), reader.rest.isEmpty,
                span.name == "span", span.children.count == 1, case .element(var math) = span.children[0],
                math.name == "math"
            else { throw Fault() }
            if let refused = reader.refused { return .failure(.refused(refused, in: tex)) }
            math.attributes = math.attributes.filter { $0.name == "display" } + [.init("alttext", tex)]
            return .success(.element(math))
        } catch {
            return .failure(FormulaFault(message: "The formula is too deep or has what MathML cannot show", range: nil))
        }
    }

    private mutating func node(_ depth: Int) throws(Fault) -> MarkupNode {
        guard depth <= MathMLReader.deepest, skip("<") else { throw Fault() }
        let name = try word()
        var attributes: [MarkupNode.Attribute] = []
        while skip(" ") {
            let key = try word()
            guard skip("=\"") else { throw Fault() }
            attributes.append(.init(key, try text(until: UInt8(ascii: "\""))))
            guard skip("\"") else { throw Fault() }
        }
        if skip("/>") { return try shown(MathMLElement(name, attributes, [])) }
        guard skip(">") else { throw Fault() }
        var children: [MarkupNode] = []
        while !rest.starts(with: "</".utf8) {
            guard let next = rest.first else { throw Fault() }
            children.append(next == UInt8(ascii: "<") ? try node(depth + 1) : .text(try text(until: UInt8(ascii: "<"))))
        }
        guard skip("</\(name)>") else { throw Fault() }
        return try shown(MathMLElement(name, attributes, children))
    }

    private mutating func shown(_ element: MathMLElement) throws(Fault) -> MarkupNode {
        if element.isRefused { refused = refused ?? element.text }
        guard let node = element.node else { throw Fault() }
        return node
    }

    private mutating func skip(_ token: String) -> Bool {
        guard rest.starts(with: token.utf8) else { return false }
        rest = rest.dropFirst(token.utf8.count)
        return true
    }

    private mutating func word() throws(Fault) -> String {
        let word = rest.prefix { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":")
        }
        guard !word.isEmpty else { throw Fault() }
        rest = rest.dropFirst(word.count)
        return String(Substring(word))
    }

    /// Text up to a byte, with the five references that KaTeX writes read.
    private mutating func text(until end: UInt8) throws(Fault) -> String {
        guard let stop = rest.firstIndex(of: end) else { throw Fault() }
        var written = String(Substring(rest[..<stop]))
        rest = rest[stop...]
        guard written.utf8.contains(UInt8(ascii: "&")) else { return written }
        for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")]
        {
            written = written.replacing(reference, with: character)
        }
        return written
    }
}

import Diagnostics
import Values
import Yams

/// Reads a piece of YAML in a file into nodes with their places.
struct YAMLReader {
    /// A directive's body and front matter are read by people; larger ones are an attack or a mistake.
    static let largestSize = 64 << 10

    private let range: SourceRange
    private let lines: LineTable
    private let references: [Int: (end: Int, reference: Reference)]
    private var diagnostics: [Diagnostic] = []

    /// The mapping that the range holds; nil, with diagnostics, where it holds none. Nothing at all is an empty one.
    static func mapping(
        _ range: SourceRange, of what: String, diagnostics: inout [Diagnostic]
    ) -> OptionNode? {
        guard range.upper - range.lower <= largestSize else {
            let start = SourceRange(file: range.file, lower: range.lower, upper: range.lower)
            diagnostics.append(.error(.directiveTooLarge, "\(what) has at most 64 KiB", at: start))
            return nil
        }
        let scan = YAMLScan(range)
        diagnostics += scan.diagnostics
        guard scan.diagnostics.isEmpty else { return nil }
        var reader = YAMLReader(range: range, references: scan.references)
        do {
            let parser = try Yams.Parser(yaml: reader.text(), resolver: .basic, encoding: .utf8)
            guard let root = try parser.singleRoot() else { return OptionNode(.mapping([]), range: range) }
            let node = reader.convert(root)
            diagnostics += reader.diagnostics
            if case .mapping = node.content { return node }
            if node.scalar?.value == .null, node.scalar?.text.isEmpty == true {
                return OptionNode(.mapping([]), range: range)
            }
            diagnostics.append(
                .error(.notAMapping, "\(what) is one YAML mapping: lines of 'key: value'", at: node.range))
        } catch {
            diagnostics.append(reader.diagnostic(error, what))
        }
        return nil
    }

    private init(range: SourceRange, references: [Int: (end: Int, reference: Reference)]) {
        self.range = range
        self.references = references
        lines = LineTable(range)
    }

    /// The YAML with each unquoted reference as a word of the same width, so that no mark moves.
    private func text() -> String {
        var out: [UInt8] = []
        var index = range.lower
        for (start, found) in references.sorted(by: { $0.key < $1.key }) {
            out += range.file.utf8[index..<start]
            let width = range.file.utf8[start..<found.end].count { $0 & 0xC0 != 0x80 }
            out += [UInt8](repeating: UInt8(ascii: "R"), count: width)
            index = found.end
        }
        out += range.file.utf8[index..<range.upper]
        return String(decoding: out, as: UTF8.self)
    }

    private func diagnostic(_ error: any Error, _ what: String) -> Diagnostic {
        let start = SourceRange(file: range.file, lower: range.lower, upper: range.lower)
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let offset = lines.offset(line: mark.line, column: mark.column)
            let place = SourceRange(file: range.file, lower: offset, upper: offset)
            return .error(.invalidYAML, "\(what) is not YAML: \(problem)", at: place)
        case .duplicatedKeysInMapping(let keys, let context):
            let offset = lines.offset(line: context.mark.line, column: context.mark.column)
            return .error(
                .duplicateKey, "A key stands once; '\(keys.first ?? "")' stands twice",
                at: SourceRange(file: range.file, lower: offset, upper: offset))
        case .reader(let problem, _, _, _): return .error(.invalidYAML, "\(what) is not YAML: \(problem)", at: start)
        default: return .error(.invalidYAML, "\(what) is not YAML", at: start)
        }
    }

    // MARK: Nodes

    private func start(_ mark: Mark?) -> Int {
        mark.map { lines.offset(line: $0.line, column: $0.column) } ?? range.lower
    }

    private func place(_ lower: Int, _ upper: Int) -> SourceRange {
        SourceRange(file: range.file, lower: lower, upper: min(upper, range.upper))
    }

    private mutating func convert(_ node: Yams.Node) -> OptionNode {
        if node.anchor != nil {
            // The scan refuses anchors; should it ever miss one, nothing behind it is followed.
            diagnostics.append(.error(.refusedYAML, "YAML anchors are not allowed", at: range))
            return OptionNode(.list([]), range: range)
        }
        switch node {
        case .scalar(let scalar): return convert(scalar)
        case .sequence(let sequence):
            let lower = start(sequence.mark)
            let items = sequence.map { convert($0) }
            return OptionNode(.list(items), range: place(lower, end(lower, items.last?.range.upper, UInt8(ascii: "]"))))
        case .mapping(let mapping):
            let lower = start(mapping.mark)
            let entries = mapping.compactMap { entry($0.key, $0.value) }
            let last = entries.last.map { max($0.value.range.upper, $0.keyRange.upper) }
            return OptionNode(.mapping(entries), range: place(lower, end(lower, last, UInt8(ascii: "}"))))
        case .alias: return OptionNode(.list([]), range: range)
        }
    }

    private mutating func entry(_ key: Yams.Node, _ value: Yams.Node) -> OptionNode.Entry? {
        let read = convert(key)
        guard let name = read.scalar?.text else {
            diagnostics.append(.error(.invalidYAML, "A key is one word or a quoted text", at: read.range))
            return nil
        }
        return OptionNode.Entry(key: name, keyRange: read.range, value: convert(value))
    }

    /// The end of a collection: behind its closing bracket, or that of its last item.
    private func end(_ lower: Int, _ last: Int?, _ closing: UInt8) -> Int {
        let bytes = range.file.utf8
        guard lower < range.upper, bytes[lower] == (closing == UInt8(ascii: "]") ? 0x5B : 0x7B) else {
            return last ?? lower
        }
        var index = last ?? lower + 1
        while index < range.upper, bytes[index] != closing {
            if bytes[index] == UInt8(ascii: "#") {
                while index < range.upper, bytes[index] != 0x0A { index += 1 }
            } else {
                index += 1
            }
        }
        return index + 1
    }

    private mutating func convert(_ scalar: Yams.Node.Scalar) -> OptionNode {
        let lower = start(scalar.mark)
        if let found = references[lower], scalar.style == .plain {
            let place = place(lower, found.end)
            let text = place.text
            return OptionNode(
                .scalar(
                    OptionNode.Scalar(
                        text: text, value: .string(text), reference: found.reference.path,
                        format: found.reference.format)), range: place)
        }
        let place = place(lower, scalarEnd(scalar, lower))
        let text = scalar.string
        if scalar.style == .plain { return OptionNode(.scalar(CoreSchema.scalar(text)), range: place) }
        var result = OptionNode.Scalar(text: text, value: .string(text))
        if text.hasPrefix("{"), text.hasSuffix("}"), text.utf8.count > 2,
            !text.dropFirst().dropLast().contains(where: { $0 == "{" || $0 == "}" })
        {
            switch Reference.parse(text) {
            case .success(let reference):
                result.reference = reference.path
                result.format = reference.format
            case .failure(let fault): diagnostics.append(fault.diagnostic(at: place))
            }
        }
        return OptionNode(.scalar(result), range: place)
    }

    private func scalarEnd(_ scalar: Yams.Node.Scalar, _ lower: Int) -> Int {
        let bytes = range.file.utf8
        var index = lower
        switch scalar.style {
        case .singleQuoted, .doubleQuoted:
            guard lower < range.upper else { return lower }
            let quote = bytes[lower]
            index += 1
            while index < range.upper {
                if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                    index += 2
                } else if bytes[index] != quote {
                    index += 1
                } else if quote == UInt8(ascii: "'"), index + 1 < range.upper, bytes[index + 1] == quote {
                    index += 2
                } else {
                    return index + 1
                }
            }
            return range.upper
        case .literal, .folded:
            while index < range.upper, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            return follow(scalar.string, from: index, orElse: index)
        default: return follow(scalar.string, from: lower, orElse: lower)
        }
    }

    /// Where a text ends in the source when white space, which folding changes, is left out of account.
    private func follow(_ text: String, from start: Int, orElse: Int) -> Int {
        let bytes = range.file.utf8
        var index = start
        var end = orElse
        for byte in text.utf8 where byte > 0x20 {
            while index < range.upper, bytes[index] != byte { index += 1 }
            index += 1
            end = index
        }
        return end
    }
}

extension Reference.Fault {
    /// What to say of a malformed reference at `range`.
    func diagnostic(at range: SourceRange) -> Diagnostic {
        switch self {
        case .path(let text):
            .error(
                .invalidPath, "'\(text)' is not a path", at: range,
                notes: [Diagnostic.Note("a path is an id and names: 'pooled.mu.estimate', 'fit[\"page views\"].se'")])
        case .format(let text):
            .error(
                .invalidFormat, "'\(text)' is not a format; a format is \(NumberFormat.allowed)", at: range)
        }
    }
}

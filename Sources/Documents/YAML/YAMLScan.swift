import Diagnostics
import Values

/// A look over YAML before it is composed.
///
/// It finds what an analysis may not hold (anchors, aliases, tags, deep nesting: a few lines of aliases can stand for
/// millions of nodes) without building anything, repeated keys with the places of both, and unquoted references:
/// `{params.segment}` is a flow mapping to YAML, and `{coefficients["page views"]}` is not YAML at all.
struct YAMLScan {
    static let deepestNesting = 32

    private let file: SourceFile
    private let bytes: [UInt8]
    private let end: Int
    private var index: Int
    private var lineStart: Int
    /// Whether nothing but indentation has been seen on this line.
    private var isLineStart = true
    /// Block collections that are open, by their columns, with the keys of each.
    private var blocks: [Level] = []
    /// Flow collections that are open.
    private var flows: [Level] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether something was found that must not be read further; repeated keys are no such thing.
    private var isRefused = false
    /// Unquoted references by where they begin.
    private(set) var references: [Int: (end: Int, reference: Reference)] = [:]

    private struct Level {
        var column: Int
        var isMapping: Bool
        var keys: [String: SourceRange] = [:]
    }

    init(_ range: SourceRange) {
        file = range.file
        bytes = range.file.utf8
        end = range.upper
        index = range.lower
        lineStart = range.lower
        scan()
    }

    private func byte(_ offset: Int) -> UInt8 { offset < end ? bytes[offset] : 0 }

    private func isBlankOrEnd(_ offset: Int) -> Bool {
        offset >= end || bytes[offset] == 0x20 || bytes[offset] == 0x09
            || LineTable.breakLength(bytes, offset, end) > 0
    }

    private mutating func scan() {
        while !isRefused, skipToToken() {
            let column = index - lineStart
            if flows.isEmpty, isLineStart {
                while let last = blocks.last, last.column > column { blocks.removeLast() }
                if column == 0, refuseDocumentMark() { return }
            }
            isLineStart = false
            token(at: column)
        }
    }

    /// Moves over white space, line breaks and comments; false at the end.
    private mutating func skipToToken() -> Bool {
        while index < end {
            let length = LineTable.breakLength(bytes, index, end)
            if length > 0 {
                index += length
                lineStart = index
                isLineStart = true
            } else if bytes[index] == 0x20 || bytes[index] == 0x09 {
                index += 1
            } else if bytes[index] == UInt8(ascii: "#") {
                skipLine()
            } else {
                return true
            }
        }
        return false
    }

    private mutating func skipLine() {
        while index < end, LineTable.breakLength(bytes, index, end) == 0 { index += 1 }
    }

    /// `---`, `...` and `%YAML` at the start of a line.
    private mutating func refuseDocumentMark() -> Bool {
        let first = byte(index)
        let isMark =
            (first == UInt8(ascii: "-") || first == UInt8(ascii: ".")) && byte(index + 1) == first
            && byte(index + 2) == first && isBlankOrEnd(index + 3)
        guard isMark || first == UInt8(ascii: "%") else { return false }
        refuse("One YAML mapping stands here, without document marks", to: index + (isMark ? 3 : 1))
        return true
    }

    private mutating func refuse(_ message: String, to upper: Int) {
        isRefused = true
        diagnostics.append(
            .error(.refusedYAML, message, at: SourceRange(file: file, lower: index, upper: min(upper, end))))
    }

    private mutating func token(at column: Int) {
        let first = bytes[index]
        switch first {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            if first == UInt8(ascii: "{"), let found = Reference.unquoted(in: bytes, from: index, to: end) {
                references[index] = found
                index = found.end
            } else {
                flows.append(Level(column: column, isMapping: first == UInt8(ascii: "{")))
                index += 1
                limitDepth()
            }
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            _ = flows.popLast()
            index += 1
        case UInt8(ascii: ","): index += 1
        case UInt8(ascii: "-") where flows.isEmpty && isBlankOrEnd(index + 1):
            open(column, isMapping: false)
            index += 1
        case UInt8(ascii: "?") where isBlankOrEnd(index + 1):
            refuse("A key is one word or a quoted text", to: index + 1)
        case UInt8(ascii: ":") where isBlankOrEnd(index + 1) || !flows.isEmpty: index += 1
        case UInt8(ascii: "&"): refuse("YAML anchors are not allowed", to: wordEnd)
        case UInt8(ascii: "*"): refuse("YAML aliases are not allowed", to: wordEnd)
        case UInt8(ascii: "!"): refuse("YAML tags are not allowed", to: wordEnd)
        case UInt8(ascii: "|") where flows.isEmpty, UInt8(ascii: ">") where flows.isEmpty: skipBlockScalar()
        case UInt8(ascii: "'"), UInt8(ascii: "\""): quoted(first, column)
        default: plain(column)
        }
    }

    private var wordEnd: Int {
        var upper = index + 1
        while !isBlankOrEnd(upper), !",[]{}".utf8.contains(bytes[upper]) { upper += 1 }
        return upper
    }

    private mutating func open(_ column: Int, isMapping: Bool) {
        if let last = blocks.last, last.column >= column { return }
        blocks.append(Level(column: column, isMapping: isMapping))
        limitDepth()
    }

    private mutating func limitDepth() {
        if blocks.count + flows.count > YAMLScan.deepestNesting {
            refuse("YAML nests at most \(YAMLScan.deepestNesting) deep", to: index)
        }
    }

    /// The indentation that a block scalar and the further lines of a plain one must pass.
    private var indentation: Int { blocks.last?.column ?? -1 }

    private mutating func skipBlockScalar() {
        let parent = indentation
        skipLine()
        while index < end {
            let start = index + LineTable.breakLength(bytes, index, end)
            var content = start
            while content < end, bytes[content] == 0x20 { content += 1 }
            let isBlank = content >= end || LineTable.breakLength(bytes, content, end) > 0
            guard isBlank || content - start > parent else { return }
            index = content
            lineStart = start
            skipLine()
        }
    }

    private mutating func quoted(_ quote: UInt8, _ column: Int) {
        let start = index
        let line = lineStart
        index += 1
        while index < end {
            let length = LineTable.breakLength(bytes, index, end)
            if length > 0 {
                index += length
                lineStart = index
            } else if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                index += 2
            } else if bytes[index] == quote {
                index += 1
                if quote == UInt8(ascii: "'"), byte(index) == quote { index += 1 } else { break }
            } else {
                index += 1
            }
        }
        index = min(index, end)
        var next = index
        while byte(next) == 0x20 || byte(next) == 0x09 { next += 1 }
        if line == lineStart, byte(next) == UInt8(ascii: ":"), !flows.isEmpty || isBlankOrEnd(next + 1) {
            key(start + 1, max(start + 1, index - 1), column)
        }
    }

    private mutating func plain(_ column: Int) {
        let start = index
        var last = index
        while index < end {
            let here = bytes[index]
            if LineTable.breakLength(bytes, index, end) > 0 {
                guard continues() else { return }
            } else if here == UInt8(ascii: ":"), endsKey(index + 1) {
                key(start, last, column)
                return
            } else if here == UInt8(ascii: "#"), index > start, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 {
                return
            } else if !flows.isEmpty, ",[]{}".utf8.contains(here) {
                return
            } else {
                index += 1
                if here != 0x20, here != 0x09 { last = index }
            }
        }
    }

    private func endsKey(_ offset: Int) -> Bool {
        isBlankOrEnd(offset) || (!flows.isEmpty && ",[]{}".utf8.contains(bytes[offset]))
    }

    /// Moves to the next line that is not blank if it belongs to the plain scalar of this one.
    private mutating func continues() -> Bool {
        var next = index
        var start = index
        while next < end {
            let length = LineTable.breakLength(bytes, next, end)
            if length > 0 {
                next += length
                start = next
            } else if bytes[next] == 0x20 || bytes[next] == 0x09 {
                next += 1
            } else {
                break
            }
        }
        guard next < end, bytes[next] != UInt8(ascii: "#"), !flows.isEmpty || next - start > indentation else {
            return false
        }
        index = next
        lineStart = start
        return true
    }

    /// Notes a key; a repeated one is an error here, where both places are known.
    private mutating func key(_ lower: Int, _ upper: Int, _ column: Int) {
        if flows.isEmpty {
            open(column, isMapping: true)
            if let last = blocks.last, !last.isMapping { return }
        }
        let range = SourceRange(file: file, lower: lower, upper: min(upper, end))
        let name = range.text
        let first: SourceRange?
        if flows.isEmpty {
            guard let level = blocks.indices.last else { return }
            first = blocks[level].keys[name]
            blocks[level].keys[name] = first ?? range
        } else {
            guard let level = flows.indices.last, flows[level].isMapping else { return }
            first = flows[level].keys[name]
            flows[level].keys[name] = first ?? range
        }
        if let first {
            diagnostics.append(
                .error(
                    .duplicateKey, "A key stands once; '\(name)' stands twice", at: range,
                    notes: [Diagnostic.Note("first here", at: first)]))
        }
    }
}

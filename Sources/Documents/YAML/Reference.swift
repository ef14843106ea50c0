package import Values

/// `{path}` or `{path | format}`: a scalar or a code span that stands for a result.
package struct Reference: Sendable, Hashable {
    package var path: ResultPath
    package var format: NumberFormat?

    package init(path: ResultPath, format: NumberFormat?) {
        self.path = path
        self.format = format
    }

    /// Why a text in braces is no reference, with the part of it that is wrong.
    package enum Fault: Error, Hashable, Sendable {
        case path(String)
        case format(String)
    }

    /// Reads a text that begins with `{` and ends with `}`.
    package static func parse(_ text: String) -> Result<Reference, Fault> {
        let inner = text.dropFirst().dropLast()
        let bar = barIndex(inner)
        let path = trimmed(bar.map { inner[..<$0] } ?? inner)
        guard let found = ResultPath(parsing: path) else { return .failure(.path(String(path))) }
        guard let bar else { return .success(Reference(path: found, format: nil)) }
        let format = trimmed(inner[inner.index(after: bar)...])
        guard let read = NumberFormat(parsing: format) else { return .failure(.format(String(format))) }
        return .success(Reference(path: found, format: read))
    }

    /// The bar between path and format, not one inside the quotes of a name.
    private static func barIndex(_ text: Substring) -> Substring.Index? {
        var isQuoted = false
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case "\\" where isQuoted: text.formIndex(after: &index)
            case "\"": isQuoted.toggle()
            case "|" where !isQuoted: return index
            default: break
            }
            if index < text.endIndex { text.formIndex(after: &index) }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    /// The reference that begins at the brace at `start`, on one line; nil where the braces hold anything else.
    static func unquoted(in bytes: [UInt8], from start: Int, to end: Int) -> (end: Int, reference: Reference)? {
        var index = start + 1
        var isQuoted = false
        while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D, index - start < 1000 {
            if bytes[index] == UInt8(ascii: "\""), bytes[index - 1] != UInt8(ascii: "\\") { isQuoted.toggle() }
            if bytes[index] == UInt8(ascii: "}"), !isQuoted {
                let text = String(decoding: bytes[start...index], as: UTF8.self)
                guard case .success(let reference) = parse(text) else { return nil }
                return (index + 1, reference)
            }
            index += 1
        }
        return nil
    }
}

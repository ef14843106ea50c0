import Documents
import Markdown
import Markup

/// What differs from tool to tool: remarks in boxes, what is folded away, places to link to.
extension MarkdownFlavour {
    /// A callout around blocks that are written already.
    ///
    /// - Parameter title: In place of the kind's own name.
    func callout(_ kind: Callout.Kind, title: String? = nil, _ content: String) -> String {
        let name = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
        switch self {
        case .github:
            return quoted("[!\(kind.rawValue.uppercased())]\n" + (title.map { "**\($0)**\n\n" } ?? "") + content)
        case .mkdocs:
            // https://squidfunk.github.io/mkdocs-material/reference/admonitions/#supported-types
            let type = kind == .important ? "info" : kind == .caution ? "danger" : kind.rawValue
            return "!!! \(type) \"\(title ?? name)\"\n\n" + indented(content, by: 4)
        case .docusaurus:
            // https://docusaurus.io/docs/markdown-features/admonitions
            let type = kind == .important ? "info" : kind == .caution ? "danger" : kind.rawValue
            let fence = String(repeating: ":", count: max(3, longestRun(of: ":", in: content) + 1))
            return "\(fence)\(type)[\(title ?? name)]\n\n\(content)\n\n\(fence)"
        case .myst:
            // https://myst-parser.readthedocs.io/en/latest/syntax/admonitions.html
            let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: content) + 1))
            let head = title.map { "{admonition} \($0)\n:class: \(kind.rawValue)\n" } ?? "{\(kind.rawValue)}"
            return "\(fence)\(head)\n\(content)\n\(fence)"
        case .notebook: return quoted("**\(title ?? name)**\n\n" + content)
        }
    }

    /// Blocks that a reader may unfold; nothing in the summary is markup.
    func folded(_ summary: String, isOpen: Bool, _ content: String) -> String {
        guard self == .mkdocs else {
            return "<details\(isOpen ? " open" : "")><summary>\(summary)</summary>\n\n\(content)\n\n</details>"
        }
        return "???\(isOpen ? "+" : "") info \"\(summary)\"\n\n" + indented(content, by: 4)
    }

    /// A place that links can lead to, in front of the block that it names.
    func anchor(_ id: String, of report: String) -> String {
        self == .myst ? "(\(target(id, of: report)))=\n" : "<a id=\"\(id)\"></a>\n\n"
    }

    /// What a link to a directive's place leads to. Sphinx knows targets of all documents at once.
    func target(_ id: String, of report: String) -> String {
        guard self == .myst else { return id }
        return String(report.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }) + "-" + id
    }

    /// What stands behind a heading so that its place is called as on a forge; empty where the tool calls it so by itself.
    func headingAnchor(_ slug: String) -> String { self == .mkdocs ? " { #\(slug) }" : "" }

    /// Where a picture is found: beside the file, or in the notebook's cell.
    func picture(_ path: String) -> String {
        guard self == .notebook else { return markdownDestination(path) }
        return "attachment:" + markdownDestination(path.split(separator: "/").last.map(String.init) ?? path)
    }

    private func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ">" : "> \($0)" }
            .joined(separator: "\n")
    }
}

/// Every line but empty ones moved to the right.
func indented(_ text: String, by width: Int) -> String {
    let lead = String(repeating: " ", count: width)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : lead + $0 }
        .joined(separator: "\n")
}

/// Text of data in which nothing is markup, on one line, for tools that know not all of CommonMark's escapes or have
/// signs of their own: what could mean anything stands as a character reference, which all of them know.
func markdownReferences(_ text: String) -> String {
    var out = ""
    let scalars = Array(text.unicodeScalars.filter(isPrintable))
    for (index, scalar) in scalars.enumerated() {
        let previous = index > 0 ? scalars[index - 1] : " "
        let next = index + 1 < scalars.count ? scalars[index + 1] : " "
        switch scalar {
        case "\n", "\t": out += " "
        case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&", "{", "}", "^", "#", "@":
            out += "&#\(scalar.value);"
        case "=" where next == "=" || previous == "=": out += "&#61;"
        case ":" where !next.properties.isWhitespace && next != "/": out += "&#58;"
        case "/" where previous == ":": out += "\u{2060}/"
        case "." where out.hasSuffix("www") || out.hasSuffix("WWW"): out += "\u{2060}."
        default: out.unicodeScalars.append(scalar)
        }
    }
    return out
}

/// The same where a line begins: no list, rule, comment, box, target or import begins with it.
func markdownLineStart(_ line: String) -> String {
    guard let first = line.unicodeScalars.first else { return line }
    if "-+=?:%.(!".unicodeScalars.contains(first) { return "&#\(first.value);" + line.dropFirst() }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, let mark = line.dropFirst(digits.count).unicodeScalars.first, mark == "." || mark == ")" {
        return digits + "&#\(mark.value);" + line.dropFirst(digits.count + 1)
    }
    // MDX reads these as JavaScript.
    let word = line.prefix { $0.isLetter }
    if word == "import" || word == "export" { return "&#\(first.value);" + line.dropFirst() }
    return line
}

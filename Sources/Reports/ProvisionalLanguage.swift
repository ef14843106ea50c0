import Diagnostics
import Documents
import Markdown
import Values

extension Language {
    static let standard = Language(
        resolve: { value, root, _ in
            guard let found = root[value.path] else { return nil }
            let text = (value.format ?? NumberFormat()).text(of: found) ?? found.string ?? "–"
            return ResolvedValue(path: value.path, text: text, value: found, range: value.range)
        },
        check: { claim, root, _ in
            guard let found = root[claim.path] else { return nil }
            let text = NumberFormat(.fixed, digits: 2).text(of: found) ?? "–"
            return ResolvedClaim(path: claim.path, text: claim.text, holds: true, current: text, range: claim.range)
        },
        parse: { text, range, _ in
            let text = Node(.text(text), range: range)
            let node = Node(.document, range: range, children: [Node(.paragraph, range: range, children: [text])])
            return RichText(source: text.plainText, node: node, values: [:], claims: [:], range: range)
        },
        write: { value, format in
            (NumberFormat(parsing: format) ?? NumberFormat()).text(of: value) ?? value.string ?? "–"
        })
}

import Diagnostics
import Documents
import Markdown
import Values

extension Language {
    static let standard = Language(
        resolve: { value, root, _ in
            guard let found = root[value.path] else { return nil }
            return ResolvedValue(
                path: value.path, text: provisionalText(found, value.format), value: found, range: value.range)
        },
        check: { claim, root, _ in
            let found = root[claim.path] ?? .null
            return ResolvedClaim(
                path: claim.path, text: claim.text, holds: found != .null, current: provisionalText(found, nil),
                range: claim.range)
        },
        parse: { text, range, _ in
            let node = Node(
                .document, range: range,
                children: [Node(.paragraph, range: range, children: [Node(.text(text), range: range)])])
            return RichText(source: text, node: node, values: [:], claims: [:], range: range)
        },
        write: { value, format in
            let digits = format.compactMap(\.wholeNumberValue).first ?? 2
            return provisionalText(value, NumberFormat(.fixed, digits: digits, interval: format.contains("interval")))
        })
}

private func provisionalText(_ value: Value, _ format: NumberFormat?) -> String {
    switch value {
    case .number(let x): return fixed(x, format?.digits ?? 2)
    case .string(let text): return text
    case .object(let object):
        let estimate = provisionalText(object["estimate"] ?? .null, format)
        guard let bounds = object["interval"]?.list, bounds.count == 2 else { return estimate }
        return estimate + " [" + bounds.map { provisionalText($0, format) }.joined(separator: ", ") + "]"
    default: return "–"
    }
}

private func fixed(_ x: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((x * scale).rounded())
    var text = String(scaled.magnitude)
    while text.count <= digits { text = "0" + text }
    if digits > 0 { text = text.dropLast(digits) + "." + text.suffix(digits) }
    return (scaled < 0 ? "−" : "") + text
}
